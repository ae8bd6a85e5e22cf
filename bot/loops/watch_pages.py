"""Lets Meta's pages be read. Nothing that the store or a page does ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.use_cases.watching_pages import PageWatch

EVERY = timedelta(minutes=1)
"""What an operator decided is told that soon. Whether a page is due is a question to the store, not to Meta."""
log = structlog.get_logger()


async def watch_pages(watch: PageWatch, clock: Clock, is_closed: Callable[[], bool] = lambda: False) -> None:
    """Read, ask and tell until cancelled; the first time after a minute, when the bot answers already.

    Not while the service is closed: nobody would be told.
    """
    while True:
        await clock.sleep(EVERY.total_seconds())
        if is_closed():
            continue
        try:
            await watch.round()
        except StorageError as error:
            log.warning("page_not_kept", error=str(error))
