"""After each look: what follows from the looks of a day, kept in one commit and put on the board."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.concluding import Change, conclude
from bot.domain.hints import Hints
from bot.domain.judging import Value, value_of
from bot.storage.changes import Outdated
from bot.use_cases.board import RECENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.concluding import Conclusion
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status
    from bot.storage.store import Store
    from bot.storage.window import Window
    from bot.use_cases.board import Board, Key
    from bot.vantages.vantage import Vantage

TRIES = 3
"""An operator's command may come between reading and keeping; not three times in a row."""
log = structlog.get_logger()


class Concluder:
    """Concludes, keeps what changed of incidents, and tells the board."""

    def __init__(self, board: Board, store: Store, clock: Clock, vantages: Sequence[Vantage] = ()) -> None:
        self._board, self._store, self._clock, self._vantages = board, store, clock, vantages
        self._one_at_a_time: defaultdict[Key, asyncio.Lock] = defaultdict(asyncio.Lock)
        """Two that read the same looks would open the same outage twice, or put the older status over the newer."""

    async def conclude(self, form: str, country: str, *, keep: bool = True) -> Window:
        """Conclude of one form in one country: the status is on the board then; gives what it rests on.

        With `keep` False (another process looks) nothing is written.
        """
        async with self._one_at_a_time[form, country]:
            return await self._tried(form, country, keep=keep)

    async def _tried(self, form: str, country: str, *, keep: bool) -> Window:
        for _ in range(TRIES - 1):
            try:
                return await self._conclude(form, country, keep=keep)
            except Outdated:
                log.info("incident_changed_meanwhile", form=form, country=country)
        return await self._conclude(form, country, keep=keep)

    async def _conclude(self, form: str, country: str, *, keep: bool) -> Window:
        now = self._clock.now()
        window = await self._store.window(form, country, now)
        concluded = conclude(form, country, window.looks, window.open, window.past, self._hints(window, country), now)
        status = await self._kept(concluded, window, now) if keep else concluded.status
        days = await self._store.days.between(form, country, (now - RECENT).date(), now.date(), now=now)
        self._board.put(status, days[1:])
        return window

    def _hints(self, window: Window, country: str) -> Hints:
        return Hints(
            people=window.people,
            no_code=window.no_code,
            opened_by_operator=window.opened,
            broken_for_operator=window.broken,
            pause=window.pause,
            inside=frozenset(each.name for each in self._vantages if each.country == country),
        )

    async def _kept(self, concluded: Conclusion, window: Window, now: datetime) -> Status:
        incident = concluded.incident
        if incident is None or incident == window.open:
            return concluded.status
        kept = await self._store.incidents.save(incident, cites=cited(concluded, window), at=now)
        self._board.note(kept)
        if concluded.change is not Change.NONE:
            log.info("incident", change=concluded.change, form=kept.form, country=kept.country, id=kept.id)
        return replace(concluded.status, incident=kept.id) if kept.is_open else concluded.status


def cited(concluded: Conclusion, window: Window) -> list[Observation]:
    """The looks it rests on: what confirmed it, each new cause, one a day while it lasts, what ended it."""
    incident = concluded.incident
    if incident is None:
        return []
    match concluded.change:
        case Change.OPENED:
            return [look for look in _told(window.looks) if look.at >= incident.started_at]
        case Change.ENDED:
            return [look for look in _told(window.looks) if incident.ended_at and look.at >= incident.ended_at]
        case Change.CAUSE:
            return _since(window.looks, window.open)
        case Change.NONE:
            return _since(window.looks, window.open) if _is_new_day(incident, window.open) else []


def _told(looks: Iterable[Observation]) -> list[Observation]:
    return [look for look in looks if value_of(look.verdict) is not Value.NO_DATA]


def _since(looks: Iterable[Observation], before: Incident | None) -> list[Observation]:
    last = before.last_bad_at or before.confirmed_at if before else None
    return [look for look in _told(looks) if last is None or look.at > last]


def _is_new_day(incident: Incident, before: Incident | None) -> bool:
    times = (incident.last_bad_at, before.last_bad_at if before else None)
    days = {moment.date() for moment in times if moment}
    return len(days) > 1
