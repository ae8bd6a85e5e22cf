"""Control pages and decoys, fetched once for all forms of a round that need them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bot.domain.page_readings import is_server_error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.observations import Page

REMEMBER_FAILURE = 5.0
"""Seconds: one round shares a failure, the next asks anew."""


class _Kept(NamedTuple):
    page: Page
    asked_at: float


class Comparisons:
    """Remembers pages for a while; who asks for the same page at the same time waits for the one answer."""

    def __init__(self, fetch: Callable[[str, str], Awaitable[Page]], remember: float) -> None:
        self._fetch = fetch
        self._remember = remember
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(self, url: str, country: str, *, since: float | None = None) -> Page:
        """The page; if `since` is given, asked for after that moment of the loop's clock."""
        key, time = (url, country), asyncio.get_running_loop().time
        async with self._locks[key]:
            kept = self._kept.get(key)
            if kept is None or not self._serves(kept, time(), since):
                asked_at = time()
                kept = self._kept[key] = _Kept(await self._fetch(url, country), asked_at)
            return kept.page

    def _serves(self, kept: _Kept, now: float, since: float | None) -> bool:
        failed = kept.page.error is not None or is_server_error(kept.page)
        young = now - kept.asked_at <= (min(REMEMBER_FAILURE, self._remember) if failed else self._remember)
        return young and (since is None or kept.asked_at >= since)
