"""One country's probes as a vantage."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import httpx

from bot.domain.observations import Observation, Reason, Verdict
from bot.vantages.globalping.pages import leads_to, must_be_measured, page
from bot.vantages.globalping.questions import nearby, question
from bot.vantages.globalping.unmeasured import NoProbesError, UnmeasuredError
from bot.vantages.redirects import MAX_HOPS
from bot.vantages.tries import Patience, Tries

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page
    from bot.vantages.globalping.answers import Created, Measurement
    from bot.vantages.globalping.service import Service

NO_PROBES_PAUSE = timedelta(minutes=30)
"""A country without a probe is not asked again that long."""
SAME_PROBE = timedelta(minutes=3)
"""All pages of a round come from one probe, so that they compare; the next round takes another."""


class GlobalpingVantage:
    """Looks from a probe in one country. Uses up tests, so it is asked only where there is doubt."""

    costly = True

    def __init__(self, country: str, service: Service, rules: LookRules, clock: Clock) -> None:
        self.name, self.country = f"globalping:{country}", country
        self._service, self._rules, self._clock = service, rules, clock
        self._probe: tuple[str, datetime] | None = None
        self._choosing = asyncio.Lock()
        self._no_probes_until: datetime | None = None
        self._tries = Tries(self.name, self._fetch, rules, clock, Patience(remember=SAME_PROBE.total_seconds()))

    def serves(self, country: str) -> bool:
        """It tells something of its own country."""
        return country == self.country

    async def look(self, form: Form, country: str, *, differed_before: bool = False) -> Observation:
        """One look. Where the service does not measure there is no data, and the line says why."""
        try:
            async with self._service.look():
                return await self._tries.look(form, country, asked_for=self.country, differed_before=differed_before)
        except UnmeasuredError as error:
            return Observation(
                form=form.id,
                country=country,
                vantage=self.name,
                at=self._clock.now(),
                verdict=Verdict.NO_DATA,
                reason=Reason.BLIND,
                status_code=None,
                seconds=0.0,
                explanation=(str(error),),
            )

    async def _fetch(self, url: str, _country: str) -> Page:
        """One page, hop by hop from the same probe: the service itself follows no redirect."""
        measured: list[tuple[str, Measurement]] = []
        for _ in range(MAX_HOPS + 1):
            measurement = await self._service.result((await self._create(url)).id)
            self._check(measurement)
            measured.append((url, measurement))
            try:
                target = leads_to(url, measurement, self._rules)
            except httpx.InvalidURL:
                raise UnmeasuredError("globalping: a redirect to no address") from None
            if target is None:
                break
            url = target
        return page(measured, self._rules)

    def _check(self, measurement: Measurement) -> None:
        try:
            must_be_measured(measurement, self.country)
        except UnmeasuredError:
            self._probe = None  # whoever failed is not asked again
            raise

    async def _create(self, url: str) -> Created:
        """Begin to measure: by the probe of this round, or by a new one."""
        async with self._choosing:
            now = self._clock.now()
            if self._probe is None or now - self._probe[1] > SAME_PROBE:
                created = await self._choose(url, now)
                self._probe = (created.id, now)
                return created
            probe = self._probe[0]
        try:
            return await self._service.create(question(url, probe))
        except NoProbesError:
            self._probe = None
            raise UnmeasuredError("globalping: the probe of this round is gone") from None

    async def _choose(self, url: str, now: datetime) -> Created:
        """A probe in a home or an office if there is one, else any in the country."""
        if self._no_probes_until and now < self._no_probes_until:
            raise UnmeasuredError(f"globalping: no probe in {self.country} lately")
        try:
            return await self._service.create(question(url, nearby(self.country, homes=True)))
        except NoProbesError:
            return await self._choose_any(url, now)

    async def _choose_any(self, url: str, now: datetime) -> Created:
        try:
            return await self._service.create(question(url, nearby(self.country, homes=False)))
        except NoProbesError:
            self._no_probes_until = now + NO_PROBES_PAUSE
            raise UnmeasuredError(f"globalping: no probe in {self.country} now") from None
