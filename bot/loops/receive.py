"""Updates from Telegram, confirmed only after the commit in which they took effect (promise 1)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.domain.errors import SettingsError, StorageError
from bot.telegram.failures import pause_after
from bot.telegram.transport import POLL_SECONDS
from bot.telegram.updates import ALLOWED_UPDATES, parsed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot, Update

A_CALL = 100
"""Bot API, getUpdates: at most that many."""
LONGEST_PAUSE = 30
log = structlog.get_logger()


class Receiver:
    """Long polling: the next call confirms what the last one brought, and is made only when that is kept."""

    def __init__(self, bot: Bot, take: Callable[[Sequence[Update]], Awaitable[None]]) -> None:
        self._bot, self._take = bot, take
        self._next: int | None = None

    async def run(self) -> None:
        """Receive until cancelled."""
        while True:
            await persisting(self._once)

    async def _once(self) -> None:
        raw = await self._fetch()
        updates = [update for each in raw if (update := parsed(each, self._bot))]
        if updates:
            await self._take(updates)
            self._next = updates[-1].update_id + 1

    async def _fetch(self) -> list[dict[str, object]]:
        """Unparsed: `Bot.get_updates` fails as a whole where a single update can't be read, and would for ever."""
        wanted = {
            "offset": self._next,
            "limit": A_CALL,
            "timeout": POLL_SECONDS,
            "allowed_updates": ALLOWED_UPDATES,
        }
        raw: list[dict[str, object]] = await self._bot._post(  # noqa: SLF001  # as above
            "getUpdates", wanted, read_timeout=POLL_SECONDS + 15
        )
        return raw


async def persisting(deed: Callable[[], Awaitable[object]]) -> None:
    """Do it, again and again until it succeeds: one line when the trouble begins, one when it is over."""
    failures = 0
    while not await _done(deed, first=failures == 0):
        await asyncio.sleep(min(pause_after(failures).total_seconds(), LONGEST_PAUSE))
        failures += 1
    if failures:
        log.warning("receiving_again", tries=failures + 1)


async def _done(deed: Callable[[], Awaitable[object]], *, first: bool) -> bool:
    try:
        await deed()
    except InvalidToken as error:
        raise SettingsError("BOT_TOKEN: Telegram refuses it. Copy it anew from BotFather.") from error
    except (TelegramError, StorageError) as error:
        if first:
            log.warning("receiving_interrupted", why=_why(error))
        return False
    return True


def _why(error: TelegramError | StorageError) -> str:
    match error:
        case StorageError():
            return str(error)
        case Conflict():
            return "Another process receives with the same BOT_TOKEN: end one of them."
        case NetworkError():
            return "Telegram can't be reached. Nothing is lost; the bot tries again by itself."
        case _:
            return f"Telegram refuses ({type(error).__name__}). The bot tries again by itself."
