"""Forgetting in time, truncating the WAL, and the map of what is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete

from bot.storage import days, looks, pauses, reports
from bot.storage.schema import metadata, updates
from bot.storage.schema import reports as reports_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.engine import Database

UPDATES_KEPT = timedelta(days=7)
REPORTS_KEPT = timedelta(days=90)


class Field(NamedTuple):
    """A line of the data map."""

    table: str
    field: str
    purpose: str
    kept: str
    erased: str


def data_map() -> list[Field]:
    """Every field with its purpose, how long it is kept and how it goes."""
    return [
        Field(
            table.name,
            column.name,
            column.comment or "",
            str(column.info.get("kept") or table.info["kept"]),
            str(column.info.get("erased") or table.info["erased"]),
        )
        for table in metadata.sorted_tables
        for column in table.columns
    ]


def forget(connection: Connection, now: datetime) -> int:
    """Delete what has been kept long enough; how many rows were touched. Days are added up before their looks go."""
    today = now.astimezone(UTC).date()
    days.roll_up(connection, today)
    old = [
        delete(updates).where(updates.c.received_at < now - UPDATES_KEPT),
        delete(reports_table).where(reports_table.c.at < now - REPORTS_KEPT),
    ]
    gone = sum(connection.execute(each).rowcount for each in old)
    gone += looks.forget(connection, datetime.combine(today, time.min, UTC) - looks.KEPT)
    return gone + pauses.forget(connection, now) + reports.forget_links(connection, now)


async def vacuum_wal(database: Database, pause: float = 0.5) -> None:
    """Write the file anew and empty the WAL, again and again until it succeeds: nothing deleted is left on the disk.

    Secure delete alone overwrites a deleted cell, not the stale copies that stay in a page whose cells moved.
    """
    for step in (database.rewrite, database.truncate_log):
        while not await step():  # noqa: ASYNC110  # SQLite tells nobody when others leave
            await asyncio.sleep(pause)
