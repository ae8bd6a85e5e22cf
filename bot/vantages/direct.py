"""The vantage `direct`: we ask Meta from where we run, beside a control page and a decoy."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.vantages.fetching import Standpoint, fetch
from bot.vantages.tries import Patience, Tries

if TYPE_CHECKING:
    import httpx

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Observation, Page

AT_ONCE_PER_HOST = 4
"""Requests to one host side by side: a guest, not a load test."""


class DirectVantage:
    """Looks at forms by a client of our own.

    With `by_country` the answers differ by the country asked for (the sandbox's do), so neither control page nor
    decoy is shared between countries.
    """

    name = "direct"
    country = ""
    costly = False

    def __init__(
        self,
        client: httpx.AsyncClient,
        rules: LookRules,
        clock: Clock,
        *,
        patience: Patience | None = None,
        by_country: bool = False,
    ) -> None:
        self._client = client
        self._rules = rules
        self._patience = patience or Patience()
        self._by_country = by_country
        self._limits: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE_PER_HOST))
        self._tries = Tries(self.name, self._fetch, rules, clock, self._patience)

    def serves(self, country: str) -> bool:  # noqa: ARG002  # the same for every country
        """It tells something of every country, though from outside."""
        return True

    async def look(self, form: Form, country: str, *, differed_before: bool = False) -> Observation:
        """One look at one form: a first try, and a second one where there is doubt."""
        asked_for = country if self._by_country else ""
        return await self._tries.look(form, country, asked_for=asked_for, differed_before=differed_before)

    async def page(self, url: str) -> Page:
        """What an address gives from here; never raises for what the other side does."""
        return await self._fetch(url, "")

    async def _fetch(self, url: str, country: str) -> Page:
        standpoint, total = Standpoint(country, self.name), self._patience.total
        async with self._limits[urlsplit(url).netloc]:
            return await fetch(self._client, url, self._rules, standpoint, total_seconds=total)
