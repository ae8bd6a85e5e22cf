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

    def __init__(self, store: Store, clock: Clock, take: Callable[[Sequence[Event]], Awaitable[None]]) -> None:
        self._store, self._clock, self._take = store, clock, take
        self._tidied: datetime | None = None

    async def run(self) -> None:
        """Remind until cancelled."""
        while True:
            try:
                asked = await self._round()
                pause = await self._pause(asked)
            except StorageError:
                log.warning("remind_failed")
                pause = timedelta(seconds=5)
            await self._clock.sleep(pause.total_seconds())

    async def _round(self) -> datetime:
        """Wake all whose time has come; the moment by which nobody was left."""
        asked = self._clock.now()
        while people := await self._store.wake(asked, AT_ONCE):
            await self._take([Event(each.chat_id, Nudged()) for each in people])
            asked = self._clock.now()
        await self._tidy()
        return asked

    async def _tidy(self) -> None:
        now = self._clock.now()
        if self._tidied and abs(now - self._tidied) < TIDY_EVERY:
            return
        self._tidied = now
        await self._store.forget(now)
        while people := await self._store.expired(now.date(), AT_ONCE):
            for each in people:
                await self._store.erase(each.chat_id, now)

    async def _pause(self, asked: datetime) -> timedelta:
        """Until the next one's time, which may have come since it was asked."""
        due = await self._store.next_wake(asked)
        return min(due - self._clock.now(), LONGEST_SLEEP) if due else LONGEST_SLEEP
