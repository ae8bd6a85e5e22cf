"""The outbox → chats: claim, render, send, told. Per chat one at a time, chats side by side."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.domain.deliveries import Kind, Lane
from bot.telegram.failures import Failure, classify, pause_after
from bot.telegram.pacing import Pace
from bot.telegram.transport import CALLS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.clock import Clock
    from bot.domain.deliveries import Delivery
    from bot.storage.store import Store
    from bot.telegram.sending import Sender

IDLE_SECONDS = 30.0
"""Looks at the outbox at least that often, whatever woke nobody."""
BULK = (Lane.REMINDER, Lane.NOTICE)
GIVE_UP_AFTER = 50
"""Tries, over about eight hours; then a delivery is dropped, so that a chat is never stuck for ever."""
log = structlog.get_logger()


class Deliverer:
    """The only one who speaks. What is in the air is remembered here; after a kill the rows still stand."""

    def __init__(
        self, store: Store, sender: Sender, clock: Clock, unreachable: Callable[[int], Awaitable[None]]
    ) -> None:
        self._store, self._sender, self._clock, self._unreachable = store, sender, clock, unreachable
        self._pace = Pace()
        self._in_air: set[int] = set()
        self._called = asyncio.Event()
        self._told_ids: list[int] = []
        self._telling = asyncio.Lock()

    def call(self) -> None:
        """There is something to deliver."""
        self._called.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in the air is let land first."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._called.clear()
                started = await self._claim(group)
                if not started:
                    await self._wait()

    async def _claim(self, group: asyncio.TaskGroup) -> bool:
        free = CALLS_AT_ONCE - len(self._in_air)
        if free <= 0:
            return False
        bulk = min(free, self._pace.bulk_slots(self._monotonic()))
        outbox, now = self._store.outbox, self._clock.now()
        found = await outbox.waiting(now, busy=set(self._in_air), limit=free, lanes=(Lane.ANSWER,))
        if bulk and len(found) < free:
            busy = self._in_air | {each.chat_id for each in found}
            found += await outbox.waiting(now, busy=busy, limit=min(bulk, free - len(found)), lanes=BULK)
        for delivery in found:
            self._in_air.add(delivery.chat_id)
            group.create_task(self._deliver(delivery))
        return bool(found)

    async def _wait(self) -> None:
        due = await self._store.outbox.next_due(self._clock.now())
        pause = min((due - self._clock.now()).total_seconds(), IDLE_SECONDS) if due else IDLE_SECONDS
        if not self._pace.bulk_slots(self._monotonic()):
            pause = min(pause, 0.05)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._called.wait(), max(0.01, pause))

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            await asyncio.sleep(self._pace.wait(delivery.chat_id, self._monotonic()))
            await self._said(delivery)
        except Exception:
            log.exception("delivery_failed", delivery=delivery.id)
            await self._store.outbox.again(
                delivery.id, self._clock.now() + pause_after(delivery.attempts), delivery.attempts + 1
            )
        finally:
            self._in_air.discard(delivery.chat_id)
            self.call()

    async def _said(self, delivery: Delivery) -> None:
        self._pace.sent(delivery.chat_id, self._monotonic())
        try:
            await self._sender.send(delivery.chat_id, delivery.document, self._clock.now())
        except TelegramError as error:
            await self._failed(delivery, error)
        else:
            await self._told(delivery)

    async def _told(self, delivery: Delivery) -> None:
        """Wipe it; whoever comes while a commit runs shares the next one."""
        self._told_ids.append(delivery.id)
        async with self._telling:
            ids, self._told_ids = self._told_ids, []
            if ids:
                await self._store.outbox.told(ids)
        if delivery.document.get("ends"):
            await self._store.vacuum_wal()

    async def _failed(self, delivery: Delivery, error: TelegramError) -> None:
        failed = classify(error)
        if failed.failure is Failure.DONE or delivery.document["kind"] == Kind.REMOVE:
            await self._told(delivery)
        elif failed.failure is Failure.UNREACHABLE:
            await self._store.outbox.drop_chat(delivery.chat_id)
            await self._unreachable(delivery.chat_id)
        elif failed.failure is Failure.WRONG or delivery.attempts >= GIVE_UP_AFTER:
            log.error("delivery_refused", delivery=delivery.id, screen=delivery.document["screen"], error=error.message)
            await self._told(delivery)
        else:
            await self._later(delivery, failed.failure, failed.pause.total_seconds())

    async def _later(self, delivery: Delivery, failure: Failure, asked: float) -> None:
        pause = pause_after(delivery.attempts)
        if failure is Failure.WAIT:
            self._pace.refused(delivery.chat_id, asked, self._monotonic())
            await asyncio.sleep(min(asked, 0.5))
            await self._store.outbox.again(delivery.id, self._clock.now(), delivery.attempts)
            return
        log.warning("delivery_delayed", delivery=delivery.id, failure=failure.value, attempts=delivery.attempts + 1)
        await self._store.outbox.again(delivery.id, self._clock.now() + pause, delivery.attempts + 1)

    @staticmethod
    def _monotonic() -> float:
        return asyncio.get_running_loop().time()
