"""Announcements: what can be done about each, and what is ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.announcing import Approval
from bot.domain.bulletins import BulletinKind
from bot.domain.orders import WAITING, Decide, Decision
from conversations.admin.corrections import REASONS, because, everywhere, wording
from conversations.admin.doors import (
    ALL,
    BACK_TO,
    CORRECTION,
    DESK,
    DOSSIER,
    FIX,
    ON,
    OPEN,
    OURS,
    OUTAGE,
    OUTAGES,
    PREVIEW,
    SEND,
    SURE,
    WHY,
    about,
)
from conversations.admin.naming import ANNOUNCEMENT, INCIDENT, desk_of, incidents_of, matter_of, number_of
from conversations.admin.seeing import MOST
from conversations.bulletin.drafting import correction_begun, draft_of, next_screen
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.domain.bulletins import Bulletin
    from bot.domain.desk import Matter
    from conversations.scene import Scene
    from conversations.steps import Choices


def hold(what: str) -> Choice:
    """Ask again in half an hour."""
    return Choice(f"hold.{what}", N_("Hold 30 minutes"), "admin/noted", _deciding(what, Decision.HOLD, "hold"))


def send(what: str) -> Choice:
    """Yes, announce it."""
    return Choice(f"send.{what}", N_("Yes, send"), "admin/noted", _yes(what))


def stop(what: str) -> Choice:
    """Tell nobody who is not told yet."""
    return Choice(f"stop.{what}", N_("Stop"), "admin/noted", _deciding(what, Decision.STOP, "stop"))


def drop(what: str) -> Choice:
    """Do not send it."""
    return Choice(f"drop.{what}", N_("Do not send"), "admin/noted", _deciding(what, Decision.NO, "dropped"))


def mend(what: str) -> Choice:
    """Correct a bulletin that was sent: a draft with what it says, to be answered anew."""
    number = number_of(what, ANNOUNCEMENT)

    def begun(scene: Scene) -> Scene:
        scene = about(what)(scene)
        matter = matter_of(scene)
        if matter is None or not desk_of(scene).may_correct(matter, scene.now):
            return scene.with_answer("noted", "late")
        scene = correction_begun(scene, number)
        return scene.with_answer("noted", "" if _has_in_hand(scene, number) else "in_the_way")

    def where(scene: Scene) -> str:
        if scene.answer("noted") == "late":
            return "admin/noted"
        return next_screen(scene) if _has_in_hand(scene, number) else "bulletin/kind"

    return Choice(f"mend.{what}", N_("Correct"), where, begun)


def _has_in_hand(scene: Scene, number: int) -> bool:
    draft = draft_of(scene)
    return draft is not None and draft.corrects == number


def _corrections(scene: Scene, matter: Matter) -> Choices:
    """A way to correct it, or to what corrects it."""
    desk = desk_of(scene)
    if found := desk.correction_of(matter):
        return (CORRECTION(f"{ANNOUNCEMENT}{found.announcement.id}"),)
    return (mend(scene.answer("about")),) if desk.may_correct(matter, scene.now) else ()


def _deciding(what: str, decision: Decision, said: str) -> Callable[[Scene], Scene]:
    def decided(scene: Scene) -> Scene:
        scene = about(what, noted=said)(scene)
        matter, desk = matter_of(scene), desk_of(scene)
        if matter is None or desk.is_replaced(matter) or not _fits(matter, decision, scene.now):
            return scene.with_answer("noted", "late")
        if decision is Decision.STOP and matter.announcement.bulletin:
            scene = scene.with_answer("noted", "halted")
        return scene.doing(Decide(matter.announcement.id, decision, second=desk.second))

    return decided


def _yes(what: str) -> Callable[[Scene], Scene]:
    def said(scene: Scene) -> Scene:
        desk, matter = desk_of(scene), matter_of(about(what)(scene))
        first = matter.first if matter and matter.announcement.approval in WAITING else ""
        is_half = desk.second and first in {"", desk.me}
        return _deciding(what, Decision.YES, "half" if is_half else "yes")(scene)

    return said


def _fits(matter: Matter, decision: Decision, now: datetime) -> bool:
    """Can that still be decided? What is over needs no yes, what is told no hold."""
    approval = matter.announcement.approval
    match decision:
        case Decision.STOP:
            return approval is Approval.YES
        case Decision.YES:
            return matter.announcement.lasts(now) and approval not in {Approval.YES, Approval.NO}
        case _:
            return matter.is_undecided(now)


def of_announcement(scene: Scene) -> Choices:
    """What can be done about an announcement now."""
    matter = matter_of(scene)
    if matter is None:
        return (ALL, DESK)
    if matter.announcement.bulletin:
        return _of_bulletin(scene, matter)
    what, approval, lasts = scene.answer("about"), matter.announcement.approval, matter.announcement.lasts(scene.now)
    if matter.is_undecided(scene.now):
        yes = _yes_or_wait(scene, matter, SURE)
        return (WHY(what), PREVIEW(what), yes, hold(what), OURS(what), DOSSIER(what), DESK)
    correct = (FIX(what),) if any(each.correction is None for each in incidents_of(scene)) else ()
    if approval is Approval.YES and matter.settled < matter.wanted:
        halt = (stop(what),) if lasts else ()
        return (OPEN(what), *halt, WHY(what), DOSSIER(what), *correct, DESK)
    on = (_yes_or_wait(scene, matter, ON),) if lasts and _has_others(matter) else ()
    return (*on, WHY(what), DOSSIER(what), *correct, ALL, DESK)


def _yes_or_wait(scene: Scene, matter: Matter, yes: Callable[[str], Choice]) -> Choice:
    """The yes; to who said it already, whether the second one came."""
    waits = desk_of(scene).waits_for_another(matter)
    return (OPEN if waits else yes)(scene.answer("about"))


def _has_others(matter: Matter) -> bool:
    """Was it stopped before all were told?"""
    return matter.announcement.approval is Approval.STOPPED and matter.posted < matter.wanted


def _of_bulletin(scene: Scene, matter: Matter) -> Choices:
    """What can be done about a bulletin."""
    what, approval, mends = scene.answer("about"), matter.announcement.approval, _corrections(scene, matter)
    if desk_of(scene).is_replaced(matter):
        return (*mends, PREVIEW(what), ALL, DESK)
    if matter.is_undecided(scene.now):
        return (PREVIEW(what), _yes_or_wait(scene, matter, SEND), hold(what), drop(what), DESK)
    if approval is Approval.YES and matter.settled < matter.wanted:
        return (OPEN(what), stop(what), PREVIEW(what), *mends, DESK)
    lasts = matter.announcement.lasts(scene.now)
    on = (_yes_or_wait(scene, matter, ON),) if lasts and _has_others(matter) else ()
    return (*on, PREVIEW(what), *mends, ALL, DESK)


def sure(scene: Scene) -> Choices:
    """Before it is sent."""
    what = scene.answer("about")
    matter = matter_of(scene)
    desk = desk_of(scene)
    is_done = matter is not None and (desk.waits_for_another(matter) or desk.is_replaced(matter))
    if matter is None or is_done or not _fits(matter, Decision.YES, scene.now):
        return (OPEN(what), DESK)
    return (send(what), PREVIEW(what), BACK_TO(what))


def previews(scene: Scene) -> Choices:
    """In the languages of the groups that would be told."""
    what, matter = scene.answer("about"), matter_of(scene)
    languages = list(matter.reach)[:MOST] if matter else []
    return (*(_in(what, each) for each in languages), OPEN(what))


def _in(what: str, language: str) -> Choice:
    name = {"language": language}
    return Choice(f"in.{what}.{language}", "{language}", "admin/preview", about(what, language=language), names=name)


def of_note(scene: Scene) -> Choices:
    """After an order."""
    what = scene.answer("about")
    report = (DOSSIER(what),) if scene.answer("noted") == "corrected" else ()
    if number_of(what, ANNOUNCEMENT):
        return (OPEN(what), *report, DESK)
    return (OUTAGE(what), *report, DESK) if number_of(what, INCIDENT) else (DESK,)


def listed(scene: Scene) -> Choices:
    """The newest announcements."""
    return (*(_listed(each) for each in desk_of(scene).matters[:MOST]), DESK)


def _listed(matter: Matter) -> Choice:
    one, day = matter.announcement, matter.announcement.opened_at.isoformat()
    names = {"service": one.service.value, "day": day} if one.service else {"day": day}
    label = _label_of(one.bulletin) if one.bulletin else "{service}, {day}"
    return Choice(f"open.a{one.id}", label, "admin/announcement", about(f"a{one.id}"), names=names)


def _label_of(bulletin: Bulletin) -> str:
    return N_("Correction of a message, {day}") if bulletin.corrects else LISTED[bulletin.kind]


LISTED = {
    BulletinKind.PAUSE: N_("Message: planned pause, {day}"),
    BulletinKind.FORM: N_("Message: form changed, {day}"),
    BulletinKind.RULES: N_("Message: rules changed, {day}"),
    BulletinKind.WORDS: N_("Message: own words, {day}"),
}


PLAIN = {
    "open": OPEN, "why": WHY, "sure": SURE, "preview": PREVIEW, "ours": OURS, "outage": OUTAGE,
    "hold": hold, "send": send, "stop": stop, "drop": drop, "mend": mend,
}  # fmt: skip


def finds(_scene: Scene, choice_id: str) -> Choice | None:
    """The button of an older message: it says itself what it is about."""
    verb, _, rest = choice_id.partition(".")
    what, _, more = rest.partition(".")
    if not (number_of(what, ANNOUNCEMENT) or number_of(what, INCIDENT)):
        return next((each for each in (DESK, ALL, OUTAGES) if each.id == choice_id), None)
    if verb == "in" and more:
        return _in(what, more) if more.isalpha() else None
    short, _, language = more.partition(".")
    if verb == "text" and short in REASONS and (not language or language.isalpha()):
        return wording(what, REASONS[short], language)
    if verb in {"fault", "do"} and more in REASONS:
        return (everywhere if verb == "do" else because)(what, REASONS[more])
    return PLAIN[verb](what) if verb in PLAIN and not more else None
