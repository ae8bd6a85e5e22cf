"""People and sayings as the JSON documents that the store seals, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot.domain.people import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.deliveries import Saying, Value
    from bot.domain.groups import Group

PEOPLE = TypeAdapter(Person)
EXPORT_FORMAT = "objection-bot export 1"
LARGEST_EXPORT = 262_144
"""Bytes of an export that is read in again; 20 cases with 60 facts stay far below."""


def of_person(person: Person) -> dict[str, Value]:
    """The document that is kept of somebody."""
    document: dict[str, Value] = PEOPLE.dump_python(person, mode="json")
    return document


def to_person(document: Mapping[str, object]) -> Person:
    """Somebody, from what was kept. A document of an older shape is completed by the defaults."""
    return PEOPLE.validate_python(document)


def of_saying(saying: Saying, person: Person) -> dict[str, Value]:
    """What the outbox keeps: keys and small values, with the language and clock to tell them by."""
    return _of(saying, person.language, person.zone)


def _of(saying: Saying, language: str, zone: str) -> dict[str, Value]:
    return {
        "kind": saying.kind.value,
        "screen": saying.screen,
        "values": dict(saying.values),
        "buttons": [[dict(button) for button in row] for row in saying.buttons],
        "aside": saying.aside,
        "message_id": saying.message_id,
        "silent": saying.silent,
        "ends": saying.ends,
        "topic": saying.topic,
        "reply_to": saying.reply_to,
        "language": language,
        "zone": zone,
    }


def of_group_saying(saying: Saying, group: Group) -> dict[str, Value]:
    """What a group is told, with its language and clock."""
    return _of(saying, group.language, group.zone)


def of_export(person: Person) -> dict[str, Any]:
    """Everything kept of somebody, as the file that /export gives."""
    return {"format": EXPORT_FORMAT, "person": of_person(person)}
