"""Which forms are in use: those of countries that somebody asked for lately. Unused costs nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.forms import Purpose, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.observations import Observation
    from bot.knowledge import Knowledge
    from bot.storage.store import Store
    from bot.use_cases.board import Key

WANTED_FOR = timedelta(days=30)
"""A country that nobody asks for any more is looked at that long."""
OWN = ((Service.FACEBOOK, Purpose.OWN_DATA), (Service.INSTAGRAM, Purpose.OWN_DATA))
THIRD = (Service.NONE, Purpose.THIRD_PARTY)


class Wanted:
    """The countries in use, kept in the store so that a restart neither forgets nor renews them."""

    def __init__(
        self,
        knowledge: Knowledge,
        store: Store,
        clock: Clock,
        groups: Callable[[], Iterable[str]] = frozenset,
    ) -> None:
        self._knowledge, self._store, self._clock = knowledge, store, clock
        self._groups = groups
        """The countries that groups are to be told of: in use as long as a group wants them."""
        self._asked: dict[Key, date] = {}

    async def load(self, looks: Iterable[Observation] = ()) -> None:
        """Read what was asked for, in whatever process. If nothing was ever noted, what was looked at is in use."""
        kept = await self._store.wanted.days()
        meanwhile = {key: day for key, day in self._asked.items() if day > kept.get(key, date.min)}
        self._asked = kept | meanwhile
        lately = self._clock.now() - WANTED_FOR
        seen = [] if self._asked else [(look.form, look.country) for look in looks if look.at > lately]
        if seen:
            today = self._clock.now().date()
            self._asked = dict.fromkeys(seen, today)
            await self._store.wanted.ask(list(self._asked), today)

    def forms(self, country: str, *, third: bool = False) -> list[Form]:
        """The forms to use for accounts of a country; with `third` also the one without an account."""
        on = self._clock.now().date()
        found = (
            self._knowledge.forms_for(service=service, country=country, on=on, purpose=purpose)
            for service, purpose in ((*OWN, THIRD) if third else OWN)
        )
        return [forms[0] for forms in found if forms]

    async def ask(self, country: str, *, third: bool = False) -> list[Form]:
        """Somebody asks for a country: its forms are in use from now on."""
        today, forms = self._clock.now().date(), self.forms(country, third=third)
        new = [(form.id, country) for form in forms if self._asked.get((form.id, country)) != today]
        self._asked.update(dict.fromkeys(new, today))
        if new:
            await self._store.wanted.ask(new, today)
        return forms

    def now(self) -> set[Key]:
        """The forms of the countries in use: a new form takes the place of its predecessor by itself."""
        oldest, third = self._clock.now().date() - WANTED_FOR, self._third()
        lately = {key for key, asked in self._asked.items() if asked > oldest}
        own = {(form.id, country) for country in self._countries(lately) for form in self.forms(country)}
        countries = {country for form, country in lately if form in third}
        return own | {(form.id, country) for country in countries for form in self.forms(country, third=True)}

    def _countries(self, lately: Iterable[Key]) -> set[str]:
        return {country for _, country in lately} | set(self._groups())

    def _third(self) -> set[str]:
        return {form.id for form in self._knowledge.forms.values() if form.purpose is Purpose.THIRD_PARTY}
