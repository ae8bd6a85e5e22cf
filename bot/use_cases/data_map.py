"""The data map: every field that is kept, with its purpose, how long it is kept and how it goes.

The tables speak for themselves (`bot.storage.schema`). What lies inside the sealed document of a person has its
purposes here, found by walking the dataclasses, so that no field is added without one.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any

from bot.domain.bulletins import Draft
from bot.domain.cases import Case, Fact, QuietHours, Session
from bot.domain.groups import Group, Posted
from bot.domain.people import Person
from bot.storage.housekeeping import Field, data_map

if TYPE_CHECKING:
    from collections.abc import Iterator

PURPOSES: dict[type, dict[str, str]] = {
    Person: {
        "chat_id": "Telegram's number of the chat: where to write",
        "language": "To speak it",
        "zone": "The person's clock: days, quiet hours",
        "since": "First day: nobody is forgotten sooner than the rule says",
        "seen": "Last day with a sign of life: decides when somebody who only looked in is forgotten",
        "zone_chosen": "The zone was chosen, not guessed: a new country does not change it",
        "residence": "Country of residence: law and authority. Asked only after sending or for a complaint",
        "region": "Part of that country, where each part has an authority of its own",
        "quiet": "When not to write unasked",
        "cases": "The objections",
        "session": "Where the conversation is",
        "nudged": "Last day with a reminder: at most one a day",
        "kept_until": "Kept longer because the person chose so",
        "blocked": "The bot was blocked: nothing is sent until the person comes back",
        "groups": "Telegram's numbers of the groups that the person set up: to change their settings in private",
        "draft": "An operator's message to groups until it is sent or left; gone with their first word a day later",
        "closes": "The day on which the service closes, as the person was told: so that it is told once",
    },
    Draft: {
        "kind": "What it is about",
        "begun": "When it was begun: one that is left lying is forgotten",
        "revision": "Counts its answers: a button sends only what it was shown under",
        "form": "Which form, or which form's pause",
        "country": "Which country's pause",
        "since": "When the pause begins",
        "until": "When the pause ends",
        "day": "Since when the form or the rules are others",
        "act": "Must people act?",
        "languages": "The languages to be written",
        "settled": "Are these chosen?",
        "words": "The texts, by language: made to be read by everybody in the groups",
        "sources": "Numbers of the messages they were typed in: an edit changes the right one",
        "others": "What groups in other languages get",
        "corrects": "Which message to groups it stands in the place of",
    },
    Case: {
        "number": "Tells the cases of a person apart",
        "service": "Facebook, Instagram or no account: decides the form",
        "country": "Country of the account's registration: decides form and law",
        "label": "work, private, shop or old: tells two cases apart without an account's name",
        "place": "Logged in where (app, browser, computer): decides the way to the form",
        "facts": "What happened, each with its day",
        "told": "Which reminders were told, so that each comes once",
        "snoozed_until": "No reminder before that day",
        "stopped": "No reminders any more, as the person wished",
        "lived_in": "Where the person lived when this was sent, once they have moved: keeps the dates that run",
    },
    Fact: {
        "kind": "What happened, from a closed list (sent, confirmed, refused …)",
        "day": "The day it happened: the legal dates are counted from it",
        "noted": "The day it was told to the bot",
        "note": "A detail from a closed list (by post, seen on the screen …)",
        "letter": "Which letter of ours was sent (kind, language, hash of its words): for the evidence",
    },
    Group: {
        "chat_id": "Telegram's number of the group or channel: where to post",
        "language": "To write in it",
        "zone": "The group's clock: hours to hold back, times in messages",
        "since": "Since when it is set up",
        "countries": "Of which countries it is told",
        "topic": "In which topic to post: no other one is used",
        "is_forum": "Whether a topic has to be chosen first",
        "silent": "Post without a sound",
        "hold": "Hours in which nothing new is posted",
        "status_every": "How often members' /status is answered",
        "status_at_night": "Whether it is answered in those hours",
        "state": "Set up, running, paused, or stopped by what happened",
        "set_up_by": "Private chat of who set it up: told when nothing can be posted. Erased with that person",
        "changed": "Day of the last change of the settings, shown to admins",
        "change": "Which setting that was, from a closed list",
        "strikes": "Failures in a row: after some, nothing more is tried",
        "posted": "What was posted when: admins can see how quiet it was",
        "counter": "Whether members may be counted",
        "counted_on": "The last day on which it was shown how many are: once a day",
        "closes": "The day on which the service closes, as it was told there: so that it is told once",
    },
    Posted: {"at": "When", "kind": "What, from a closed list (outage, end, correction, answer, test)"},
    QuietHours: {"start": "First quiet hour", "end": "First hour that is not quiet any more"},
    Session: {
        "screen": "Which screen is open",
        "revision": "Tells old buttons from new ones",
        "case": "Which case the screen is about",
        "answers": "Choices made on the way, from closed lists",
        "trail": "The screens before, for the way back",
    },
}


SEALED: dict[str, type] = {"people": Person, "groups": Group}
"""What lies in the sealed documents that are opened up in the map."""


def whole_map() -> list[Field]:
    """All tables, the sealed document of a person opened up."""
    found = []
    for field in data_map():
        found.append(field)
        if field.field == "sealed" and field.table in SEALED:
            found += [
                Field(field.table, f"sealed: {path}", purpose, field.kept, field.erased)
                for path, purpose in fields_of(SEALED[field.table])
            ]
    return found


def fields_of(kind: type, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a document with their purposes, those of its parts right after them."""
    hints = typing.get_type_hints(kind)
    for each in dataclasses.fields(kind):
        yield prefix + each.name, PURPOSES[kind][each.name]
        part = _part(hints[each.name])
        if part is not None:
            yield from fields_of(part, f"{prefix}{each.name}.")


def _part(hint: Any) -> type | None:
    """The dataclass in a type such as `tuple[Case, ...]`."""
    if dataclasses.is_dataclass(hint):
        return typing.cast("type", hint)
    return next((part for each in typing.get_args(hint) if (part := _part(each))), None)
