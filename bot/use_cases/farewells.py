"""What is said after the service closed, to whoever still does something. Nothing of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.languages import best_language
from bot.use_cases import documents
from conversations.closing.telling import IN_GROUP, day_values, farewell
from conversations.effects import AnswerPress, PopUp
from conversations.events import Event, Press
from conversations.group.events import GroupPress
from conversations.scene import Scene

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.deliveries import Value
    from bot.domain.people import Person
    from conversations.effects import Effect
    from conversations.group.events import GroupEvent
    from conversations.world import World


def document(stranger: Person, world: World, now: datetime) -> dict[str, Value]:
    """The one line, as the outbox keeps it until it is told."""
    return documents.of_saying(farewell(Scene(stranger, now, world)), stranger)


def presses_answered(event: Event | GroupEvent, world: World) -> list[tuple[int, Effect]]:
    """A pressed button is answered; in a group by the line itself, for who pressed alone."""
    closing, happening = world.closing(), event.happening
    if isinstance(happening, Press):
        return [(event.chat_id, AnswerPress(happening.callback_id))]
    if isinstance(happening, GroupPress) and closing:
        values, language = day_values(closing.day), best_language(event.language_code)
        return [(event.chat_id, PopUp(happening.callback_id, IN_GROUP, language, "UTC", values))]
    return []
