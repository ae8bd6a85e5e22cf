"""Planned pauses: times in which nothing is concluded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from bot.domain.hints import Pause
from bot.storage.seen_schema import pauses

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.engine import Database

KEPT = timedelta(days=90)


def add(connection: Connection, pause: Pause) -> int:
    """Keep a pause; its number."""
    values = {"form": pause.form, "country": pause.country, "since": pause.since, "until": pause.until}
    (number,) = connection.execute(insert(pauses).values(values)).inserted_primary_key or (0,)
    return int(number)


def current(connection: Connection, now: datetime) -> dict[int, Pause]:
    """The pauses that are not over by then."""
    rows = connection.execute(select(pauses).where(pauses.c.until > now).order_by(pauses.c.id))
    return {row.id: Pause(form=row.form, country=row.country, since=row.since, until=row.until) for row in rows}


def end(connection: Connection, number: int, now: datetime) -> int:
    """End it early."""
    lasting = (pauses.c.id == number) & (pauses.c.until > now)
    return connection.execute(update(pauses).where(lasting).values(until=now)).rowcount


def forget(connection: Connection, now: datetime) -> int:
    """Delete those that are long over."""
    return connection.execute(delete(pauses).where(pauses.c.until < now - KEPT)).rowcount


class Pauses:
    """The pauses of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, pause: Pause) -> int:
        """Keep a pause; its number, by which it is ended."""
        return await self._database.write(add, pause)

    async def current(self, now: datetime) -> dict[int, Pause]:
        """The pauses that last or are still to come, by number."""
        return await self._database.read(current, now)

    async def lately(self, since: datetime) -> list[Pause]:
        """The pauses that ended since then, that last or are still to come."""
        return list((await self._database.read(current, since)).values())

    async def end(self, number: int, now: datetime) -> bool:
        """End it now; False if there is none of that number or it is over."""
        return await self._database.write(end, number, now) > 0
