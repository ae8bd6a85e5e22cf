"""The looks of each UTC day added up, kept for ever.

A day is added up from the looks that are there and written only where it counts more looks than before. So it can be
done again at any time, after a kill or a step of the clock, and never takes anything back.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from bot.domain.days import Day
from bot.domain.judging import Value, value_of
from bot.domain.observations import Verdict
from bot.storage.conflicts import insert_or_raise
from bot.storage.seen_schema import days, incidents, looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Connection

    from bot.storage.engine import Database

AGAIN = timedelta(days=2)
"""Days that were added up already and are added up once more: a look may have been kept late."""
COUNTS = ("ok", "bad", "no_data")


def roll_up(connection: Connection, today: date) -> int:
    """Add up every finished day that may have looks not yet counted; how many days that were."""
    finished = _finished(connection, today)
    for day in finished:
        for (form, country), counts in _added_up(connection, day).items():
            row = {"form": form, "country": country, "day": day, **{name: counts[name] for name in COUNTS}}
            connection.execute(insert_or_raise(connection, days, ("form", "country", "day"), COUNTS), row)
    return len(finished)


def _finished(connection: Connection, today: date) -> list[date]:
    last, first = connection.scalar(select(func.max(days.c.day))), connection.scalar(select(func.min(looks.c.at)))
    if first is None:
        return []
    start = _day(first) if last is None else max(_day(first), min(last, today) - AGAIN)
    return list(_each(start, today - timedelta(days=1)))


def _added_up(connection: Connection, day: date) -> dict[tuple[str, str], Counter[str]]:
    begin = _midnight(day)
    wanted = (
        select(looks.c.form, looks.c.country, looks.c.verdict, func.count())
        .where(looks.c.at >= begin, looks.c.at < begin + timedelta(days=1))
        .group_by(looks.c.form, looks.c.country, looks.c.verdict)
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for form, country, verdict, count in connection.execute(wanted):
        found.setdefault((form, country), Counter())[value_of(Verdict(verdict)).value] += count
    return found


class Stretch(NamedTuple):
    """UTC days of one form in one country, both ends included."""

    form: str
    country: str
    since: date
    until: date


def between(connection: Connection, stretch: Stretch, now: datetime) -> list[Day]:
    """Each day of the stretch, the oldest first; a day without looks counts nothing."""
    counts = _kept(connection, stretch)
    for day, fresh in _live(connection, stretch).items():
        if sum(fresh.values()) > sum(counts.get(day, Counter()).values()):
            counts[day] = fresh
    spans = _outages(connection, stretch, now)
    return [
        Day(day, found["ok"], found["bad"], found["no_data"], _down(spans, day))
        for day in _each(stretch.since, stretch.until)
        for found in [counts.get(day, Counter())]
    ]


def _kept(connection: Connection, stretch: Stretch) -> dict[date, Counter[str]]:
    theirs = (days.c.form == stretch.form) & (days.c.country == stretch.country)
    rows = connection.execute(select(days).where(theirs, days.c.day.between(stretch.since, stretch.until)))
    return {row.day: Counter({name: getattr(row, name) for name in COUNTS}) for row in rows}


def _live(connection: Connection, stretch: Stretch) -> dict[date, Counter[str]]:
    """Days that were not added up yet, or only in part, from the looks themselves."""
    last = connection.scalar(select(func.max(days.c.day)))
    since = stretch.since if last is None else max(stretch.since, last - AGAIN)
    theirs = (looks.c.form == stretch.form) & (looks.c.country == stretch.country) & (looks.c.at >= _midnight(since))
    found: dict[date, Counter[str]] = {}
    for at, verdict in connection.execute(select(looks.c.at, looks.c.verdict).where(theirs)):
        found.setdefault(_day(at), Counter())[value_of(Verdict(verdict)).value] += 1
    return found


def _outages(connection: Connection, stretch: Stretch, now: datetime) -> list[tuple[datetime, datetime]]:
    theirs = (incidents.c.form == stretch.form) & (incidents.c.country == stretch.country)
    lasting = incidents.c.ended_at.is_(None) | (incidents.c.ended_at > _midnight(stretch.since))
    spans = select(incidents.c.started_at, incidents.c.ended_at).where(theirs, lasting)
    rows = connection.execute(spans.where(incidents.c.corrected_at.is_(None)))
    return [(started, ended or now) for started, ended in rows]


def _down(spans: list[tuple[datetime, datetime]], day: date) -> int:
    """Seconds of outages on that day."""
    begin = _midnight(day)
    parts = (min(end, begin + timedelta(days=1)) - max(start, begin) for start, end in spans)
    return int(sum(max(part.total_seconds(), 0.0) for part in parts))


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


assert set(COUNTS) == {each.value for each in Value}  # noqa: S101  # the columns are the three values


class Days:
    """The days of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, form: str, country: str, since: date, until: date, *, now: datetime) -> list[Day]:
        """Each UTC day from `since` to `until`, both included, the oldest first. An open outage lasts until now."""
        return await self._database.read(between, Stretch(form, country, since, until), now)

    async def roll_up(self, today: date) -> int:
        """Add up the days before today that may have looks not yet counted; how many days that were."""
        return await self._database.write(roll_up, today)
