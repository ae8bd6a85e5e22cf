"""What is done after a commit: presses answered, forms looked at, files read. None of it is promised."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.domain.closing import CallOff, Close
from bot.domain.errors import ObjectionBotError
from bot.domain.groups import Group
from bot.domain.orders import Confirm, Correct, Decide, EndPause, Issue, SetPause
from bot.faults import survived
from bot.rendering.popups import popup
from bot.use_cases.documents import LARGEST_EXPORT
from bot.use_cases.importing import from_export
from conversations.effects import AnswerPress, LookNow, PopUp, ReadFile, Regrouped
from conversations.events import Event, Found, Taken, Unreadable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from telegram import Bot

    from bot.use_cases.announcing import Announcing
    from bot.use_cases.looking import Looker
    from conversations.effects import Effect
    from conversations.events import Happening

    Queue = asyncio.Queue[tuple[int, Effect]]

QUEUE = 1000
"""More than that waiting means trouble; what is over is let go, for nothing here is promised."""
PRESSES_AT_ONCE, LOOKS_AT_ONCE, OTHERS_AT_ONCE = 16, 4, 2
"""Nothing waits for a look but another look: looks can take a quarter of a minute, and an operator may say stop."""
log = structlog.get_logger()


class Afterwards:
    """Three bounded queues of effects, for presses, for looks and for all else, and a few workers each."""

    def __init__(  # noqa: PLR0913, PLR0917  # it does what all others ask for
        self,
        bot: Bot,
        looker: Looker,
        take: Callable[[Sequence[Event]], Awaitable[None]],
        countries: Collection[str],
        announcing: Announcing,
        now: Callable[[], datetime],
        reload_closing: Callable[[], Awaitable[None]],
    ) -> None:
        self._bot, self._looker, self._take, self._countries = bot, looker, take, countries
        self._announcing, self._now, self._reload_closing = announcing, now, reload_closing
        self._presses: Queue = asyncio.Queue(QUEUE)
        self._looks: Queue = asyncio.Queue(QUEUE)
        self._others: Queue = asyncio.Queue(QUEUE)

    def add(self, effects: Iterable[tuple[int, Effect]]) -> None:
        """Do these soon."""
        for chat_id, effect in effects:
            with suppress(asyncio.QueueFull):
                self._queue_of(effect).put_nowait((chat_id, effect))

    def _queue_of(self, effect: Effect) -> Queue:
        if isinstance(effect, AnswerPress | PopUp):
            return self._presses
        return self._looks if isinstance(effect, LookNow) else self._others

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            for queue, at_once in (
                (self._presses, PRESSES_AT_ONCE),
                (self._looks, LOOKS_AT_ONCE),
                (self._others, OTHERS_AT_ONCE),
            ):
                for _ in range(at_once):
                    group.create_task(self._work(queue))

    async def _work(self, queue: Queue) -> None:
        while True:
            chat_id, effect = await queue.get()
            with survived("effect_failed", effect=type(effect).__name__):
                await self._tried(chat_id, effect)

    async def _tried(self, chat_id: int, effect: Effect) -> None:
        try:
            await self._do(chat_id, effect)
        except (TelegramError, ObjectionBotError) as error:
            log.info("effect_not_done", effect=type(effect).__name__, error=type(error).__name__)

    async def _do(self, chat_id: int, effect: Effect) -> None:
        match effect:
            case AnswerPress():
                await self._bot.answer_callback_query(effect.callback_id)
            case PopUp():
                await self._bot.answer_callback_query(effect.callback_id, popup(effect, self._now()), show_alert=True)
            case Regrouped(group_id, None):
                self._announcing.leave_out(group_id)
            case Regrouped(group=Group() as group):
                await self._announcing.include(group)
            case LookNow():
                await self._looker.look_for_somebody(effect.country, third=effect.third)
            case Decide() | Issue() | Correct() | Confirm() | SetPause() | EndPause():
                await self._looker.hear()
            case Close() | CallOff():
                await self._reload_closing()
            case ReadFile():
                await self._take([Event(chat_id, await self._read(effect))])
            case _:
                log.error("effect_unknown", effect=type(effect).__name__)

    async def _read(self, effect: ReadFile) -> Happening:
        try:
            file = await self._bot.get_file(effect.file_id)
            if (file.file_size or 0) > LARGEST_EXPORT:
                return Unreadable()
            given = from_export(bytes(await file.download_as_bytearray()), self._countries)
        except ObjectionBotError:
            return Unreadable()
        return Taken(given) if effect.take else Found(len(given.cases), effect.file_id)
