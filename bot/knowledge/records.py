"""The world as the program sees it: frozen records, and the few questions that are asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.forms import Form, MenuPath, Purpose, Service, Sureness, serving
from bot.domain.jurisdictions import Authority, Country, Elsewhere, Jurisdiction
from bot.knowledge.holidays_calendar import days_off

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.domain.outlooks import Outlook
    from bot.domain.periods import DaysOff
    from bot.domain.watched_pages import WatchedPage
    from bot.domain.web_addresses import KnownDomains
    from bot.knowledge.next_steps import Table


@dataclass(frozen=True, slots=True)
class Address:
    """Where one writes to Meta: a postal address (`lines`) or a page (`url`), as it stood on `as_of`.

    `countries` empty means everywhere.
    """

    id: str
    countries: frozenset[str]
    lines: tuple[str, ...]
    url: str | None
    as_of: date
    sureness: Sureness
    sources: tuple[str, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All records. Keys of the mappings are the records' ids (ISO codes for countries)."""

    forms: Mapping[str, Form]
    paths: tuple[MenuPath, ...]
    jurisdictions: Mapping[str, Jurisdiction]
    countries: Mapping[str, Country]
    authorities: tuple[Authority, ...]
    addresses: Mapping[str, Address]
    domains: frozenset[str]
    """Meta's registrable domains."""
    names: Mapping[str, tuple[str, ...]]
    """Every country of ISO 3166-1: what it calls itself, and what else people type."""
    words_before: frozenset[str]
    """Articles and prepositions that people put before a country's name."""
    replies: Mapping[str, Mapping[str, str]]
    """By language: each word for `yes` and `no` with which of the two it is."""
    outlooks: Mapping[str, Outlook]
    """What is known of countries elsewhere, by ISO code."""
    links: KnownDomains
    """By which a pasted address is judged."""
    pages: Mapping[str, WatchedPage]
    """Pages whose words are watched."""
    next_steps: Table
    """What is advised, for each phase by what Meta last said."""

    def jurisdiction_of(self, country: str) -> Jurisdiction | None:
        """The law of a country, None if it is not on record."""
        found = self.countries.get(country) or self.outlooks.get(country)
        return self.jurisdictions[found.jurisdiction] if found and found.jurisdiction else None

    def law_of_residence(self, country: str | None) -> Jurisdiction | Elsewhere | None:
        """The law where somebody lives, as `answer_deadline` takes it: None while that was not asked."""
        return None if country is None else self.jurisdiction_of(country) or Elsewhere.UNLISTED

    def forms_for(
        self, *, service: Service, country: str, on: date, purpose: Purpose = Purpose.OWN_DATA
    ) -> tuple[Form, ...]:
        """The forms that serve an account registered in a country on a day, the one to use first."""
        return serving(self.forms.values(), service=service, country=country, on=on, purpose=purpose)

    def path_for(self, service: Service, place: str) -> list[MenuPath]:
        """The ways through Meta's menus in the app (`app`) or a browser (`web`), the first to try first."""
        found = (path for path in self.paths if path.service is service and path.place in {place, "any"})
        return sorted(found, key=lambda path: path.order)

    def authorities_of(self, country: str, region: str | None = None) -> tuple[Authority, ...]:
        """The authorities competent for a private company there; with a region only those competent in it."""
        return tuple(
            authority
            for authority in self.authorities
            if authority.private_companies
            and authority.country == country
            and (region is None or authority.region in {None, region})
        )

    def authority(self, id_: str) -> Authority | None:
        """The authority of that record, None if there is none (any more)."""
        return next((authority for authority in self.authorities if authority.id == id_), None)

    def addresses_for(self, country: str) -> tuple[Address, ...]:
        """Where somebody with an account of that country writes to Meta: by post first, then on a page."""
        found = (one for one in self.addresses.values() if not one.countries or country in one.countries)
        return tuple(sorted(found, key=lambda address: not address.lines))

    def days_off(self, place: str | None) -> DaysOff:
        """Saturdays, Sundays and a place's public holidays; None or an empty place: no holidays."""
        return days_off(place)

    def days_off_of(self, authority: Authority) -> DaysOff:
        """The days off that move the end of an authority's period: its region's, else its country's."""
        return days_off(authority.region or self.countries[authority.country].holidays)
