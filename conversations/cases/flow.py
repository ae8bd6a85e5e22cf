"""/cases: all objections, each with where it stands; change, add, close, take out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.stages import Stage
from conversations.accounts.flow import LABELS, labelled
from conversations.back.flow import standing_values
from conversations.data.flow import CALENDAR
from conversations.sent.flow import ANOTHER, lives_in
from conversations.status.rules import TELL_RULES
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import about, merged, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

LAST_FACTS = 8
QUIET = frozenset({Stage.SENT, Stage.WRITTEN, Stage.COMPLAINED, Stage.ACCEPTED, Stage.CLOSED})


def _is_open(scene: Scene) -> bool:
    return scene.case is not None and scene.stage(scene.case) is not Stage.CLOSED


def _waits_or_ended(scene: Scene) -> bool:
    """Has the person nothing to do today but to wait, or nothing at all?"""
    return scene.case is not None and scene.stage(scene.case) in QUIET


def _taken(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: scene.on_case(number)


def _each(scene: Scene, to: Callable[[Scene], str]) -> Choices:
    cases = scene.person.cases
    return tuple(
        Choice(f"c{each.number}", "{case}", to, _taken(each.number), names={"case": title(each)}) for each in cases
    )


def _all(scene: Scene) -> Choices:
    begin = Choice("new", N_("Begin"), "start/hello", lambda scene: scene.without_answers())
    return (*_each(scene, lambda _: "cases/case"), ANOTHER if scene.person.cases else begin)


def _which(scene: Scene) -> Choices:
    """A pasted answer of Meta's waits for its case."""
    return _each(scene, lambda scene: scene.answer("onward") or "answer/what")


def _list(scene: Scene) -> dict[str, Value]:
    return {"cases": [{**title(case), "stage": scene.stage(case).value} for case in scene.person.cases]}


def _case(scene: Scene) -> dict[str, Value]:
    case = scene.case
    facts: list[Value] = [
        {"kind": fact.kind.value, "day": fact.day.isoformat()} for fact in (case.facts if case else ())[-LAST_FACTS:]
    ]
    return merged(standing_values(scene), {"facts": facts, "stopped": bool(case and case.stopped)})


def _without(scene: Scene) -> Scene:
    number = scene.person.session.case
    return replace(scene, person=scene.person.without_case(number)).without_answers() if number else scene


def _labels(_scene: Scene) -> Choices:
    return tuple(Choice(label.value, text, "cases/case", labelled(label)) for label, text in LABELS.items())


def moved_to(scene: Scene, code: str) -> Scene:
    """The person lives elsewhere from now on. What is on its way keeps the laws it was sent under, and its dates."""
    before = scene.person.residence
    for case in scene.person.cases:
        if case.lived_in is None and case.last(FactKind.SENT):
            scene = scene.with_case(replace(case, lived_in=before or case.country))
    return lives_in(scene, code)


def _moved(scene: Scene) -> Choices:
    codes = [code for code in scene.suggested if code != scene.person.residence][:4]
    return tuple(Choice(code, "{country}", "cases/moved_to", _moving(code), names={"country": code}) for code in codes)


def _moving(code: str) -> Callable[[Scene], Scene]:
    return lambda scene: moved_to(scene, code)


def _heard_moved(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    return (moved_to(scene, found[0]), "cases/moved_to") if len(found) == 1 else None


def _was_sent(scene: Scene) -> bool:
    return scene.due is not None


def _has_account(scene: Scene) -> bool:
    return scene.service is not Service.NONE


CASES = Flow(
    "cases",
    (
        Step("list", _all, _list),
        Step("which", _which, _list),
        question(
            "case",
            Choice("on", N_("What is next?"), "back/standing"),
            CALENDAR,
            Choice("change", N_("Change"), "cases/change"),
            replace(TELL_RULES, when=lambda scene: _waits_or_ended(scene) and TELL_RULES.when(scene)),
            Choice("close", N_("Close"), "cases/closed", lambda scene: scene.with_fact(FactKind.CLOSED), when=_is_open),
            values=_case,
        ),
        question(
            "change",
            Choice(
                "day",
                N_("The day of sending"),
                "sent/when",
                lambda scene: scene.with_answer("moving", "yes"),
                when=_was_sent,
            ),
            Choice("label", N_("Its label"), "cases/label"),
            Choice("place", N_("Where I am logged in"), "object/where", when=_has_account),
            Choice("remove", N_("Take this case out"), "cases/remove"),
            values=_case,
        ),
        Step("moved", _moved, _case, _heard_moved, columns=2),
        question("moved_to", Choice("on", N_("All right"), "back/standing"), values=about),
        Step("label", _labels, _case, columns=2),
        question("remove", Choice("yes", N_("Yes, take it out"), "cases/list", _without, by_tap=True), values=_case),
        question(
            "closed",
            Choice("again", N_("Open it again"), "cases/case", lambda scene: scene.with_fact(FactKind.REOPENED)),
            TELL_RULES,
            values=_case,
        ),
    ),
)
