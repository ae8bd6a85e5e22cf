"""Incidents: what they rest on, what was corrected, and who is still to be told of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select, update

from bot.domain.errors import StorageError
from bot.domain.incidents import Cause, Correction, Incident, Proof
from bot.storage.changes import Outdated
from bot.storage.conflicts import insert_if_new
from bot.storage.looks import observations
from bot.storage.seen_schema import citations, incidents, looks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from bot.domain.observations import Observation
    from bot.storage.engine import Database

OPEN = incidents.c.ended_at.is_(None) & incidents.c.corrected_at.is_(None)
CITED = 100
"""Looks that an incident cites at most: those that confirmed it and those that ended it are far fewer."""


class NewsKind(StrEnum):
    """What those who asked are to be told of an incident."""

    ENDED = "ended"
    CORRECTED = "corrected"


class News(NamedTuple):
    """What is still to be told. Wishes for "answers again" made up to `until` are fulfilled (None: none of them)."""

    incident: Incident
    kind: NewsKind
    until: datetime | None


def save(connection: Connection, incident: Incident, cites: Collection[Observation], at: datetime | None) -> Incident:
    """Keep it. Outdated if it was corrected meanwhile. If it ended, that is news for those who wished up to `at`."""
    values = _values(incident)
    if incident.ended_at is not None:
        values |= {"news": NewsKind.ENDED.value, "news_at": at or incident.ended_at}
    if incident.id:
        _change(connection, incident.id, values)
    number = incident.id or _insert(connection, values)
    _cite(connection, number, cites)
    return _one(connection, number)


def _insert(connection: Connection, values: dict[str, Any]) -> int:
    (number,) = connection.execute(insert(incidents).values(values)).inserted_primary_key or (0,)
    return int(number)


def _change(connection: Connection, number: int, values: dict[str, Any]) -> None:
    still_open = incidents.c.corrected_at.is_(None) & incidents.c.ended_at.is_(None)
    changed = connection.execute(update(incidents).where(incidents.c.id == number, still_open).values(values))
    if not changed.rowcount:
        raise Outdated("The incident was ended or corrected meanwhile; nothing was saved.")


def _cite(connection: Connection, number: int, cites: Collection[Observation]) -> None:
    there = set(connection.scalars(select(citations.c.look).where(citations.c.incident == number)))
    new = [each.id for each in cites if each.id and each.id not in there][: max(CITED - len(there), 0)]
    if new:
        connection.execute(insert_if_new(connection, citations), [{"incident": number, "look": each} for each in new])


def correct(connection: Connection, number: int, correction: Correction, at: datetime) -> Incident:
    """Take it back. Who waits for "answers again" is told so only if the end was not told before."""
    known = connection.execute(select(incidents).where(incidents.c.id == number)).first()
    if known is None:
        raise StorageError(f"There is no incident {number}.")
    if known.corrected_at is not None:
        raise StorageError(f"Incident {number} was corrected before, as {known.correction}.")
    values = {"corrected_at": at, "correction": correction.value, "news": NewsKind.CORRECTED.value}
    until = at if known.ended_at is None else known.news_at
    changed = update(incidents).where(incidents.c.id == number).values(**values, news_at=until)
    connection.execute(changed)
    return _one(connection, number)


def _one(connection: Connection, number: int) -> Incident:
    (found,) = _incidents(connection.execute(select(incidents).where(incidents.c.id == number)))
    return found


def _values(incident: Incident) -> dict[str, Any]:
    return {
        "form": incident.form,
        "country": incident.country,
        "started_at": incident.started_at,
        "confirmed_at": incident.confirmed_at,
        "ended_at": incident.ended_at,
        "causes": ",".join(cause.value for cause in incident.causes),
        "proof": incident.proof.value,
        "networks": "\n".join(incident.networks),
        "looks": incident.looks,
        "last_bad_at": incident.last_bad_at,
    }


def _incidents(rows: Iterable[Row[Any]]) -> list[Incident]:
    return [
        Incident(
            id=row.id,
            form=row.form,
            country=row.country,
            started_at=row.started_at,
            confirmed_at=row.confirmed_at,
            causes=tuple(Cause(cause) for cause in row.causes.split(",") if cause),
            proof=Proof(row.proof),
            networks=tuple(row.networks.split("\n")) if row.networks else (),
            looks=row.looks,
            ended_at=row.ended_at,
            corrected_at=row.corrected_at,
            correction=Correction(row.correction) if row.correction else None,
            last_bad_at=row.last_bad_at,
        )
        for row in rows
    ]


def _found(connection: Connection, where: ColumnElement[bool]) -> list[Incident]:
    newest_first = (incidents.c.started_at.desc(), incidents.c.id.desc())
    return _incidents(connection.execute(select(incidents).where(where).order_by(*newest_first)))


def of(connection: Connection, form: str, country: str, since: datetime) -> list[Incident]:
    """Those of one form in one country that last, ended or were corrected since then, the newest first."""
    return _found(connection, (incidents.c.form == form) & (incidents.c.country == country) & _lately(since))


def _lately(since: datetime) -> ColumnElement[bool]:
    return OPEN | (incidents.c.ended_at >= since) | (incidents.c.corrected_at >= since)


def _news(connection: Connection) -> list[News]:
    rows = connection.execute(select(incidents).where(incidents.c.news.is_not(None)).order_by(incidents.c.id)).all()
    return [
        News(incident, NewsKind(row.news), row.news_at) for incident, row in zip(_incidents(rows), rows, strict=True)
    ]


def _told(connection: Connection, news: News) -> int:
    the_same = (incidents.c.id == news.incident.id) & (incidents.c.news == news.kind.value)
    return connection.execute(update(incidents).where(the_same).values(news=None, news_at=None)).rowcount


def _looks_of(connection: Connection, number: int) -> list[Observation]:
    cited = select(looks).join_from(looks, citations, citations.c.look == looks.c.id)
    return observations(
        connection.execute(cited.where(citations.c.incident == number).order_by(looks.c.at, looks.c.id))
    )


class Incidents:
    """The incidents of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(
        self, incident: Incident, *, cites: Collection[Observation] = (), at: datetime | None = None
    ) -> Incident:
        """Keep an incident (id 0: a new one) and the looks it cites, in one commit; gives it with its id.

        Outdated: it was ended or corrected meanwhile, by a command. An end that is kept `at` a time is news for
        everybody who wished to know up to then.
        """
        return await self._database.write(save, incident, cites, at)

    async def open(self) -> list[Incident]:
        """Those that last, the newest first."""
        return await self._database.read(_found, OPEN)

    async def since(self, when: datetime) -> list[Incident]:
        """Those that last, ended or were corrected since then, the newest first."""
        return await self._database.read(_found, _lately(when))

    async def get(self, number: int) -> Incident | None:
        """The incident of that id."""
        return next(iter(await self._database.read(_found, incidents.c.id == number)), None)

    async def correct(self, number: int, correction: Correction, at: datetime) -> Incident:
        """Take an incident back; StorageError in one line if there is none or it was corrected before."""
        return await self._database.write(correct, number, correction, at)

    async def looks_of(self, number: int) -> list[Observation]:
        """The looks it cites, with their evidence, the oldest first."""
        return await self._database.read(_looks_of, number)

    async def news(self) -> list[News]:
        """What those who asked are still to be told, the oldest incident first."""
        return await self._database.read(_news)

    async def told(self, news: News) -> bool:
        """Everybody was told; False if there is other news of it meanwhile."""
        return await self._database.write(_told, news) > 0
