"""Forms of Meta and the ways to them: what they are, whom they serve, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Service(StrEnum):
    """A service of Meta that has an objection of its own."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    WHATSAPP = "whatsapp"
    """Has no objection to AI training of its own on record, only a form for all rights."""
    NONE = "none"
    """No account: the third-party form, a different and weaker thing; also pages of no one service."""


class Purpose(StrEnum):
    """What a form is for."""

    OWN_DATA = "own_data"
    THIRD_PARTY = "third_party"
    PRIVACY_CONTACT = "privacy_contact"
    GENERAL_OBJECTION = "general_objection"


class Sureness(StrEnum):
    """How sure a fact is: `high` is said plainly, `medium` with its date, `low` with care or not at all."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Form:
    """One page of Meta, with the time in which it was known to be the right one.

    `countries` are ISO 3166-1 alpha-2 codes of the account's registration; empty means everywhere.
    `valid_until` is the last day, None while it is in use. `successor` is the id of the form to use instead.
    """

    id: str
    service: Service
    purpose: Purpose
    url: str
    titles: tuple[str, ...]
    countries: frozenset[str]
    valid_from: date
    valid_until: date | None
    successor: str | None
    needs_login: bool
    sureness: Sureness
    confirmed_on: date | None
    """The last day on which a human opened it."""
    sources: tuple[str, ...]
    checked: date

    def serves(self, country: str, on: date) -> bool:
        """Does the form serve accounts registered in `country` on that day?"""
        in_time = self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
        return in_time and (not self.countries or country in self.countries)


@dataclass(frozen=True, slots=True)
class MenuPath:
    """A way through Meta's own menus, as it stood on `as_of`. `labels` are Meta's words, per language."""

    id: str
    service: Service
    place: str
    """`app`, `web` or `any`."""
    order: int
    labels: dict[str, tuple[str, ...]]
    as_of: date
    sources: tuple[str, ...]
    checked: date
    sureness: Sureness = Sureness.MEDIUM

    def labels_in(self, language: str, fallback: str = "en") -> tuple[str, ...]:
        """Meta's words in a language (`de` for `de_AT`), else in the one that every way has."""
        return self.labels.get(language.replace("-", "_").partition("_")[0]) or self.labels[fallback]


def serving(
    forms: Iterable[Form], *, service: Service, country: str, on: date, purpose: Purpose = Purpose.OWN_DATA
) -> tuple[Form, ...]:
    """The forms of a purpose that serve a service and a country on a day, the newest first."""
    found = (form for form in forms if form.service is service and form.purpose is purpose and form.serves(country, on))
    return tuple(sorted(found, key=lambda form: form.valid_from, reverse=True))


def current(forms: Mapping[str, Form], form: Form, *, country: str, on: date) -> Form:
    """The form to use instead of `form` today: its last successor that serves the country, else itself."""
    successor = forms.get(form.successor or "")
    if successor is None or not successor.serves(country, on):
        return form
    return current(forms, successor, country=country, on=on)
