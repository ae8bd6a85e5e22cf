"""The Bot API's methods that the sandbox plays: one registry, a file for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.methods import chats, editing, inline, intake, messages, presses, profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.methods.method import Method

METHODS: Mapping[str, Method] = {
    method.name.lower(): method
    for room in (messages, editing, presses, inline, intake, profile, chats)
    for method in room.METHODS
}
