"""Faults: what nobody expected. Each is a line in the log with its places, and is counted; the bot goes on.

What is expected (the store is locked, Telegram is out of reach) is handled where it is met, and is no fault.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.domain.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
"""Seconds until it is tried again: doubled each time."""
counted: Counter[str] = Counter()
"""Faults since the start, by what failed; one for the process, like its log."""
log = structlog.get_logger()


def note(what: str, error: BaseException, **about: object) -> None:
    """Log and count a fault."""
    counted[what] += 1
    log.error(what, exc_info=error, **about)


@dataclass(frozen=True, slots=True)
class Surviving:
    """A stretch after whose fault it goes on."""

    what: str
    about: Mapping[str, object]

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Was it a fault? Then it is over with this."""
        if not isinstance(error, Exception) or isinstance(error, StorageError):
            return False
        note(self.what, error, **self.about)
        return True


def survived(what: str, **about: object) -> Surviving:
    """To be put around what may fail: a fault is noted, and it goes on. That of the store is for who called."""
    return Surviving(what, about)


async def outlast(what: str, deed: Callable[[], Awaitable[T]]) -> T:
    """Do it, again and again until it ends by itself. What went well for long begins with a short pause anew."""
    loop, failures = asyncio.get_running_loop(), count()
    while True:
        began = loop.time()
        try:
            return await deed()
        except Exception as error:
            if _stops(error):
                raise
            if loop.time() - began > LONGEST_PAUSE:
                failures = count()
            pause = min(FIRST_PAUSE * 2.0 ** min(next(failures), 20), LONGEST_PAUSE)
            _say(what, error, pause)
        await asyncio.sleep(pause)


def _say(what: str, error: Exception, pause: float) -> None:
    if isinstance(error, StorageError):
        log.warning(what, why=str(error), again_in_seconds=pause)
    else:
        note(what, error, again_in_seconds=pause)


def _stops(error: Exception) -> bool:
    """Trying again mends no setting: somebody has to put it right, so this ends the bot with its line."""
    found = error.subgroup(SettingsError) if isinstance(error, ExceptionGroup) else None
    return found is not None or isinstance(error, SettingsError)
