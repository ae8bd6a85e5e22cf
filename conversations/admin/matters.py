"""The buttons about announcements and outages, and what they order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.announcing import Approval
from bot.domain.incidents import Correction
from bot.domain.orders import Correct, Decide, Decision
from conversations.admin.naming import ANNOUNCEMENT, INCIDENT, desk_of, incidents_of, matter_of, number_of
from conversations.admin.seeing import MOST
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from bot.domain.desk import Matter
    from bot.domain.incidents import Incident
    from conversations.scene import Scene
    from conversations.steps import Choices

DESK = Choice("desk", N_("Overview"), "admin/desk")
CORRECTIONS = {
    Correction.OUR_NETWORK: N_("Our network"),
    Correction.MEASUREMENT: N_("Our measurement"),
    Correction.FORM_CHANGED: N_("The form had changed"),
}


def about(what: str, **more: str) -> Callable[[Scene], Scene]:
    """Talk about this from now on."""

    def turned(scene: Scene) -> Scene:
        for key, value in {"about": what, "head": "", **more}.items():
            scene = scene.with_answer(key, value)
        return scene

    return turned


def _plain(verb: str, label: str, to: str) -> Callable[[str], Choice]:
    return lambda what: Choice(f"{verb}.{what}", label, to, about(what))


OPEN = _plain("open", N_("How it stands"), "admin/announcement")
WHY = _plain("why", N_("Why"), "admin/why")
SURE = _plain("sure", N_("Announce"), "admin/sure")
ON = _plain("sure", N_("Tell the others after all"), "admin/sure")
PREVIEW = _plain("preview", N_("Preview"), "admin/preview")
OURS = _plain("ours", N_("Our fault"), "admin/correct")
FIX = _plain("ours", N_("Correct"), "admin/correct")
BACK_TO = _plain("open", N_("Leave it"), "admin/announcement")
OUTAGE = _plain("outage", N_("Back to the outage"), "admin/outage")


def hold(what: str) -> Choice:
    """Ask again in half an hour."""
    return Choice(f"hold.{what}", N_("Hold 30 minutes"), "admin/noted", _deciding(what, Decision.HOLD, "hold"))


def send(what: str) -> Choice:
    """Yes, announce it."""
    return Choice(f"send.{what}", N_("Yes, send"), "admin/noted", _yes(what))


def stop(what: str) -> Choice:
    """Tell nobody who is not told yet."""
    return Choice(f"stop.{what}", N_("Stop"), "admin/noted", _deciding(what, Decision.STOP, "stop"))


def _deciding(what: str, decision: Decision, said: str) -> Callable[[Scene], Scene]:
    def decided(scene: Scene) -> Scene:
        scene = about(what, noted=said)(scene)
        matter, second = matter_of(scene), desk_of(scene).second
        if matter is None or not _fits(matter, decision):
            return scene.with_answer("noted", "late")
        return scene.doing(Decide(matter.announcement.id, decision, second=second))

    return decided


def _yes(what: str) -> Callable[[Scene], Scene]:
    def said(scene: Scene) -> Scene:
        desk, matter = desk_of(scene), matter_of(about(what)(scene))
        first = matter.first if matter and matter.announcement.approval is Approval.HALF else ""
        is_half = desk.second and first in {"", desk.me}
        return _deciding(what, Decision.YES, "half" if is_half else "yes")(scene)

    return said


def _fits(matter: Matter, decision: Decision) -> bool:
    """Can that still be decided? What is over needs no yes, what is told no hold."""
    approval = matter.announcement.approval
    match decision:
        case Decision.STOP:
            return approval is Approval.YES
        case Decision.YES:
            return matter.announcement.is_open and approval not in {Approval.YES, Approval.NO}
        case _:
            return matter.is_undecided


def of_announcement(scene: Scene) -> Choices:
    """What can be done about an announcement now."""
    matter = matter_of(scene)
    if matter is None:
        return (ALL, DESK)
    what, approval, lasts = scene.answer("about"), matter.announcement.approval, matter.announcement.is_open
    if matter.is_undecided:
        return (WHY(what), PREVIEW(what), SURE(what), hold(what), OURS(what), DESK)
    correct = (FIX(what),) if any(each.correction is None for each in incidents_of(scene)) else ()
    if approval is Approval.YES and matter.settled < matter.wanted:
        return (OPEN(what), stop(what), WHY(what), *correct, DESK)
    on = (ON(what),) if approval is Approval.STOPPED and lasts else ()
    return (*on, WHY(what), *correct, ALL, DESK)


ALL = Choice("announcements", N_("Announcements"), "admin/announcements")
OUTAGES = Choice("outages", N_("Outages"), "admin/outages")


def sure(scene: Scene) -> Choices:
    """Before it is sent."""
    what = scene.answer("about")
    matter = matter_of(scene)
    if matter is None or not _fits(matter, Decision.YES):
        return (OPEN(what), DESK)
    return (send(what), PREVIEW(what), BACK_TO(what))


def previews(scene: Scene) -> Choices:
    """In the languages of the groups that would be told."""
    what, matter = scene.answer("about"), matter_of(scene)
    languages = list(matter.reach)[:MOST] if matter else []
    return (*(_in(what, each) for each in languages), BACK_TO(what))


def _in(what: str, language: str) -> Choice:
    name = {"language": language}
    return Choice(f"in.{what}.{language}", "{language}", "admin/preview", about(what, language=language), names=name)


def of_reasons(scene: Scene) -> Choices:
    """Back from the looks."""
    what = scene.answer("about")
    return (OUTAGE(what) if number_of(what, INCIDENT) else OPEN(what), DESK)


def correcting(scene: Scene) -> Choices:
    """What was wrong?"""
    what = scene.answer("about")
    back = OUTAGE(what) if number_of(what, INCIDENT) else BACK_TO(what)
    open_ones = any(each.correction is None for each in incidents_of(scene))
    reasons = [_because(what, why) for why in CORRECTIONS] if open_ones else []
    return (*reasons, back)


def _because(what: str, why: Correction) -> Choice:
    to = "admin/check"
    return Choice(f"fault.{what}.{_short(why)}", CORRECTIONS[why], to, about(what, why=why.value))


def _short(why: Correction) -> str:
    return why.value[0]


def checking(scene: Scene) -> Choices:
    """Before everybody hears of the correction."""
    what, why = scene.answer("about"), scene.answer("why")
    if why not in set(Correction) or all(each.correction for each in incidents_of(scene)):
        return (DESK,)
    return (everywhere(what, Correction(why)), OUTAGE(what) if number_of(what, INCIDENT) else BACK_TO(what))


def everywhere(what: str, why: Correction) -> Choice:
    """Correct it wherever it was told."""
    return Choice(f"do.{what}.{_short(why)}", N_("Correct everywhere"), "admin/noted", _correct(what, why))


def _correct(what: str, why: Correction) -> Callable[[Scene], Scene]:
    def corrected(scene: Scene) -> Scene:
        scene = about(what, noted="corrected")(scene)
        wrong: list[Incident] = [each for each in incidents_of(scene) if each.correction is None]
        matter = matter_of(scene)
        if not wrong:
            return scene.with_answer("noted", "late")
        if matter and matter.is_undecided:
            scene = scene.doing(Decide(matter.announcement.id, Decision.NO))
        return scene.doing(*(Correct(each.id, why) for each in wrong))

    return corrected


def of_note(scene: Scene) -> Choices:
    """After an order."""
    what = scene.answer("about")
    if number_of(what, ANNOUNCEMENT):
        return (OPEN(what), DESK)
    return (OUTAGE(what), DESK) if number_of(what, INCIDENT) else (DESK,)


def listed(scene: Scene) -> Choices:
    """The newest announcements."""
    return (*(_listed(each) for each in desk_of(scene).matters[:MOST]), DESK)


def _listed(matter: Matter) -> Choice:
    one = matter.announcement
    names = {"service": one.service.value, "day": one.opened_at.isoformat()}
    return Choice(f"open.a{one.id}", "{service}, {day}", "admin/announcement", about(f"a{one.id}"), names=names)


def outages(scene: Scene) -> Choices:
    """The newest outages."""
    return (*(_outage(each) for each in desk_of(scene).incidents[:MOST]), DESK)


def _outage(one: Incident) -> Choice:
    names: dict[str, Value] = {"country": one.country, "day": one.started_at.isoformat(), "number": one.id}
    return Choice(f"outage.i{one.id}", "{number}: {country}, {day}", "admin/outage", about(f"i{one.id}"), names=names)


def of_outage(scene: Scene) -> Choices:
    """What can be done about an outage."""
    what, found = scene.answer("about"), incidents_of(scene)
    if not found:
        return (OUTAGES, DESK)
    correct = () if found[0].correction else (FIX(what),)
    return (WHY(what), *correct, OUTAGES, DESK)


PLAIN = {
    "open": OPEN, "why": WHY, "sure": SURE, "preview": PREVIEW, "ours": OURS, "outage": OUTAGE,
    "hold": hold, "send": send, "stop": stop,
}  # fmt: skip
REASONS = {_short(why): why for why in CORRECTIONS}


def finds(_scene: Scene, choice_id: str) -> Choice | None:
    """The button of an older message: it says itself what it is about."""
    verb, _, rest = choice_id.partition(".")
    what, _, more = rest.partition(".")
    if not (number_of(what, ANNOUNCEMENT) or number_of(what, INCIDENT)):
        return next((each for each in (DESK, ALL, OUTAGES) if each.id == choice_id), None)
    if verb == "in" and more:
        return _in(what, more) if more.isalpha() else None
    if verb in {"fault", "do"} and more in REASONS:
        return (everywhere if verb == "do" else _because)(what, REASONS[more])
    return PLAIN[verb](what) if verb in PLAIN and not more else None
