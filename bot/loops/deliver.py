"""The outbox → chats: claim, render, send, told. Per chat one at a time, chats side by side."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.domain.deliveries import Kind, Lane
from bot.domain.errors import StorageError
from bot.faults import outlast, survived
from bot.telegram.failures import Failure, classify, pause_after
from bot.telegram.pacing import Pace
from bot.telegram.transport import CALLS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime
    from typing import Any

    from bot.clock import Clock
    from bot.domain.deliveries import Delivery
    from bot.loops.announce import Announcer, Job
    from bot.storage.store import Store
    from bot.telegram.failures import Failed
    from bot.telegram.sending import Sender

IDLE_SECONDS = 30.0
"""Looks at the outbox at least that often, whatever woke nobody."""
IN_AIR_SECONDS = 1.0
LANDING_SECONDS = 5.0
"""So long a message in the air may take when the bot stops; else it would be told twice."""
STORAGE_PAUSE = 5.0
REST_SECONDS = 60.0
"""So long is left alone what can't even be put off."""
GIVE_UP_AFTER = 50
"""Tries, over about eight hours; then a delivery is dropped, so that a chat is never stuck for ever."""
GONE = {Failure.UNREACHABLE, Failure.MOVED, Failure.TOPIC, Failure.NO_RIGHT}
"""A private chat knows but the first; a group's own answers are given up, for nobody waits for them long."""
log = structlog.get_logger()


