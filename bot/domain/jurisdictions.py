"""The law that applies, and the authorities. Only kinds of periods stand here; days stand in the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.domain.forms import Sureness


class Elsewhere(Enum):
    """The law of a country that is not on record: known to be unknown, unlike None (not asked yet)."""

    UNLISTED = "unlisted"


class PeriodKind(StrEnum):
    """How a period is counted."""

    MONTHS = "months"
    """Calendar months by Art. 3 of Reg. 1182/71: the same-numbered day, clamped, moved off days off."""
    WEEKS = "weeks"
    """To the day of the same name, moved off days off."""
    DAYS = "days"
    """From the day after the event, moved off days off."""
    NONE = "none"
    """The law sets no period; what we count is our own check."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the law. `extended` is its whole length from receipt if extended in time."""

    kind: PeriodKind
    length: int
    """In months, weeks or days by its kind; for `none` the length of our own check in months."""
    extended: int | None
    article: str
    days: int | None = None
    """Our own check in days instead of months. No law's period is counted like this."""
    sure: bool = True
    """Else the law names it, but how its end is counted is not on record: the day is our check."""


class IdentityRule(StrEnum):
    """What a question about who somebody is does to the company's period."""

    NONE = "none"
    PAUSES = "pauses"
    """It stands still until the answer, if asked without undue delay (EDPB 01/2022)."""
    RESTARTS = "restarts"
    """It begins with the answer (Art. 12A(2) UK GDPR)."""


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """What an authority may ask of a complaint from a day on (Reg. 2025/2518)."""

    since: date
    devoid: Period
    """How long one may object to a closing as devoid of purpose."""
    article: str
    """Where it stands that the request to the company must have been made before."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A law, where it applies, and the periods it sets."""

    id: str
    countries: frozenset[str]
    law: str
    answer: Period
    """Meta's answer to the objection."""
    complaint: Period
    """The authority's word on a complaint."""
    holidays: str | None
    """Whose public holidays move an end: a `holidays` calendar such as `IE` or `GB-ENG`."""
    company_first: bool
    """Is the company to be asked before the authority?"""
    sources: tuple[str, ...]
    checked: date
    identity: IdentityRule = IdentityRule.NONE
    refusal: tuple[str, ...] = ()
    """What a refusal must carry: `reasons`, `company`, `complaint`, `court`."""
    articles: Mapping[str, str] = field(default_factory=dict)
    """Where it stands: `objection`, `answer`, `refusal`, `identity`, `complaint` … as far as the law has it."""
    company: Period | None = None
    """Until when the company must acknowledge a complaint made to it; None: there is no such complaint."""
    rules: ComplaintRules | None = None
    window: Window | None = None
    """The last day for a complaint by the law itself; that of an authority goes before it."""

    def rules_on(self, day: date) -> ComplaintRules | None:
        """The rules for complaints lodged on that day; None while the older ones hold."""
        return self.rules if self.rules and day >= self.rules.since else None


@dataclass(frozen=True, slots=True)
class Window:
    """The last day for a complaint, `length` months or days (`unit`) later.

    `counts_from`: `knowledge` of the event, the last `contact` with the company, or the `request` to it.
    """

    length: int
    unit: PeriodKind
    counts_from: str
    is_law: bool
    """Else it is the authority's practice, and the day our check."""
    article: str
    warn: tuple[int, ...]
    """Days before it on which we remind."""
    answered: int | None = None
    """Days from the company's answer, if that comes earlier."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A data protection supervisory authority."""

    id: str
    country: str
    region: str | None
    """The part of the country it is competent for (a German Land by ISO 3166-2 code), None for the whole."""
    name: str
    website: str
    complaint_form: str | None
    email: str | None
    languages: tuple[str, ...]
    """Those one may write in, the language of the page on record first."""
    accepts_email: bool | None
    needs_signature: bool | None
    """None: not known; the person is asked to look at the authority's page."""
    private_companies: bool
    """Is it competent for private companies such as Meta?"""
    sureness: Sureness
    sources: tuple[str, ...]
    checked: date
    variant: str = ""
    """The contents that its own law asks of a complaint (`at`: § 24(2) and (3) DSG)."""
    window: Window | None = None
    login: str | None = None
    """The account that its form wants (`gov.br`)."""


@dataclass(frozen=True, slots=True)
class Country:
    """What we know of a country: its languages, a clock to begin with, and the law there."""

    code: str
    languages: tuple[str, ...]
    """Official languages, the most used first."""
    zone: str
    """The IANA zone guessed for somebody there; changeable."""
    jurisdiction: str
    holidays: str = ""
    """Whose public holidays move an authority's period there: a `holidays` calendar."""
    also: tuple[str, ...] = ()
    """Names that people type beside those that every language's lists have."""
    sources: tuple[str, ...] = ()
    checked: date | None = None
