"""Looks whether the service is to be closed. Nothing that the store does ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.use_cases.closing import ServiceClosing

EVERY = timedelta(minutes=1)
log = structlog.get_logger()


async def close_in_time(closing: ServiceClosing, clock: Clock) -> None:
    """Ask, tell and erase until cancelled; the first time at once, for the bot may have been down on the day."""
    while True:
        clock.now()
        try:
            await closing.round()
        except StorageError as error:
            log.warning("closing_interrupted", why=str(error))
        await clock.sleep(EVERY.total_seconds())
