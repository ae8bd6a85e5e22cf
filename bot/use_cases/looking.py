"""Look at the forms of a country, once for all who ask within ten minutes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.domain.forms import Purpose, Service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.knowledge import Knowledge
    from bot.storage.store import Store
    from bot.use_cases.seen import Seen
    from bot.vantages.direct import DirectVantage

WANTED = ((Service.FACEBOOK, Purpose.OWN_DATA), (Service.INSTAGRAM, Purpose.OWN_DATA))
THIRD = (Service.NONE, Purpose.THIRD_PARTY)
log = structlog.get_logger()


class Looker:
    """Looks, remembers what was seen, and keeps it. Only one look at a form for a country at a time."""

    def __init__(self, vantage: DirectVantage, knowledge: Knowledge, seen: Seen, store: Store, clock: Clock) -> None:
        self._vantage, self._knowledge, self._seen = vantage, knowledge, seen
        self._store, self._clock = store, clock
        self._under_way: set[tuple[str, str]] = set()

    def forms(self, country: str, *, third: bool = False) -> list[Form]:
        """The forms to use for accounts of a country; with `third` also the one without an account."""
        on = self._clock.now().date()
        found = (
            self._knowledge.forms_for(service=service, country=country, on=on, purpose=purpose)
            for service, purpose in (*WANTED, THIRD)[: 3 if third else 2]
        )
        return [forms[0] for forms in found if forms]

    async def look_for_somebody(self, country: str, *, third: bool = False) -> None:
        """Look because somebody asks; the country is looked at regularly from now on."""
        self._seen.ask(country, self._clock.now())
        await self.look(country, third=third)

    async def look_at_wanted(self) -> None:
        """Look at the forms of all countries that somebody asked for lately, one country at a time."""
        for country in self._seen.wanted(self._clock.now()):
            await self.look(country)

    async def look(self, country: str, *, third: bool = False) -> None:
        """Look at what was not looked at lately."""
        now = self._clock.now()
        due = [form for form in self.forms(country, third=third) if self._is_due(form, country, now)]
        if not due:
            return
        keys = {(form.id, country) for form in due}
        self._under_way |= keys
        try:
            await self._look_at(due, country)
        finally:
            self._under_way -= keys

    def _is_due(self, form: Form, country: str, now: datetime) -> bool:
        return (form.id, country) not in self._under_way and self._seen.is_old(form.id, country, now)

    async def _look_at(self, forms: Iterable[Form], country: str) -> None:
        observations = await asyncio.gather(*(self._vantage.look(form, country) for form in forms))
        for each in observations:
            self._seen.add(each)
            log.info("looked", form=each.form, country=country, verdict=each.verdict, reason=each.reason)
        await self._store.looks.add(observations)
