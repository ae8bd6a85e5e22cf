"""Which forms somebody asked for lately. What nobody uses is not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.storage.conflicts import insert_or_set
from bot.storage.seen_schema import wanted

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import Connection

    from bot.storage.engine import Database


def ask(connection: Connection, asked: Collection[tuple[str, str]], today: date) -> None:
    """Note the day."""
    rows = [{"form": form, "country": country, "asked_on": today} for form, country in asked]
    if rows:
        connection.execute(insert_or_set(connection, wanted, ("form", "country"), ("asked_on",)), rows)


def days(connection: Connection) -> dict[tuple[str, str], date]:
    """The last day on which anybody asked, for each form and country."""
    return {(row.form, row.country): row.asked_on for row in connection.execute(select(wanted))}


class Wanted:
    """The wanted forms of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, asked: Collection[tuple[str, str]], today: date) -> None:
        """Somebody asked for these forms and countries today (UTC)."""
        await self._database.write(ask, asked, today)

    async def days(self) -> dict[tuple[str, str], date]:
        """The last day (UTC) on which anybody asked, for each form and country."""
        return await self._database.read(days)
