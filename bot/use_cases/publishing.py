"""What may be published of the board: the records for page, file and feed. No person is in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.domain.columns import SHOWN, columns, summed
from bot.use_cases.published import CountryNow, CountryPage, FormNow, History, IncidentPage, Outage, Overview
from bot.use_cases.reducing import counted, facts, of_look, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from bot.clock import Clock
    from bot.domain.closing import Closing
    from bot.domain.days import Day
    from bot.domain.forms import Form
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status
    from bot.knowledge import Knowledge
    from bot.use_cases.published import FormFacts, Look

OLD = timedelta(days=1)
"""Looks come every half hour where a form is in use; after a day what was seen is said to be old."""
WINDOW = timedelta(days=SHOWN)
PAST = timedelta(days=90)
"""As long as evidence is kept."""
NEWEST_SHOWN = 12
PAST_SHOWN = 60
LOOKS_SHOWN = 40
"""At each end of an incident; the file has all."""


class Board(Protocol):
    """What is read of the board (`bot.use_cases.board`)."""

    def status(self, form: str, country: str) -> Status | None: ...
    def open_incidents(self) -> list[Incident]: ...
    async def incidents(self, *, since: datetime) -> list[Incident]: ...
    async def incident(self, number: int, /) -> Incident | None: ...
    async def observations(self, incident: Incident) -> list[Observation]: ...
    def recent(self, form: str, country: str) -> Sequence[Day]: ...
    async def days(self, form: str, country: str, *, since: date) -> list[Day]: ...


class Publisher:
    """Reads the board and makes the records. After the service closed its time stands still: nothing is seen later."""

    def __init__(
        self, board: Board, knowledge: Knowledge, clock: Clock, closing: Callable[[], Closing | None] = lambda: None
    ) -> None:
        self._board, self._knowledge, self._clock, self._closing = board, knowledge, clock, closing

    def now(self) -> datetime:
        """The present moment of the page, in UTC."""
        return self.ended() or self._clock.now()

    def ended(self) -> datetime | None:
        """When the service ended; None as long as it goes on."""
        closing = self._closing()
        return closing.at if closing and closing.is_over(self._clock.now()) else None

    def knows(self, country: str, form: str | None = None) -> bool:
        """Are the country and the form on record?"""
        return country in self._knowledge.countries and (form is None or form in self._knowledge.forms)

    async def overview(self) -> Overview:
        """All countries, the outages that last, and the newest."""
        now = self.now()
        countries = tuple(self._country(code, now) for code in sorted(self._knowledge.countries))
        newest = await self._board.incidents(since=now - WINDOW)
        lasting = self._outages(self._board.open_incidents(), now)
        return Overview(now, countries, lasting, self._outages(newest[:NEWEST_SHOWN], now), len(newest))

    async def outages(self) -> tuple[Outage, ...]:
        """All of the last 90 days and those that last since before, newest first; corrected ones too."""
        now = self.now()
        found = {
            each.id: each for each in [*await self._board.incidents(since=now - PAST), *self._board.open_incidents()]
        }
        return self._outages(sorted(found.values(), key=lambda each: each.started_at, reverse=True), now)

    async def country(self, code: str) -> CountryPage:
        """One of the countries on record."""
        now = self.now()
        found = self._country(code, now)
        outages = tuple(each for each in await self.outages() if each.incident.country == code)
        past = {each.form.id: await self._history(each.form.id, code, now) for each in found.forms}
        return CountryPage(now, found, past, outages[:PAST_SHOWN], len(outages))

    async def history(self, form: str, code: str) -> tuple[FormFacts, History]:
        """The last 30 days of a form, whether it is looked at now or not."""
        now = self.now()
        return facts(self._knowledge.forms, form, code, now.date()), await self._history(form, code, now)

    async def looks(self, number: int) -> tuple[Outage, tuple[Look, ...]] | None:
        """One incident with all its looks, the oldest first."""
        found = await self._board.incident(number)
        if found is None:
            return None
        [outage] = self._outages([found], self.now())
        return outage, tuple(of_look(each) for each in await self._board.observations(found))

    async def incident(self, number: int) -> IncidentPage | None:
        """One incident, the looks in the middle of a long one left out."""
        found = await self.looks(number)
        if found is None:
            return None
        outage, looks = found
        first, rest = looks[:LOOKS_SHOWN], looks[LOOKS_SHOWN:]
        last = rest[-LOOKS_SHOWN:]
        zone = self._zone(outage.incident.country)
        return IncidentPage(self.now(), outage, zone, first, last, len(rest) - len(last))

    def _country(self, code: str, now: datetime) -> CountryNow:
        on, forms = now.date(), self._knowledge.forms
        known = [facts(forms, each.id, code, on) for each in forms.values() if self._is_shown(each, code, on)]
        statuses = [(form, self._board.status(form.id, code)) for form in sorted(known, key=place)]
        seen = tuple(self._form(status, now) for _, status in statuses if status)
        return CountryNow(code, self._zone(code), seen, tuple(form for form, status in statuses if not status))

    def _is_shown(self, form: Form, code: str, on: date) -> bool:
        return form.serves(code, on) or self._board.status(form.id, code) is not None

    def _form(self, status: Status, now: datetime) -> FormNow:
        return FormNow(
            facts(self._knowledge.forms, status.form, status.country, now.date()),
            status.condition,
            status.as_of,
            status.since,
            status.as_of is not None and now - status.as_of > OLD,
            of_look(status.seen) if status.seen else None,
            status.bad_looks,
            status.networks,
            status.from_inside,
            counted(status.reports),
            counted(status.no_code),
            status.incident,
        )

    async def _history(self, form: str, code: str, now: datetime) -> History:
        known = self._board.recent(form, code) or await self._board.days(form, code, since=(now - WINDOW).date())
        shown = columns(known, now.date())
        return History(shown, summed(shown))

    def _outages(self, incidents: Iterable[Incident], now: datetime) -> tuple[Outage, ...]:
        forms, on = self._knowledge.forms, now.date()
        return tuple(Outage(each, facts(forms, each.form, each.country, on)) for each in incidents)

    def _zone(self, code: str) -> str:
        known = self._knowledge.countries.get(code)
        return known.zone if known else "UTC"
