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
from conversations.sent.flow import ANOTHER
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import merged, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices

LAST_FACTS = 8


def _is_open(scene: Scene) -> bool:
    return scene.case is not None and scene.stage(scene.case) is not Stage.CLOSED


def _taken(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: scene.on_case(number)


def _all(scene: Scene) -> Choices:
    cases = scene.person.cases
    return (
        *(
            Choice(f"c{each.number}", "{case}", "cases/case", _taken(each.number), names={"case": title(each)})
            for each in cases
        ),
        ANOTHER if cases else Choice("new", N_("Begin"), "start/hello", lambda scene: scene.without_answers()),
    )


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


def _was_sent(scene: Scene) -> bool:
    return scene.due is not None


def _has_account(scene: Scene) -> bool:
    return scene.service is not Service.NONE


CASES = Flow(
    "cases",
    (
        Step("list", _all, _list),
        question(
            "case",
            Choice("on", N_("What is next?"), "back/standing"),
            CALENDAR,
            Choice("change", N_("Change"), "cases/change"),
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
        Step("label", _labels, _case, columns=2),
        question("remove", Choice("yes", N_("Yes, take it out"), "cases/list", _without), values=_case),
        question(
            "closed",
            Choice("again", N_("Open it again"), "cases/case", lambda scene: scene.with_fact(FactKind.OPENED)),
            values=_case,
        ),
    ),
)
