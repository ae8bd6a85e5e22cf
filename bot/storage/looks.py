"""What the bot itself saw of the forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select

from bot.domain.observations import Observation, Reason, Verdict
from bot.storage.conflicts import insert_if_new
from bot.storage.evidence import from_text, to_text
from bot.storage.seen_schema import citations, differences, looks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from bot.storage.engine import Database

KEPT = timedelta(days=90)
BARE = [column for column in looks.c if column.name != "evidence"]
"""Enough to conclude from; evidence is large and read only to be shown."""


class Difference(NamedTuple):
    """A form that once differed from its decoy, as seen from a vantage for a country."""

    form: str
    vantage: str
    country: str


def add(connection: Connection, observations: Collection[Observation]) -> list[Observation]:
    """Note what was seen, with the numbers it gets. The explanation is for the moment and isn't kept."""
    _mark(connection, [each for each in observations if each.differed])
    return [replace(each, id=_add(connection, each)) for each in observations]


def _add(connection: Connection, seen: Observation) -> int:
    row = {
        "form": seen.form,
        "country": seen.country,
        "vantage": seen.vantage,
        "at": seen.at,
        "verdict": seen.verdict.value,
        "reason": seen.reason.value,
        "status_code": seen.status_code,
        "seconds": seen.seconds,
        "evidence": to_text(seen.evidence),
        "differed": seen.differed,
    }
    (number,) = connection.execute(insert(looks).values(row)).inserted_primary_key or (0,)
    return int(number)


def _mark(connection: Connection, differing: Collection[Observation]) -> None:
    rows = [{"form": each.form, "vantage": each.vantage, "country": each.country, "at": each.at} for each in differing]
    if rows:
        connection.execute(insert_if_new(connection, differences), rows)


def latest(connection: Connection) -> list[Observation]:
    """The last look at each form, for each country, from each vantage."""
    last = select(func.max(looks.c.id)).group_by(looks.c.form, looks.c.country, looks.c.vantage)
    return observations(connection.execute(select(*BARE).where(looks.c.id.in_(last)).order_by(looks.c.id)))


def history(connection: Connection, form: str, country: str, since: datetime) -> list[Observation]:
    """All looks at a form for a country since then, the oldest first, without their evidence."""
    wanted = (looks.c.form == form) & (looks.c.country == country) & (looks.c.at >= since)
    return observations(connection.execute(select(*BARE).where(wanted).order_by(looks.c.at, looks.c.id)))


def differed(connection: Connection) -> frozenset[Difference]:
    """Which forms ever differed from their decoy, seen from where."""
    rows = connection.execute(select(differences.c.form, differences.c.vantage, differences.c.country))
    return frozenset(Difference(*row) for row in rows)


def forget(connection: Connection, before: datetime) -> int:
    """Delete looks older than that which no incident cites; how many they were."""
    cited = select(citations.c.look).where(citations.c.look == looks.c.id).exists()
    return connection.execute(delete(looks).where(looks.c.at < before, ~cited)).rowcount


def observations(rows: Iterable[Row[Any]]) -> list[Observation]:
    """Rows of looks, with or without evidence."""
    return [
        Observation(
            form=row.form,
            country=row.country,
            vantage=row.vantage,
            at=row.at,
            verdict=Verdict(row.verdict),
            reason=Reason(row.reason),
            status_code=row.status_code,
            seconds=row.seconds,
            explanation=(),
            evidence=from_text(getattr(row, "evidence", None)),
            differed=row.differed,
            id=row.id,
        )
        for row in rows
    ]


class Looks:
    """The looks of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, seen: Collection[Observation]) -> list[Observation]:
        """Note what was seen in one commit, and that forms differed; the same with their numbers."""
        return await self._database.write(add, seen)

    async def latest(self) -> list[Observation]:
        """The last look at each form, for each country, from each vantage, without evidence."""
        return await self._database.read(latest)

    async def history(self, form: str, country: str, *, since: datetime) -> list[Observation]:
        """All looks at a form for a country since then, the oldest first, without evidence."""
        return await self._database.read(history, form, country, since)

    async def differed(self) -> frozenset[Difference]:
        """Which forms ever differed from their decoy, seen from where. Kept for good."""
        return await self._database.read(differed)
