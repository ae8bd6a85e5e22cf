"""What is concluded of every form in every country: the one thing that the talk, the page and the papers read.

In memory, loaded at start and kept up by the concluder. Whatever is not in memory is read from the store.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.observations import SHARED_FOR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from typing import TypeAlias

    from bot.clock import Clock
    from bot.domain.days import Day
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status
    from bot.storage.store import Store

Key: TypeAlias = "tuple[str, str]"
IN_MEMORY = timedelta(days=396)
"""13 months: a case is kept for 12 after its last date, so its papers find every outage here."""
RECENT = timedelta(days=30)


class Board:
    """Statuses, the last looks, the last 30 days and the incidents of 13 months."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._statuses: dict[Key, Status] = {}
        self._seen: dict[Key, dict[str, Observation]] = {}
        self._looked: dict[Key, datetime] = {}
        self._recent: dict[Key, tuple[Day, ...]] = {}
        self._incidents: dict[Key, dict[int, Incident]] = {}
        self._noted = 0

    async def load(self) -> None:
        """Read the last looks and the incidents; the statuses come from the concluder."""
        self.see(await self._store.looks.latest())
        await self.reload_incidents()

    async def reload_incidents(self) -> None:
        """Read the incidents anew: another process may have changed them. Again if we noted one meanwhile."""
        noted = -1
        while noted != self._noted:
            noted = self._noted
            found = await self._store.incidents.since(self._clock.now() - IN_MEMORY)
        self._incidents = {}
        for each in found:
            self.note(each)

    def status(self, form: str, country: str) -> Status | None:
        """The conclusion, None before the first."""
        return self._statuses.get((form, country))

    def statuses(self) -> list[Status]:
        """All conclusions, by form and country."""
        return [self._statuses[key] for key in sorted(self._statuses)]

    def last(self, form: str, country: str) -> Observation | None:
        """The look that says most of now: the one the status rests on, unless a much newer one told nothing."""
        looks = self._seen.get((form, country), {}).values()
        newest = max(looks, key=lambda look: look.at, default=None)
        status = self.status(form, country)
        telling = status.seen if status else None
        if newest is None or (telling and newest.at - telling.at < SHARED_FOR):
            return telling
        return newest

    def looked_at(self, form: str, country: str) -> datetime | None:
        """When it was last looked at, from wherever. Ahead of now if the clock was set back since."""
        return self._looked.get((form, country))

    def looks(self) -> list[Observation]:
        """The last look at each form for each country from each vantage."""
        return [look for by_vantage in self._seen.values() for look in by_vantage.values()]

    def recent(self, form: str, country: str) -> tuple[Day, ...]:
        """The last 30 days (UTC) with today, the oldest first; empty before the first conclusion."""
        return self._recent.get((form, country), ())

    def open_incidents(self) -> list[Incident]:
        """Those that last, the newest first."""
        return _newest_first(each for each in self._known() if each.is_open)

    def known(self) -> dict[int, Incident]:
        """The incidents of 13 months by their numbers, corrected ones too."""
        return {each.id: each for each in self._known()}

    async def incidents(self, *, since: datetime) -> list[Incident]:
        """Those that last, ended or were corrected since then, the newest first.

        From memory if it reaches back that far: readers of the page do not wait for the looks that are being kept.
        """
        if since < self._clock.now() - IN_MEMORY:
            return await self._store.incidents.since(since)
        return _newest_first(each for each in self._known() if each.is_open or _changed(each) >= since)

    async def incident(self, number: int) -> Incident | None:
        """The incident of that id."""
        known = (found[number] for found in self._incidents.values() if number in found)
        return next(known, None) or await self._store.incidents.get(number)

    async def observations(self, incident: Incident) -> list[Observation]:
        """The looks it rests on, with their evidence, the oldest first."""
        return await self._store.incidents.looks_of(incident.id)

    async def days(self, form: str, country: str, *, since: date) -> list[Day]:
        """The days (UTC) from then to today, the oldest first."""
        now = self._clock.now()
        return await self._store.days.between(form, country, since, now.date(), now=now)

    def outages(self, form: str, country: str, days: Collection[date]) -> tuple[Incident, ...]:
        """The outages of any of these days (UTC), of the last 13 months and not corrected, in order."""
        now = self._clock.now()
        known = self._incidents.get((form, country), {}).values()
        met = (each for each in known if each.corrected_at is None and any(_met(each, day, now) for day in days))
        return tuple(reversed(_newest_first(met)))

    def see(self, looks: Iterable[Observation]) -> None:
        """Newer looks take the place of older ones."""
        for look in looks:
            self._seen.setdefault((look.form, look.country), {})[look.vantage] = look
            self._looked[look.form, look.country] = look.at

    def put(self, status: Status, recent: Iterable[Day]) -> None:
        """A new conclusion takes the place of the older."""
        key = (status.form, status.country)
        self._statuses[key], self._recent[key] = status, tuple(recent)

    def note(self, incident: Incident) -> None:
        """An incident as it is now."""
        self._noted += 1
        self._incidents.setdefault((incident.form, incident.country), {})[incident.id] = incident

    def _known(self) -> list[Incident]:
        return [each for known in self._incidents.values() for each in known.values()]


def _changed(incident: Incident) -> datetime:
    """When it ended or was corrected, whichever came later."""
    return max(each for each in (incident.started_at, incident.ended_at, incident.corrected_at) if each)


def _newest_first(incidents: Iterable[Incident]) -> list[Incident]:
    return sorted(incidents, key=lambda each: (each.started_at, each.id), reverse=True)


def _met(incident: Incident, day: date, now: datetime) -> bool:
    begin = datetime.combine(day, time.min, UTC)
    return incident.started_at < begin + timedelta(days=1) and (incident.ended_at or now) >= begin
