"""One look at one form: a first try beside control page and decoy, and a second one where there is doubt."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.judging import Look, Value, differed, judge, value_of, wants_second_try
from bot.domain.observations import Observation, Reason
from bot.vantages.comparisons import Comparisons

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page
    from bot.domain.page_readings import Judgement


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take and how long they are remembered, in seconds."""

    pause: float = 3.0
    """Before a second try: long enough for a hiccup to pass."""
    total: float = 15.0
    """For one page with all its hops."""
    remember: float = 180.0
    """A control page and a decoy serve all forms of a round."""


class Tries:
    """Looks by a way to get pages, `fetch(url, country)`; the same for every vantage.

    That a form differed from its decoy is remembered as long as the process runs.
    """

    def __init__(
        self,
        vantage: str,
        fetch: Callable[[str, str], Awaitable[Page]],
        rules: LookRules,
        clock: Clock,
        patience: Patience,
    ) -> None:
        self._vantage = vantage
        self._fetch = fetch
        self._rules = rules
        self._clock = clock
        self._patience = patience
        self._comparisons = Comparisons(fetch, patience.remember)
        self._differed: set[tuple[str, str]] = set()

    async def look(self, form: Form, country: str, *, asked_for: str, differed_before: bool) -> Observation:
        """What was seen. `asked_for` is the country that makes the answers differ, empty if none does."""
        key = (form.id, asked_for)
        known = differed_before or key in self._differed
        look = await self._first_try(form, asked_for)
        judgement = judge(look, form, self._rules, differed_before=known)
        if wants_second_try(judgement):
            look = await self._second_try(look, form, asked_for)
            judgement = judge(look, form, self._rules, differed_before=known)
        if value_of(judgement.verdict) is Value.OK:
            self._differed.add(key)
        return self._observation(form, country, look, judgement)

    async def _first_try(self, form: Form, country: str) -> Look:
        place = self._rules.place_of(form)
        page, control, decoy = await _together(
            self._fetch(form.url, country),
            self._comparisons.get(place.control, country),
            self._comparisons.get(place.decoy, country),
        )
        return Look(page, control, decoy)

    async def _second_try(self, look: Look, form: Form, country: str) -> Look:
        """The form once more, with a control page and a decoy that are younger than the first try."""
        place, since = self._rules.place_of(form), asyncio.get_running_loop().time()
        await self._clock.sleep(self._patience.pause)
        second, control, decoy = await _together(
            self._fetch(form.url, country),
            self._comparisons.get(place.control, country, since=since),
            self._comparisons.get(place.decoy, country, since=since),
        )
        return replace(look, second=second, control=control, decoy=decoy)

    def _observation(self, form: Form, country: str, look: Look, judgement: Judgement) -> Observation:
        return Observation(
            form=form.id,
            country=country,
            vantage=self._vantage,
            at=self._clock.now(),
            verdict=judgement.verdict,
            reason=judgement.reason,
            status_code=None if judgement.reason is Reason.BLIND else look.seen.status,
            seconds=look.seen.seconds,
            explanation=judgement.explanation,
            evidence=look.seen.evidence,
            differed=differed(look, judgement),
        )


async def _together(*pages: Awaitable[Page]) -> list[Page]:
    """All pages side by side; if one can't be had, its error, once all have ended."""
    got = await asyncio.gather(*pages, return_exceptions=True)
    for each in got:
        if isinstance(each, BaseException):
            raise each
    return [each for each in got if not isinstance(each, BaseException)]
