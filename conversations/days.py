"""Questions for a day on which something happened: a few to tap, any to type; a day to come is asked again, kindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from conversations.steps import N_, Choice, Step
from conversations.wording import about

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Move

DAYS_AGO = {
    "d0": (0, N_("Today")),
    "d1": (1, N_("Yesterday")),
    "d7": (7, N_("A week ago")),
    "d30": (30, N_("A month ago")),
}


def day_question(
    id_: str,
    on: Callable[[Scene, date], Scene],
    to: str | Callable[[Scene], str],
    *more: Choice,
    values: Callable[[Scene], Mapping[str, Value]] = about,
) -> Step:
    """The step that asks for it: the deed done on the day that is tapped or typed, and the screen after it."""

    def ago(days: int) -> Callable[[Scene], Scene]:
        return lambda scene: on(scene, scene.today - timedelta(days=days))

    known = (Choice(key, label, to, ago(days)) for key, (days, label) in DAYS_AGO.items())
    return Step(id_, (*known, *more), values, _heard(on, to), columns=2)


def _heard(on: Callable[[Scene, date], Scene], to: str | Callable[[Scene], str]) -> Callable[[Scene], Move | None]:
    """What the step hears; None if no day was typed."""

    def heard(scene: Scene) -> Move | None:
        day = scene.told_day()
        if day is None:
            return None
        if day > scene.today:
            return replace(scene, aside="day_to_come"), scene.person.session.screen
        scene = on(scene, day)
        return scene, to if isinstance(to, str) else to(scene)

    return heard
