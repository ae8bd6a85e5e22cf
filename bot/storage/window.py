"""All that a conclusion about one form in one country rests on, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import func, select

from bot.domain.policies import LOOKED_BACK, PEOPLE_WITHIN
from bot.domain.reports import CODE_CAME, CODE_MISSING, TROUBLE
from bot.storage import confirmations, incidents, looks, pauses, reports
from bot.storage.seen_schema import confirmations as words
from bot.storage.seen_schema import incidents as table
from bot.storage.seen_schema import pauses as planned

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.domain.hints import Pause
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation

Marks: TypeAlias = "tuple[object, ...]"


@dataclass(frozen=True, slots=True)
class Window:
    """The looks of the last 24 hours, oldest first; the incident that lasts; those that ended or were corrected lately.

    `people` reported trouble within `PEOPLE_WITHIN`, `no_code` that no code came, `code_came` that one came: different
    people whose chats are older than a day. `pause` is the one that is on, else the last one of the last 24 hours.
    """

    looks: tuple[Observation, ...]
    open: Incident | None
    past: tuple[Incident, ...]
    people: int
    no_code: int
    code_came: int
    opened: datetime | None
    broken: datetime | None
    pause: Pause | None


def window(connection: Connection, form: str, country: str, now: datetime) -> Window:
    """Read it in one transaction."""
    lately, since = now - LOOKED_BACK, now - PEOPLE_WITHIN
    known = incidents.of(connection, form, country, lately)
    people, no_code, came = (
        reports.count_weighty(connection, form, country, kinds, since)
        for kinds in (TROUBLE, {CODE_MISSING}, {CODE_CAME})
    )
    return Window(
        tuple(looks.history(connection, form, country, lately)),
        next((each for each in known if each.is_open), None),
        tuple(each for each in known if not each.is_open),
        people,
        no_code,
        came,
        confirmations.last_of(connection, form, country, opened=True),
        confirmations.last_of(connection, form, country, opened=False),
        _pause(connection, form, country, now),
    )


def _pause(connection: Connection, form: str, country: str, now: datetime) -> Pause | None:
    ours = [
        pause
        for pause in pauses.current(connection, now - LOOKED_BACK).values()
        if pause.form in {None, form} and pause.country in {None, country} and pause.since <= now
    ]
    return max(ours, key=lambda pause: pause.until, default=None)


def marks(connection: Connection) -> Marks:
    """What changes when an operator said something by a command, in whatever process."""
    asked = (
        select(func.count(table.c.corrected_at), func.max(table.c.corrected_at)),
        select(func.count(words.c.id), func.max(words.c.id)),
        select(func.count(planned.c.id), func.max(planned.c.id), func.min(planned.c.until), func.max(planned.c.until)),
    )
    return tuple(tuple(row) for each in asked for row in connection.execute(each))
