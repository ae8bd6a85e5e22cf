"""Questions for a day on which something happened: typed in any way; a day to come is asked again, kindly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from conversations.scene import Scene
    from conversations.steps import Move


def happened(on: Callable[[Scene, date], Scene], to: str | Callable[[Scene], str]) -> Callable[[Scene], Move | None]:
    """What a step hears: the deed done on the typed day, and the screen after it; None if no day was typed."""

    def heard(scene: Scene) -> Move | None:
        day = scene.told_day()
        if day is None:
            return None
        if day > scene.today:
            return replace(scene, aside="day_to_come"), scene.person.session.screen
        scene = on(scene, day)
        return scene, to if isinstance(to, str) else to(scene)

    return heard
