"""The clock → people whose time has come; and what is kept no longer than it may be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError
from conversations.events import Event, Nudged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.storage.store import Store

AT_ONCE = 200
"""People a commit."""
LONGEST_SLEEP = timedelta(minutes=5)
"""A person's own reminder may have been set meanwhile."""
TIDY_EVERY = timedelta(hours=6)
log = structlog.get_logger()


class Reminder:
    """Wakes people whose reminder is due, by one indexed query."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        take: Callable[[Sequence[Event]], Awaitable[None]],
        is_closed: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._clock, self._take, self._is_closed = store, clock, take, is_closed
        self._tidied: datetime | None = None

    async def run(self) -> None:
        """Remind until cancelled."""
        while True:
            try:
                pause = await self._pause(await self._round())
            except StorageError:
                log.warning("remind_failed")
                pause = timedelta(seconds=5)
            await self._clock.sleep(pause.total_seconds())

    async def _round(self) -> datetime:
        """Wake who is due, nobody after the closing; the moment (UTC) up to which everybody is woken."""
        now = self._clock.now()
        while not self._is_closed() and (people := await self._store.wake(now := self._clock.now(), AT_ONCE)):
            await self._take([Event(each.chat_id, Nudged()) for each in people])
        await self._tidy()
        return now

    async def _tidy(self) -> None:
        now = self._clock.now()
        if self._tidied and abs(now - self._tidied) < TIDY_EVERY:
            return
        self._tidied = now
        await self._store.forget(now)
        while people := await self._store.expired(now.date(), AT_ONCE):
            for each in people:
                await self._store.erase(each.chat_id, now)

    async def _pause(self, woken: datetime) -> timedelta:
        """Until the next is due; who became due since `woken` is so at once."""
        due = await self._store.next_wake(woken)
        return min(due - self._clock.now(), LONGEST_SLEEP) if due else LONGEST_SLEEP
