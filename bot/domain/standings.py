"""What Telegram says of somebody, and of the bot, in a group at this moment. Asked at each tap, never kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """How the bot stands in a group."""

    OUT = "out"
    MEMBER = "member"
    MUTED = "muted"
    """There, and may not write."""
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's standing. None: Telegram did not say in time, so nothing is granted and nothing is taken away."""

    is_admin: bool | None
    is_in: bool | None = True
    """Is the bot there?"""
    is_forum: bool = False
    is_channel: bool = False
    belongs: bool | None = None
    """Is the person in it? Asked only of who wants to take part in its counter."""