class Deliverer:
    """The only one who speaks. What is in the air is remembered here; after a kill the rows still stand."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        announcer: Announcer,
        clock: Clock,
        unreachable: Callable[[Delivery, Failed], Awaitable[None]],
    ) -> None:
        self._store, self._sender, self._announcer = store, sender, announcer
        self._clock, self._unreachable = clock, unreachable
        self._pace = Pace()
        self._in_air: set[int] = set()
        self._anew: set[int] = set()
        """Deliveries whose message can't be edited any more: each is said anew, by a departure of its own."""
        self._groups_from = 0.0
        self._groups_next = False
        """Reminders and notices on one side, groups on the other take turns: an alarm waits behind no thousand."""
        self.failures: Counter[str] = Counter()
        """Failed calls since the start, by class."""
        self._called = asyncio.Event()
        self._told_ids: list[int] = []
        self._telling = asyncio.Lock()

    def call(self) -> None:
        """There is something to deliver."""
        self._called.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in the air is let land first."""
        async with asyncio.TaskGroup() as group:
            try:
                while True:
                    await outlast("delivering_failed", lambda: self._kept(lambda: self._round(group)))
            finally:
                await self._land()

    async def _round(self, group: asyncio.TaskGroup) -> None:
        """Claim, then wait. Both go by one `now`: what had to wait when it was looked for is waited for."""
        self._called.clear()
        now, at = self._monotonic(), self._clock.now()
        if not await self._claim(group, now, at):
            pause = await self._pause(now, at)
            with suppress(TimeoutError):
                async with asyncio.timeout_at(now + pause):  # wait_for may swallow being cancelled before Python 3.12
                    await self._called.wait()

    async def _land(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LANDING_SECONDS):
                while self._in_air:
                    self._called.clear()
                    await self._called.wait()

    async def _claim(self, group: asyncio.TaskGroup, now: float, at: datetime) -> bool:
        """Start what may go now; False if nothing more can."""
        limit = self._pace.answers(now, CALLS_AT_ONCE - len(self._in_air))
        if not limit:
            return False
        busy = self._in_air | self._pace.resting(now).keys()
        told = self._groups_next and await self._announce(group, busy)
        bulk = 1 if not told and self._pace.bulk_in(now) <= 0 else 0
        found = await self._store.outbox.waiting(at, busy=busy | self._in_air, limit=limit, bulk=bulk)
        for delivery in found:
            self._depart(delivery.chat_id, bulk=delivery.lane is not Lane.ANSWER)
            group.create_task(self._deliver(delivery))
        self._groups_next = any(delivery.lane is not Lane.ANSWER for delivery in found)
        told = told or self._groups_next or await self._announce(group, busy)
        return len(found) == limit or (told and self._may_tell())

    async def _announce(self, group: asyncio.TaskGroup, busy: set[int]) -> bool:
        """Start the next step of what groups are told, if the slot is still free."""
        if not self._may_tell() or not (job := await self._next_step(busy | self._in_air)):
            return False
        self._depart(job.group.chat_id, bulk=True)
        group.create_task(self._step(job))
        return True

    async def _next_step(self, busy: set[int]) -> Job | None:
        """What groups are told may fail as it likes: answers go on."""
        if self._monotonic() < self._groups_from:
            return None
        with survived("announcing_failed"):
            return await self._announcer.next(busy)
        self._groups_from = self._monotonic() + REST_SECONDS
        return None

    def _depart(self, chat_id: int, *, bulk: bool) -> None:
        self._in_air.add(chat_id)
        self._pace.departs(self._monotonic(), bulk=bulk)

    def _may_tell(self) -> bool:
        return self._pace.bulk_in(self._monotonic()) <= 0

    async def _pause(self, now: float, at: datetime) -> float:
        """Seconds until something may have become due that was not then; a landing or a commit calls earlier."""
        pauses = [until - now for until in self._pace.resting(now).values()]
        pauses.extend(wait for wait in (self._pace.bulk_in(now), self._pace.answer_in(now)) if wait > 0)
        if self._in_air:
            return min([IN_AIR_SECONDS, *pauses])
        dues = (await self._store.outbox.next_due(at), await self._announcer.next_due(at))
        pauses.extend(max(0.01, (due - self._clock.now()).total_seconds()) for due in dues if due)
        return min([IDLE_SECONDS, *pauses])

    async def _deliver(self, delivery: Delivery) -> None:
        await self._landed(delivery.chat_id, lambda: self._said(delivery), lambda: self._retry(delivery))

    async def _said(self, delivery: Delivery) -> None:
        failed, departed = None, self._monotonic()
        try:
            await self._sender.send(delivery.chat_id, self._document(delivery), self._clock.now())
        except TelegramError as error:
            failed = error
        finally:
            self._pace.arrived(delivery.chat_id, departed, self._monotonic(), refused=failed is not None)
        await (self._failed(delivery, failed) if failed else self._told(delivery))

    def _document(self, delivery: Delivery) -> Mapping[str, Any]:
        document = delivery.document
        return {**document, "message_id": None} if delivery.id in self._anew else document

    async def _step(self, job: Job) -> None:
        """One step of what a group is told."""
        await self._landed(
            job.group.chat_id,
            lambda: self._stepped(job),
            lambda: self._kept(lambda: self._announcer.put_off(job)),
        )

    async def _landed(self, chat_id: int, *deeds: Callable[[], Awaitable[None]]) -> None:
        """Do the first; after a fault put it off by the next. If even that fails the chat rests: others wait behind."""
        try:
            for each in deeds:
                with survived("delivery_failed"):
                    await each()
                    return
            self._pace.refused(chat_id, REST_SECONDS, self._monotonic())
        finally:
            self._in_air.discard(chat_id)
            self.call()

    async def _stepped(self, job: Job) -> None:
        chat_id, departed, failed = job.group.chat_id, self._monotonic(), None
        try:
            told = await self._announcer.say(job)
        except TelegramError as error:
            failed = classify(error)
            self.failures[failed.failure.value] += 1
        finally:
            self._pace.arrived(chat_id, departed, self._monotonic(), refused=failed is not None)
        if failed is None:
            await self._kept(lambda: self._announcer.said(job, told))
        elif failed.failure is Failure.WAIT:
            self._pace.refused(chat_id, failed.pause.total_seconds(), self._monotonic())
        else:
            await self._kept(lambda: self._announcer.failed(job, failed))

    async def _told(self, delivery: Delivery) -> None:
        """Wipe it; whoever comes while a commit runs shares the next one."""
        self._told_ids.append(delivery.id)
        self._anew.discard(delivery.id)
        async with self._telling:
            if ids := [*self._told_ids]:
                await self._kept(lambda: self._store.outbox.told(ids))
                del self._told_ids[: len(ids)]  # only now: else a fault would let those be told twice who share this
        await self._ended(delivery)

    async def _ended(self, delivery: Delivery) -> None:
        """After the goodbye nothing of the chat is left on the disk."""
        if delivery.document.get("ends"):
            await self._kept(self._store.vacuum_wal)

    async def _failed(self, delivery: Delivery, error: TelegramError) -> None:
        failed = classify(error)
        if failed.failure is Failure.NEW_MESSAGE and delivery.id not in self._anew:
            self._anew.add(delivery.id)
            return
        self.failures[failed.failure.value] += 1
        if failed.failure is Failure.DONE or delivery.document["kind"] == Kind.REMOVE:
            await self._told(delivery)
        elif failed.failure in GONE:
            self._anew.discard(delivery.id)
            await self._kept(lambda: self._store.outbox.drop_chat(delivery.chat_id))
            await self._kept(lambda: self._unreachable(delivery, failed))
            await self._ended(delivery)
        elif failed.failure is Failure.WRONG:
            log.error("delivery_refused", delivery=delivery.id, screen=delivery.document["screen"], error=error.message)
            await self._told(delivery)
        elif failed.failure is Failure.WAIT:
            self._pace.refused(delivery.chat_id, failed.pause.total_seconds(), self._monotonic())
        else:
            log.warning("delivery_delayed", delivery=delivery.id, failure=failed.failure.value)
            await self._retry(delivery)

    async def _retry(self, delivery: Delivery) -> None:
        if delivery.attempts >= GIVE_UP_AFTER:
            log.error("delivery_dropped", delivery=delivery.id, screen=delivery.document["screen"])
            await self._told(delivery)
            return
        at, outbox = self._clock.now() + pause_after(delivery.attempts), self._store.outbox
        await self._kept(lambda: outbox.again(delivery.id, at, delivery.attempts + 1))

    @staticmethod
    async def _kept(deed: Callable[[], Awaitable[object]]) -> None:
        """Do it until the database takes it: what was sent and is not noted would be sent again."""
        while True:
            try:
                await deed()
            except StorageError as error:
                log.warning("delivering_interrupted", why=str(error))
                await asyncio.sleep(STORAGE_PAUSE)
            else:
                return

    @staticmethod
    def _monotonic() -> float:
        return asyncio.get_running_loop().time()
