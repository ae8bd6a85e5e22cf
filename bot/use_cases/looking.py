"""When to look: what is in use, what is in doubt, and for who asks. Then it is concluded, and told."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot import faults
from bot.domain.errors import StorageError
from bot.domain.observations import SHARED_FOR
from bot.domain.scheduling import codes_arrive, next_look
from bot.domain.statuses import WELL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator
    from datetime import datetime

    from bot.clock import Clock
    from bot.knowledge import Knowledge
    from bot.storage.store import Store
    from bot.storage.window import Marks
    from bot.use_cases.announcing import Announcing
    from bot.use_cases.board import Board, Key
    from bot.use_cases.concluding import Concluder
    from bot.use_cases.telling import Telling
    from bot.use_cases.viewing import Viewer
    from bot.use_cases.wanted import Wanted

EVERY = timedelta(minutes=1)
"""How often at least it is asked what is due, and what others wrote (corrections, confirmations, pauses)."""
SHORTEST = timedelta(seconds=1)
CONCLUDED_FOR = timedelta(minutes=10)
"""Then a conclusion is drawn anew, also without a look: it grows old, and people report."""
CONCLUDED_AT_ONCE = 4
"""A database does them one by one anyway; more at once only makes everybody else wait."""
log = structlog.get_logger()


class Looker:
    """Looks and lets conclude. Only one look at a form for a country at a time, and only one process that looks."""

    def __init__(  # noqa: PLR0913, PLR0917  # it brings together what the others do
        self,
        viewer: Viewer,
        wanted: Wanted,
        concluder: Concluder,
        telling: Telling,
        announcing: Announcing,
        board: Board,
        store: Store,
        knowledge: Knowledge,
        clock: Clock,
        interval: timedelta,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._viewer, self._wanted, self._concluder = viewer, wanted, concluder
        self._telling, self._announcing = telling, announcing
        self._board, self._store, self._knowledge, self._clock = board, store, knowledge, clock
        self._interval, self._chance = interval, chance
        self._under_way: dict[Key, asyncio.Event] = {}
        self._tried: dict[Key, datetime] = {}
        self._chances: dict[Key, float] = {}
        self._concluded: dict[Key, datetime] = {}
        self._cleared: set[Key] = set()
        """What was in doubt and may be well now; after a start all there is, for a kill may have come between."""
        self._marks: Marks = ()
        self._leads: bool | None = None
        self._turns = asyncio.Semaphore(CONCLUDED_AT_ONCE)

    async def start(self) -> None:
        """Read what is known, and conclude from it, before anybody asks."""
        await self._board.load()
        await self._viewer.load()
        await self._wanted.load(self._board.looks())
        await self._each(self._known(), lambda key: self._conclude(key, keep=False))

    async def look_for_somebody(self, country: str, *, third: bool = False) -> None:
        """Look because somebody asks; the country is looked at regularly from now on."""
        forms = await self._wanted.ask(country, third=third)
        if await self._store.lead():
            await self._each([(form.id, country) for form in forms], self._look_asked)
            await self._tell()

    async def round(self) -> timedelta:
        """Look at all that is due, conclude what grew old, tell who waits; how long it may be left alone then."""
        leads = await self._store.lead()
        if leads is not self._leads:
            log.info("looking" if leads else "another_process_looks")
        self._leads = leads
        await self._wanted.load()
        if not leads:
            return await self._follow()
        await self._hear()
        await self._each(self._due(), self._look)
        await self._each(self._grown_old(), self._conclude)
        await self._tell()
        return self._pause()

    async def hear(self) -> None:
        """An operator ordered something here: let it take effect at once, not at the next round."""
        if await self._store.lead():
            await self._hear()
            await self._each(self._grown_old(), self._conclude)
            await self._tell()

    async def _tell(self) -> None:
        """Those who wished to know, and the groups."""
        await self._telling.tell_news()
        for key in sorted(self._cleared):
            self._cleared.discard(key)  # before it is told: it may be in doubt anew meanwhile
            await self._tell_cleared(key)
        await self._announcing.sync()

    async def _tell_cleared(self, key: Key) -> None:
        status = self._board.status(*key)
        if status and status.condition in WELL:
            try:
                await self._telling.tell_cleared(status)
            except StorageError:
                self._cleared.add(key)
                raise

    async def _follow(self) -> timedelta:
        """Another process looks: see what it saw."""
        await self._board.load()
        await self._each(self._known(), lambda key: self._conclude(key, keep=False))
        return EVERY

    async def _hear(self) -> None:
        """An operator corrected, confirmed or paused something, perhaps in another process."""
        marks = await self._store.marks()
        if marks != self._marks:
            await self._board.reload_incidents()
            self._marks = marks
            self._concluded.clear()

    def _known(self) -> set[Key]:
        """All that anything is known of, or should be."""
        known = self._wanted.now() | {(each.form, each.country) for each in self._board.statuses()}
        known |= {(each.form, each.country) for each in self._board.open_incidents()}
        known |= {(each.form, each.country) for each in self._board.looks()}
        return {key for key in known if key[0] in self._knowledge.forms}

    def _due(self) -> list[Key]:
        now = self._clock.now()
        return sorted(key for key, at in self._times(now) if at <= now)

    def _times(self, now: datetime) -> Iterator[tuple[Key, datetime]]:
        """When each form that is in use or in doubt is to be looked at."""
        in_use = self._wanted.now()
        for key in self._known():
            at = self._next_look(key, now, in_use=key in in_use)
            if at is not None:
                yield key, at

    def _next_look(self, key: Key, now: datetime, *, in_use: bool) -> datetime | None:
        """What was never looked at: at once. A look that lies ahead was noted before the clock was set back."""
        status, tried = self._board.status(*key), self._tried.get(key) or self._board.looked_at(*key)
        if tried is None or tried > now:
            return next_look(status, wanted=in_use, interval=timedelta(), now=now, jitter=0)
        if status is None:  # what was seen could not be kept
            return tried + self._interval
        chance = self._chances.setdefault(key, self._chance())
        return next_look(status, wanted=in_use, interval=self._interval, now=tried, jitter=chance)

    def _grown_old(self) -> list[Key]:
        now = self._clock.now()
        return sorted(key for key in self._known() if self._is_old(self._concluded.get(key), now, CONCLUDED_FOR))

    def _is_old(self, at: datetime | None, now: datetime, after: timedelta) -> bool:
        return at is None or not timedelta() <= now - at < after

    def _pause(self) -> timedelta:
        now = self._clock.now()
        return max(min([EVERY, *(at - now for _, at in self._times(now))]), SHORTEST)

    async def _look_asked(self, key: Key) -> None:
        """Somebody waits: what is being seen, or was in the last ten minutes, serves them too."""
        if key in self._under_way or self._is_old(self._board.looked_at(*key), self._clock.now(), SHARED_FOR):
            await self._look(key, asked=True)
        else:
            await self._conclude(key)

    async def _look(self, key: Key, *, asked: bool = False) -> None:
        """Whoever comes while it is looked at waits for that look, and has what it saw."""
        if under_way := self._under_way.get(key):
            await under_way.wait()
            return
        seen = self._under_way[key] = asyncio.Event()
        self._tried[key] = self._clock.now()
        try:
            await self._viewer.view(self._knowledge.forms[key[0]], key[1], asked=asked)
            self._chances[key] = self._chance()
            await self._conclude(key)
        finally:
            del self._under_way[key]
            seen.set()

    async def _conclude(self, key: Key, *, keep: bool = True) -> None:
        before = self._board.status(*key)
        async with self._turns:
            window = await self._concluder.conclude(*key, keep=keep)
        if before is None or before.condition not in WELL:
            self._cleared.add(key)
        self._concluded[key] = self._clock.now()
        if keep and codes_arrive(window.code_came, window.no_code):
            await self._telling.tell_codes(*key)

    async def _each(self, keys: Collection[Key], do: Callable[[Key], Awaitable[None]]) -> None:
        """All at once; what goes wrong with one leaves the others alone. A fault of the store is for the loop."""
        results = await asyncio.gather(*(do(key) for key in keys), return_exceptions=True)
        failed = [each for each in results if isinstance(each, BaseException)]
        for fault in failed:
            if not isinstance(fault, StorageError):
                faults.note("look_failed", fault)
        if stored := next((each for each in failed if isinstance(each, StorageError)), None):
            raise stored
