"""The questions of a bulletin, and their buttons. Each says itself what it answers, and answers the draft in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.bulletins import BulletinKind
from conversations.admin.doors import DESK
from conversations.admin.naming import desk_of
from conversations.admin.seeing import MOST
from conversations.bulletin.drafting import answering, begun, draft_of, forms_of, groups_of, next_screen, spoken
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from bot.domain.bulletins import Draft
    from bot.domain.deliveries import Value
    from bot.domain.hints import Pause
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

KINDS = {
    BulletinKind.PAUSE: N_("Planned pause"),
    BulletinKind.FORM: N_("Meta changed a form"),
    BulletinKind.RULES: N_("Meta changed its rules"),
    BulletinKind.WORDS: N_("Own words"),
}
HOURS = {1: N_("From now on, 1 hour"), 4: N_("From now on, 4 hours"), 24: N_("From now on, 24 hours")}
ACTS = {"nobody": (N_("Nobody must act"), False), "people": (N_("People must act"), True)}
OTHERS = {"none": (N_("Nothing"), ""), "en": ("{language}", "en")}
FURTHEST = timedelta(days=366)
"""A day further away is a slip."""
PAUSE, WORDS = frozenset({BulletinKind.PAUSE}), frozenset({BulletinKind.WORDS})
FORM, DAY, ACT = frozenset({BulletinKind.FORM}), frozenset({BulletinKind.FORM, BulletinKind.RULES}), BulletinKind.RULES
GO_ON = Choice("on", N_("Go on with the draft"), next_screen, when=lambda scene: draft_of(scene) is not None)
ANEW = Choice(
    "anew",
    N_("Begin anew"),
    "bulletin/kind",
    lambda scene: scene.with_person(draft=None),
    when=lambda scene: not is_correction(scene),
)
LEAVE = Choice("leave", N_("Discard the draft"), "admin/desk", lambda scene: scene.with_person(draft=None))
LYING = replace(LEAVE, when=lambda scene: draft_of(scene) is not None)
BESIDES = (ANEW, LEAVE)


def is_correction(scene: Scene) -> bool:
    """Does the draft in hand correct a message that was sent?"""
    draft = draft_of(scene)
    return draft is not None and draft.corrects != 0


def kind(chosen: BulletinKind) -> Choice:
    """That is what it is about."""
    return Choice(f"k.{chosen.value}", KINDS[chosen], next_screen, lambda scene: begun(scene, chosen))


def kinds(_scene: Scene) -> Choices:
    """What kind?"""
    return (GO_ON, *(kind(each) for each in KINDS), LYING, DESK)


def lying(scene: Scene) -> dict[str, Value]:
    """Does a draft lie there, and does it stand in the way of a correction?"""
    return {"in_the_way": scene.answer("noted") == "in_the_way" and draft_of(scene) is not None}


def hours(count: int) -> Choice:
    """A pause that begins now."""

    def planned(scene: Scene) -> Scene:
        since, until = scene.now, scene.now + timedelta(hours=count)
        return answering(PAUSE, lambda draft: draft.saying(since=since, until=until, form="", country=""))(scene)

    return Choice(f"h.{count}", HOURS[count], next_screen, planned)


def planned(number: int, pause: Pause) -> Choice:
    """A pause that is planned."""
    told = {"since": pause.since, "until": pause.until, "form": pause.form or "", "country": pause.country or ""}
    do = answering(PAUSE, lambda draft: draft.saying(**told))
    names: dict[str, Value] = {"day": pause.since.isoformat(), "number": number}
    return Choice(f"p.{number}", N_("Pause {number}, {day}"), next_screen, do, names=names)


def pauses(scene: Scene) -> Choices:
    """Which pause?"""
    known = list(desk_of(scene).pauses.items())[:MOST]
    return (*(planned(*each) for each in known), *(hours(each) for each in HOURS), *BESIDES)


def form(id_: str, service: str) -> Choice:
    """That form."""
    do = answering(FORM, lambda draft: draft.saying(form=id_))
    return Choice(f"f.{id_}", "{service}: {form}", next_screen, do, names={"service": service, "form": id_})


def forms(scene: Scene) -> Choices:
    """Which form? Those that somebody wants to hear of."""
    return (*(form(id_, each.service.value) for id_, each in list(forms_of(scene).items())[:MOST]), *BESIDES)


def on_day(day: date, label: str = "{day}") -> Choice:
    """Since that day."""
    do = answering(DAY, lambda draft: draft.saying(day=day))
    return Choice(f"d.{day.isoformat()}", label, next_screen, do, names={"day": day.isoformat()})


def days(scene: Scene) -> Choices:
    """Since when?"""
    yesterday = scene.today - timedelta(days=1)
    return (on_day(scene.today, N_("Today")), on_day(yesterday, N_("Yesterday")), *BESIDES)


def heard_day(scene: Scene) -> Move | None:
    """A typed day; one that is too far away is asked for again."""
    day = scene.told_day()
    if day is None:
        return None
    if abs(day - scene.today) > FURTHEST:
        return replace(scene, values={**scene.values, "refused": True}), "bulletin/day"
    scene = on_day(day).do(scene)
    return scene, next_screen(scene)


def act(answer: str) -> Choice:
    """Must people act?"""
    label, given = ACTS[answer]
    return Choice(
        f"act.{answer}", label, next_screen, answering(frozenset({ACT}), lambda draft: draft.saying(act=given))
    )


def acts(_scene: Scene) -> Choices:
    """Must people act?"""
    return (*(act(each) for each in ACTS), *BESIDES)


def language(code: str, label: str = "{language}") -> Choice:
    """A language more to write, or one less."""
    do = answering(WORDS, lambda draft: draft.toggled(code))
    return Choice(f"l.{code}", label, "bulletin/languages", do, names={"language": code})


CHOSEN = Choice(
    "chosen",
    N_("Write the texts"),
    next_screen,
    answering(WORDS, lambda draft: draft.saying(settled=True)),
    when=lambda scene: bool(_languages(draft_of(scene))),
)


def _languages(draft: Draft | None) -> tuple[str, ...]:
    return draft.languages if draft else ()


def languages(scene: Scene) -> Choices:
    """Those that groups have, each with a mark if it is chosen."""
    chosen = _languages(draft_of(scene))
    labels = {code: "{language} ✓" if code in chosen else "{language}" for code in written_in(scene)}
    return (*(language(code, label) for code, label in labels.items()), CHOSEN, *BESIDES)


def written_in(scene: Scene) -> list[str]:
    """The languages that may be written: those of groups, and English, which others may get."""
    return list(dict.fromkeys((*spoken(scene), "en")))


def others(answer: str) -> Choice:
    """What do groups in other languages get? An English text that is still to be written is asked for then."""
    label, code = OTHERS[answer]

    def answered(draft: Draft) -> Draft:
        if draft.corrects:
            return draft
        more = (code,) if code and code not in draft.languages else ()
        return draft.saying(others=code, languages=(*draft.languages, *more))

    return Choice(f"o.{answer}", label, next_screen, answering(WORDS, answered), names={"language": "en"})


def for_others(_scene: Scene) -> Choices:
    """What do groups in other languages get?"""
    return (others("en"), others("none"), *BESIDES)


def left_out(scene: Scene) -> int:
    """How many running groups speak a language that is not written."""
    return sum(count for code, count in groups_of(scene).items() if code not in _languages(draft_of(scene)))
