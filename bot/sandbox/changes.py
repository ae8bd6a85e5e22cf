"""Something changed: a number that grows, and a way to wait for the next."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Changes:
    """Counts changes and wakes those who wait for one."""

    def __init__(self) -> None:
        self.revision = 1
        self.closed = False
        self._next = asyncio.Event()

    def happen(self) -> None:
        """Count one more and wake everybody."""
        self.revision += 1
        self._next.set()
        self._next = asyncio.Event()

    def close(self) -> None:
        """End all waiting for good: the sandbox stops."""
        self.closed = True
        self.happen()

    async def wait(self, seconds: float) -> None:
        """Wait for the next change, at most that long."""
        if self.closed:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):  # wait_for may swallow a cancel before Python 3.12
                await self._next.wait()

    async def after(self, revision: int, seconds: float) -> int:
        """Wait until the number differs from `revision`, at most that long; gives the present number."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.revision == revision and not self.closed and loop.time() < end:
            await self.wait(end - loop.time())
        return self.revision
