"""What people say they saw. The link to the person lasts 24 hours; the count lasts longer."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.storage.conflicts import insert_if_new
from bot.storage.schema import people, reports

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.changes import NewReport
    from bot.storage.engine import Database
    from bot.storage.seal import Seal

LINKED = timedelta(hours=24)
OLD = timedelta(days=1)
"""A report counts if the chat is at least that old: many new accounts at once prove nothing."""


def add(connection: Connection, seal: Seal, now: datetime, new: list[NewReport]) -> int:
    """Add reports; how many of them were new."""
    if not new:
        return 0
    statement, day, added = insert_if_new(connection, reports), now.astimezone(UTC).date(), 0
    for each in new:
        values = {"form": each.form, "country": each.country, "kind": each.kind, "day": day, "at": now}
        whose = {"person": seal.hash("report", each.chat_id), "counts": _is_old(connection, seal, each.chat_id, now)}
        added += connection.execute(statement, values | whose).rowcount
    return added


def _is_old(connection: Connection, seal: Seal, chat_id: int, now: datetime) -> bool:
    since = select(people.c.created_at).where(people.c.chat_hash == seal.hash("chat", chat_id))
    created = connection.scalar(since)
    return created is not None and now - created >= OLD


def forget_links(connection: Connection, now: datetime) -> int:
    """Take the person out of reports older than a day."""
    old = (reports.c.at <= now - LINKED) & reports.c.person.is_not(None)
    return connection.execute(update(reports).where(old).values(person=None)).rowcount


def count_people(connection: Connection, form: str, country: str, kind: str, since: datetime) -> int:
    """How many different people reported it since then (within a day: later nobody knows who it was)."""
    wanted = (reports.c.form == form) & (reports.c.country == country) & (reports.c.kind == kind)
    count = select(func.count(reports.c.person.distinct())).where(wanted & (reports.c.at >= since))
    return connection.scalar(count) or 0


def count_weighty(connection: Connection, form: str, country: str, kinds: Collection[str], since: datetime) -> int:
    """How many different people whose chat is older than a day reported any of these since then."""
    wanted = (reports.c.form == form) & (reports.c.country == country) & reports.c.kind.in_(kinds)
    count = select(func.count(reports.c.person.distinct())).where(wanted, reports.c.counts, reports.c.at >= since)
    return connection.scalar(count) or 0


class Reports:
    """The reports of the store."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def add(self, now: datetime, report: NewReport) -> bool:
        """Add one by itself; False if this person told it today. Within a commit: `Changes.reports`."""
        return await self._database.write(add, self._seal, now, [report]) > 0

    async def people(self, form: str, country: str, kind: str, *, since: datetime) -> int:
        """How many different people reported it since then, at most 24 hours back."""
        return await self._database.read(count_people, form, country, kind, since)
