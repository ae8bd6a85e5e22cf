"""Buttons that carry what they are about, so that they hold for ever: `<verb>.<about>.<more>`.

`about` is `a12` for an announcement and `i7` for an incident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.desk import Desk

if TYPE_CHECKING:
    from bot.domain.desk import Matter
    from bot.domain.incidents import Incident
    from conversations.scene import Scene

ANNOUNCEMENT, INCIDENT = "a", "i"
NOTHING = Desk(at=None)  # type: ignore[arg-type]  # nobody sees it: its screens are refused before


def desk_of(scene: Scene) -> Desk:
    """What the operator sees; for anybody else there is nothing."""
    return scene.world.desk(scene.person.chat_id) or NOTHING


def number_of(about: str, kind: str) -> int:
    """The number in `a12`, 0 if it is about something else."""
    return int(about[1:]) if about[:1] == kind and about[1:].isdecimal() else 0


def matter_of(scene: Scene) -> Matter | None:
    """The announcement that is talked about."""
    return desk_of(scene).matter(number_of(scene.answer("about"), ANNOUNCEMENT))


def incidents_of(scene: Scene) -> tuple[Incident, ...]:
    """The incidents that are talked about: one, or those of an announcement."""
    desk, matter = desk_of(scene), matter_of(scene)
    numbers = [line.incident for line in matter.announcement.lines] if matter else []
    numbers = numbers or [number_of(scene.answer("about"), INCIDENT)]
    return tuple(found for each in numbers if (found := desk.incident(each)))
