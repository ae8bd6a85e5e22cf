"""From Telegram's updates to what is kept: many at once share a commit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.faults import survived
from bot.telegram.group_updates import group_event_of
from bot.telegram.updates import event_of
from conversations.events import Event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import TypeAlias

    from telegram import Update

    from bot.telegram.updates import Reading
    from bot.use_cases.handling import Handler
    from conversations.effects import Effect
    from conversations.group.events import GroupEvent

    AnyEvent: TypeAlias = Event | GroupEvent

SHARE = 100
"""Updates that share one commit, at most."""
TRIES = 3
"""An update for which nothing can be gathered that often is set aside."""
SLOW_SECONDS = 2.0
log = structlog.get_logger()


class Standing(Protocol):
    """Asks Telegram how somebody stands in a group, where a decision needs it."""

    def me(self) -> str:
        """The bot's user name, empty while it is not known."""

    async def __call__(self, event: AnyEvent) -> AnyEvent:
        """The event with what Telegram says."""


class Intake:
    """Takes updates and the clock's events; one commit at a time, whoever comes meanwhile shares the next."""

    def __init__(
        self,
        handler: Handler,
        read: Reading,
        committed: Callable[[list[tuple[int, Effect]]], None],
        fill: Callable[[Update, Event], Awaitable[Event]] | None = None,
        stand: Standing | None = None,
    ) -> None:
        self._handler, self._read, self._committed, self._fill = handler, read, committed, fill
        self._stand = stand
        self._waiting: list[tuple[list[AnyEvent], list[int], asyncio.Future[None]]] = []
        self._commit = asyncio.Lock()

    async def take(self, updates: Sequence[Update]) -> None:
        """Returns once these updates are kept."""
        pairs = [(update.update_id, await self._happened(update)) for update in updates]
        events = [event for _, event in pairs if event]
        await self._enter(events, [number for number, event in pairs if event is None])

    async def _happened(self, update: Update) -> AnyEvent | None:
        """The event with what it needs. One for which that can't be gathered is set aside, and told: None."""
        event = self._event(update)
        if event is None:
            return None
        for _ in range(TRIES):
            with survived("gathering_failed", update_id=update.update_id):
                return await self._gathered(update, event)
        await self._set_aside([event], [])
        return None

    async def _gathered(self, update: Update, event: AnyEvent) -> AnyEvent:
        if isinstance(event, Event) and self._fill:
            event = await self._fill(update, event)
        return await self._stand(event) if self._stand else event

    def _event(self, update: Update) -> AnyEvent | None:
        with survived("update_unreadable", update_id=update.update_id):
            me = self._stand.me() if self._stand else ""
            return event_of(update, self._read) or group_event_of(update, self._read, me)
        return None

    async def take_events(self, events: Sequence[AnyEvent]) -> None:
        """Returns once these events are kept."""
        await self._enter(list(events), [])

    async def _enter(self, events: list[AnyEvent], known: list[int]) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((events, known, done))
        async with self._commit:
            while not done.done():
                await self._keep()
        await done

    async def _keep(self) -> None:
        batch, self._waiting = self._waiting[:SHARE], self._waiting[SHARE:]
        events = [event for each, _, _ in batch for event in each]
        known = [number for _, each, _ in batch for number in each]
        slow = asyncio.get_running_loop().call_later(SLOW_SECONDS, _say_slow)
        try:
            effects = await self._effects(events, known)
        except asyncio.CancelledError:
            self._waiting = batch + self._waiting  # only who keeps is cancelled: the next one keeps for all
            raise
        except Exception as error:  # noqa: BLE001  # it is raised where each of them waits
            for _, _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        finally:
            slow.cancel()
        for _, _, done in batch:
            if not done.done():
                done.set_result(None)
        self._committed(effects)

    async def _effects(self, events: list[AnyEvent], known: list[int]) -> list[tuple[int, Effect]]:
        """What is to be done afterwards. One event that breaks its batch is left out of it, remembered and told."""
        with survived("batch_failed", events=len(events)):
            return await self._handler.take(events, known=known)
        if len(events) > 1:
            return [effect for each in events for effect in await self._effects([each], [])] + (
                await self._effects([], known)
            )
        await self._set_aside(events, known)
        return []

    async def _set_aside(self, events: list[AnyEvent], known: list[int]) -> None:
        ids = [each.update_id for each in events if each.update_id is not None]
        log.error("updates_set_aside", update_ids=ids)
        with survived("apology_failed", update_ids=ids):
            await self._handler.pass_over(events, known=known)
            return
        await self._handler.take([], known=[*known, *ids])


def _say_slow() -> None:
    log.warning("database_slow", why="It is locked by another process, or its disk is slow. Nothing is lost.")
