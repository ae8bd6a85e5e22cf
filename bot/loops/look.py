"""Looks at the forms that open cases need, every LOOK_INTERVAL with some jitter. Unused costs nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.use_cases.looking import Looker

JITTER = 0.2
"""Not everybody who runs this bot looks at the same second."""
log = structlog.get_logger()


async def look_regularly(looker: Looker, clock: Clock, minutes: int) -> None:
    """Look at the forms of the wanted countries until cancelled."""
    while True:
        await clock.sleep(minutes * 60 * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311  # no secret
        try:
            await looker.look_at_wanted()
        except StorageError:
            log.warning("look_not_kept")
