"""What a record in a TOML file may look like. Unknown keys are refused; the id is the table's name."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.domain.forms import Purpose, Service, Sureness
from bot.domain.jurisdictions import IdentityRule, PeriodKind
from bot.domain.web_addresses import is_plain_https


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _rule(holds: Callable[[str], bool], message: str) -> AfterValidator:
    def check(value: str) -> str:
        if not holds(value):
            raise ValueError(message)
        return value

    return AfterValidator(check)


Text = Annotated[str, Field(min_length=1)]
Texts = tuple[Text, ...]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Region = Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
Https = Annotated[str, _rule(is_plain_https, "must be an https address")]
Web = Annotated[str, Field(pattern=r"^https?://\S+$")]
"""An authority's page; a few are on record without https."""
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Zone = Annotated[str, _rule(_is_zone, "must be an IANA time zone")]


class Entry(BaseModel):
    """Every record says where it comes from and on which day that was looked at."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[Texts, Field(min_length=1)]
    checked: date


class Served(Entry):
    """Serves the countries of these jurisdictions and these single ones; neither: everywhere."""

    serves: tuple[Text, ...] = ()
    countries: tuple[CountryCode, ...] = ()


class FormEntry(Served):
    service: Service
    purpose: Purpose
    url: Https
    titles: Texts = ()
    valid_from: date
    valid_until: date | None = None
    successor: Text | None = None
    needs_login: bool
    sureness: Sureness
    confirmed_on: date | None = None


class AddressEntry(Served):
    lines: Texts = ()
    url: Https | None = None
    as_of: date
    sureness: Sureness


class WatchedPageEntry(Entry):
    url: Https
    control: Https
    sureness: Sureness


class PathEntry(Entry):
    service: Service
    place: Annotated[str, Field(pattern="^(app|web|any)$")]
    order: Annotated[int, Field(ge=1)]
    labels: dict[Language, Annotated[Texts, Field(min_length=1)]]
    as_of: date
    sureness: Sureness


class PeriodEntry(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    kind: PeriodKind
    length: Annotated[int, Field(ge=1)]
    extended: Annotated[int, Field(ge=1)] | None = None
    article: Text
    days: Annotated[int, Field(ge=1)] | None = None
    sure: bool = True

    @model_validator(mode="after")
    def _days_are_ours(self) -> Self:
        if self.days is not None and self.kind is not PeriodKind.NONE:
            raise ValueError("days are for our own check only, kind “none”")
        return self


class RulesEntry(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    since: date
    article: Text
    devoid: PeriodEntry


class WindowEntry(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    length: Annotated[int, Field(ge=1)]
    unit: Literal[PeriodKind.MONTHS, PeriodKind.DAYS]
    counts_from: Annotated[str, Field(pattern="^(knowledge|contact|request)$")]
    answered: Annotated[int, Field(ge=1)] | None = None
    is_law: bool
    article: str
    warn: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=2)]

    @model_validator(mode="after")
    def _law_has_an_article(self) -> Self:
        if self.is_law is not bool(self.article):
            raise ValueError("a window of the law names its article, a practice none")
        return self


class JurisdictionEntry(Entry):
    law: Text
    holidays: Text | None = None
    company_first: bool
    answer: PeriodEntry
    complaint: PeriodEntry
    identity: IdentityRule = IdentityRule.NONE
    refusal: tuple[Annotated[str, Field(pattern="^(reasons|company|complaint|court)$")], ...] = ()
    articles: dict[Annotated[str, Field(pattern="^[a-z]+$")], Text] = Field(default_factory=dict)
    company: PeriodEntry | None = None
    rules: RulesEntry | None = None
    window: WindowEntry | None = None


class CountryEntry(Entry):
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    zone: Zone
    jurisdiction: Text
    holidays: Text | None = None
    also: Texts = ()


class AuthorityEntry(Entry):
    country: CountryCode
    region: Region | None = None
    name: Text
    website: Web
    complaint_form: Web | None = None
    email: Email | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    accepts_email: bool | None = None
    needs_signature: bool | None = None
    private_companies: bool = True
    variant: Annotated[str, Field(pattern="^[a-z]*$")] = ""
    window: WindowEntry | None = None
    login: Text | None = None
    sureness: Sureness


class NamesEntry(Entry):
    """Further names of a country that is not served; its id is the ISO code."""

    also: Annotated[Texts, Field(min_length=1)]


class EndonymsEntry(Entry):
    """What countries call themselves, by ISO code."""

    names: dict[CountryCode, Texts]


class WordsEntry(Entry):
    """Small words of a language: before a country's name, and for yes and no; its id is the language."""

    before: Annotated[Texts, Field(min_length=1)]
    yes: Texts = ()
    no: Texts = ()
