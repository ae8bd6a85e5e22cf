"""Looks after the operators: is there anything they are to be told?"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from bot.use_cases.operators import Operators
    from bot.use_cases.progress import Progress

IDLE_SECONDS = 5.0
"""How far an announcement is told is looked up that often: it calls nobody."""
log = structlog.get_logger()


class Attendant:
    """Tells operators what is new, soon after something happened."""

    def __init__(self, operators: Operators, progress: Progress) -> None:
        self._operators, self._progress = operators, progress
        self._called = asyncio.Event()

    def call(self) -> None:
        """Something happened."""
        self._called.set()

    async def run(self) -> None:
        """Attend until cancelled."""
        while True:
            self._called.clear()
            try:
                await self._progress.tell()
                await self._operators.tell()
            except StorageError as error:
                log.warning("attending_interrupted", why=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE_SECONDS):
                    await self._called.wait()
