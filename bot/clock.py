"""The one place that asks the time. Everybody else is given `now`, in UTC."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from weakref import WeakKeyDictionary


class Clock(Protocol):
    """Tells the time and waits for a time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait that long by this clock, which the task asked before.

        Ends early if the clock is moved, also if that was since the task asked; so look at it again.
        """


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # this is the clock

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(max(0.0, seconds))


class MovableClock:
    """The machine's clock moved by an offset: the sandbox's time, or a test's."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset
        self._moved = asyncio.Event()
        self._asked: WeakKeyDictionary[asyncio.Task[Any], asyncio.Event] = WeakKeyDictionary()

    def now(self) -> datetime:
        """The present moment of the moved clock, in UTC."""
        with suppress(RuntimeError):  # outside a loop nobody sleeps
            if task := asyncio.current_task():
                self._asked[task] = self._moved
        return datetime.now(UTC) + self._offset  # noqa: TID251  # this is the clock

    def move_to(self, offset: timedelta) -> None:
        """Set the offset from the machine's clock and wake everybody who sleeps."""
        self._offset = offset
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait that long, or until the clock is moved: counted from when this task last asked the time."""
        task = asyncio.current_task()
        moved = self._asked.pop(task, self._moved) if task else self._moved
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):  # wait_for may swallow a cancel before Python 3.12
                await moved.wait()
