"""What the bot itself saw of the forms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from bot.domain.observations import Observation, Reason, Verdict
from bot.storage.schema import looks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from bot.storage.engine import Database

KEPT = timedelta(days=90)


def add(connection: Connection, observations: Collection[Observation]) -> None:
    """Note what was seen. The explanation is for the moment and isn't kept."""
    rows = [
        {
            "form": each.form,
            "country": each.country,
            "vantage": each.vantage,
            "at": each.at,
            "verdict": each.verdict.value,
            "reason": each.reason.value,
            "status_code": each.status_code,
            "seconds": each.seconds,
        }
        for each in observations
    ]
    if rows:
        connection.execute(insert(looks), rows)


def latest(connection: Connection) -> list[Observation]:
    """The last look at each form, for each country, from each vantage."""
    last = select(func.max(looks.c.id)).group_by(looks.c.form, looks.c.country, looks.c.vantage)
    return _observations(connection.execute(select(looks).where(looks.c.id.in_(last)).order_by(looks.c.id)))


def history(connection: Connection, form: str, country: str, since: datetime) -> list[Observation]:
    """All looks at a form for a country since then, the oldest first."""
    wanted = (looks.c.form == form) & (looks.c.country == country) & (looks.c.at >= since)
    return _observations(connection.execute(select(looks).where(wanted).order_by(looks.c.at, looks.c.id)))


def _observations(rows: Iterable[Row[Any]]) -> list[Observation]:
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
        )
        for row in rows
    ]


class Looks:
    """The looks of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, observations: Collection[Observation]) -> None:
        """Note what was seen."""
        await self._database.write(add, observations)

    async def latest(self) -> list[Observation]:
        """The last look at each form, for each country, from each vantage."""
        return await self._database.read(latest)

    async def history(self, form: str, country: str, *, since: datetime) -> list[Observation]:
        """All looks at a form for a country since then, the oldest first."""
        return await self._database.read(history, form, country, since)
