"""The vantage `direct`: we ask Meta from where we run, beside a control page and a decoy."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.judging import Look, Value, judge, value_of, wants_second_try
from bot.domain.observations import Observation, Reason
from bot.vantages.comparisons import Comparisons
from bot.vantages.fetching import fetch

if TYPE_CHECKING:
    import httpx

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page
    from bot.domain.page_readings import Judgement

AT_ONCE_PER_HOST = 4
"""Requests to one host side by side: a guest, not a load test."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take and how long they are remembered, in seconds."""

    pause: float = 3.0
    """Before a second try: long enough for a hiccup to pass."""
    total: float = 15.0
    """For one page with all its hops."""
    remember: float = 180.0
    """A control page and a decoy serve all forms of a round."""


class DirectVantage:
    """Looks at forms from our own network.

    With `by_country` the answers differ by the country asked for (the sandbox's do), so nothing is shared
    between countries. That a form differed from its decoy is remembered as long as the process runs.
    """

    name = "direct"

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
        self._clock = clock
        self._patience = patience or Patience()
        self._by_country = by_country
        self._comparisons = Comparisons(self._fetch, self._patience.remember)
        self._limits: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE_PER_HOST))
        self._differed: set[tuple[str, str]] = set()

    async def look(self, form: Form, country: str, *, differed_before: bool = False) -> Observation:
        """One look at one form: a first try, and a second one where there is doubt."""
        key = (form.id, self._asked_for(country))
        differed = differed_before or key in self._differed
        look = await self._first_try(form, key[1])
        judgement = judge(look, form, self._rules, differed_before=differed)
        if wants_second_try(judgement):
            look = await self._second_try(look, form, key[1])
            judgement = judge(look, form, self._rules, differed_before=differed)
        if value_of(judgement.verdict) is Value.OK:
            self._differed.add(key)
        return self._observation(form, country, look.seen, judgement)

    async def _first_try(self, form: Form, country: str) -> Look:
        place = self._rules.place_of(form)
        page, control, decoy = await asyncio.gather(
            self._fetch(form.url, country),
            self._comparisons.get(place.control, country),
            self._comparisons.get(place.decoy, country),
        )
        return Look(page, control, decoy)

    async def _second_try(self, look: Look, form: Form, country: str) -> Look:
        """The form once more, with a control page and a decoy that are younger than the first try."""
        place, since = self._rules.place_of(form), asyncio.get_running_loop().time()
        await self._clock.sleep(self._patience.pause)
        second, control, decoy = await asyncio.gather(
            self._fetch(form.url, country),
            self._comparisons.get(place.control, country, since=since),
            self._comparisons.get(place.decoy, country, since=since),
        )
        return replace(look, second=second, control=control, decoy=decoy)

    async def _fetch(self, url: str, country: str) -> Page:
        async with self._limits[urlsplit(url).netloc]:
            return await fetch(self._client, url, self._rules, country=country, total_seconds=self._patience.total)

    def _asked_for(self, country: str) -> str:
        return country if self._by_country else ""

    def _observation(self, form: Form, country: str, page: Page, judgement: Judgement) -> Observation:
        blind = judgement.reason is Reason.BLIND
        return Observation(
            form=form.id,
            country=country,
            vantage=self.name,
            at=self._clock.now(),
            verdict=judgement.verdict,
            reason=judgement.reason,
            status_code=None if blind else page.status,
            seconds=page.seconds,
            explanation=judgement.explanation,
        )
