"""Looks after the operators: is there anything they are to be told?"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from bot.use_cases.operators import Operators

IDLE_SECONDS = 5.0
"""What becomes of an announcement while it is told calls nobody."""
log = structlog.get_logger()


class Attendant:
    """Tells operators what is new, soon after something happened."""

    def __init__(self, operators: Operators) -> None:
        self._operators = operators
        self._called = asyncio.Event()

    def call(self) -> None:
        """Something happened."""
        self._called.set()

    async def run(self) -> None:
        """Attend until cancelled."""
        while True:
            self._called.clear()
            try:
                await self._operators.tell()
            except StorageError as error:
                log.warning("attending_interrupted", why=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE_SECONDS):
                    await self._called.wait()
