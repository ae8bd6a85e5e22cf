"""On which day Meta's answer came: today, until it is said otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from conversations.days import day_question
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.domain.cases import Fact
    from bot.domain.deliveries import Value
    from conversations.scene import Scene

SAID_AT = {
    FactKind.REFUSED: "refused",
    FactKind.NO_FURTHER_ACTION: "own",
    FactKind.WANTS_PROOF: "proof",
    FactKind.NOT_IN_REGION: "region_own",
    FactKind.WRONG_FORM: "wrong",
}
"""Where it is told what follows from each."""


def _of_metas(scene: Scene) -> Fact | None:
    """Meta's latest answer that was no yes."""
    return scene.case.last(*SAID_AT) if scene.case else None


def came_on(scene: Scene, day: date) -> Scene:
    """Meta's answer moved to the day on which it came; before the objection there was none."""
    case, fact = scene.case, _of_metas(scene)
    sent = case.last(FactKind.SENT) if case else None
    if case is None or fact is None:
        return scene
    if sent and day < sent.day:
        return replace(scene, aside="before_sent")
    return scene.with_case(case.with_day(fact, day))


def _after_day(scene: Scene) -> str:
    fact = _of_metas(scene)
    return "answer/when" if scene.aside else f"answer/{SAID_AT[fact.kind]}" if fact else "back/standing"


def dated(values: Callable[[Scene], dict[str, Value]]) -> Callable[[Scene], dict[str, Value]]:
    """The values with the day of Meta's answer, where that is not today."""

    def told(scene: Scene) -> dict[str, Value]:
        fact = _of_metas(scene)
        return {**values(scene), "came": fact.day.isoformat() if fact and fact.day != scene.today else None}

    return told


ANOTHER_DAY = Choice("day", N_("It came another day"), "answer/when")
WHEN = day_question("when", came_on, _after_day)
