"""Lets look when something is due. Nothing that the store or a form does ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.use_cases.looking import Looker

AFTER_FAULT = timedelta(seconds=15)
CLOSED = timedelta(minutes=1)
"""How long it is left alone while the service is closed."""
log = structlog.get_logger()


async def look_regularly(looker: Looker, clock: Clock, is_closed: Callable[[], bool] = lambda: False) -> None:
    """Look, conclude and tell until cancelled; not while the service is closed, for nobody would be told."""
    while True:
        try:
            pause = CLOSED if is_closed() else await looker.round()
        except StorageError as error:
            log.warning("look_not_kept", error=str(error))
            pause = AFTER_FAULT
        await clock.sleep(pause.total_seconds())
