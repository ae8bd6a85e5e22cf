"""Follows the sandbox's clock, so that a moved clock moves the bot's."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock

WAIT = 25
log = structlog.get_logger()


async def follow_clock(url: str, clock: MovableClock, moved: Callable[[], None]) -> None:
    """Follow the clock at `url` until cancelled; while it can't be reached, keep the last offset.

    `moved` is called after each step, for what waits by the machine's clock and not by this one.
    """
    revision: int | None = None
    async with httpx.AsyncClient(timeout=WAIT + 10, trust_env=False) as client:
        while True:
            try:
                asked = {} if revision is None else {"after": revision, "timeout": WAIT}
                answer = await client.get(f"{url}/clock", params=asked)
                told = answer.raise_for_status().json()
                revision = told["revision"]
                clock.move_to(timedelta(seconds=told["offset_seconds"]))
                moved()
            except (httpx.HTTPError, ValueError, KeyError) as error:
                log.warning("clock_not_followed", error=type(error).__name__)
                await asyncio.sleep(1)
