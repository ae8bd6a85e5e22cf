"""Updates from Telegram, confirmed only after the commit in which they took effect (promise 1)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.domain.errors import SettingsError, StorageError
from bot.telegram.failures import pause_after
from bot.telegram.transport import POLL_SECONDS
from bot.telegram.updates import ALLOWED_UPDATES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot, Update

A_CALL = 100
"""Bot API, getUpdates: at most that many."""
log = structlog.get_logger()


class Receiver:
    """Long polling: the next call confirms what the last one brought, and is made only when that is kept."""

    def __init__(self, bot: Bot, take: Callable[[Sequence[Update]], Awaitable[None]]) -> None:
        self._bot, self._take = bot, take
        self._next: int | None = None

    async def run(self) -> None:
        """Receive until cancelled."""
        failures = 0
        while True:
            try:
                await self._once()
                failures = 0
            except InvalidToken as error:
                raise SettingsError("BOT_TOKEN: Telegram refuses it. Copy it anew from BotFather.") from error
            except (TelegramError, StorageError) as error:
                log.warning("receive_failed", error=type(error).__name__)
                await asyncio.sleep(min(pause_after(failures).total_seconds(), 30))
                failures += 1

    async def _once(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._next, limit=A_CALL, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        if updates:
            await self._take(updates)
            self._next = updates[-1].update_id + 1
