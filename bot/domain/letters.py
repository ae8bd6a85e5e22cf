"""A letter as facts: what kind, by which law, on which days. Its words are a template's."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.forms import Service

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.deliveries import Value

MAX_OUTAGES = 6
"""Outages named in one letter; a bundle holds the rest."""


class LetterKind(StrEnum):
    """What a letter is for."""

    OBJECTION = "objection"
    """The objection itself, in writing: Art. 21(1) GDPR needs no form."""
    REMINDER = "reminder"
    REPLY_REFUSED = "reply_refused"
    REPLY_NO_FURTHER_ACTION = "reply_no_further_action"
    REPLY_WANTS_PROOF = "reply_wants_proof"
    REPLY_NOT_IN_REGION = "reply_not_in_region"
    REPLY_WRONG_FORM = "reply_wrong_form"
    IDENTITY_GIVEN = "identity_given"
    """Says that what was asked for under Art. 12(6) was given, and from when time runs on."""
    COMPANY_COMPLAINT = "company_complaint"
    """To the company before the authority: DPA 2018 s. 164A."""
    COMPLAINT = "complaint"
    AUTHORITY_NUDGE = "authority_nudge"
    """How does my complaint stand? Art. 77(2) and 78(2) GDPR."""
    DEVOID_OBJECTION = "devoid_objection"
    """Against a closing as devoid of purpose: Reg. 2025/2518 Art. 5(2)."""
    ERASURE = "erasure"
    """After a success: Art. 17(1)(c) GDPR."""


TO_AUTHORITY = frozenset({LetterKind.COMPLAINT, LetterKind.AUTHORITY_NUDGE, LetterKind.DEVOID_OBJECTION})
"""Letters to an authority, in one of its languages; all others go to Meta."""
META_READS = ("en",)
"""The language of letters to Meta; a reading copy is in the person's."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that failed: `what` is `failed` or `code_missing`."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Outage:
    """A confirmed outage on a day of one of this person's own attempts. Times in UTC."""

    form_title: str
    country: str
    since: datetime
    until: datetime | None
    """None while it lasts."""
    looks: int
    networks: tuple[str, ...]
    """The vantages that saw it."""
    causes: tuple[str, ...]
    ids: tuple[str, ...]
    """Of the incident and its observations, so that they can be asked for."""


@dataclass(frozen=True, slots=True)
class Event:
    """One day of the history; `kind` is a fact's."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """The authority that a letter goes to."""

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    region: str | None = None
    email: str | None = None
    page: str | None = None
    """Its complaint form, else its website."""
    has_form: bool = False
    accepts_email: bool | None = None
    needs_signature: bool | None = None
    """None: not known."""

    @property
    def reached_at(self) -> str:
        """What stands under its name: its e-mail address unless it takes none, else its page; empty: not on record."""
        mail = self.email if self.accepts_email is not False else None
        return mail or self.page or ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a letter's template may say. Days are the person's own calendar days; None: it did not happen.

    `law` is a jurisdiction's id (the residence's where it is known), `law_registered` that of the account's country.
    `attempts` are the failed tries that this letter may name: all of them in an objection and in a complaint; in what
    follows an objection none if the form got through in the end, and none that came after the sending.
    """

    kind: LetterKind
    law: str
    service: Service
    country: str
    """Where the account is registered; for `Service.NONE` where the person lives."""
    today: date
    residence: str | None = None
    region: str | None = None
    law_registered: str = ""
    variant: str = ""
    """Contents that the authority's own law asks for, e.g. `at`: § 24(2)–(3) DSG."""
    sent_on: date | None = None
    sent_by: str = ""
    """`form`, `web`, `mail`, `post`; `arrived` for post whose arrival is known."""
    due_on: date | None = None
    due_is_legal: bool = False
    """Is `due_on` the law's day? Else it is our own check and no letter names it as a period."""
    extended_on: date | None = None
    reminded_on: date | None = None
    """When the person last wrote to Meta after the objection: a reply as well as a reminder."""
    first_answer_on: date | None = None
    answered_on: date | None = None
    """Meta's last answer. Its question who somebody is counts as none once it was met."""
    answer: str = ""
    """What Meta's last answer came down to: a `FactKind` such as `refused`."""
    lacking: tuple[str, ...] = ()
    """What Meta's refusal leaves out of what it must carry: `reasons`, `company`, `complaint`, `court`."""
    asked_identity_on: date | None = None
    gave_identity_on: date | None = None
    company_complained_on: date | None = None
    attempts: tuple[Attempt, ...] = ()
    outages: tuple[Outage, ...] = ()
    history: tuple[Event, ...] = ()
    authority: Recipient | None = None
    filed_on: date | None = None
    told_devoid_on: date | None = None
    known_on: date | None = None
    """The first day on which the person can have known of what the complaint is about: see `case_dates.aware_on`."""
    new_rules: bool = False
    """Is Reg. 2025/2518 the rule for complaints lodged today?"""

    @property
    def missed_on(self) -> date | None:
        """The law's last day for Meta's answer, once it has passed without any."""
        if not self.due_is_legal or self.due_on is None or self.due_on >= self.today:
            return None
        in_time = self.first_answer_on is not None and self.first_answer_on <= self.due_on
        return None if in_time else self.due_on

    def to_values(self) -> dict[str, Value]:
        """As JSON of small size; `from_values` reads it back."""
        return {each.name: _to_json(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> LetterFacts:
        """The facts that `to_values` wrote; KeyError or ValueError for anything else."""
        return cls(**{each.name: _READERS[each.name](values[each.name]) for each in fields(cls)})


def languages_for(
    kind: LetterKind, authority: Recipient | None, *, own: str, available: Collection[str]
) -> tuple[str, ...]:
    """The languages that a letter can be sent in, the best first; only those in which it exists, so it may be empty.

    To Meta: English. To an authority: one of its own, the person's language first where it is among them.
    """
    if kind not in TO_AUTHORITY or authority is None:
        return tuple(language for language in META_READS if language in available)
    known = [language for language in authority.languages if language in available]
    return tuple(sorted(known, key=lambda language: language != own))


def _to_json(value: object) -> Value:
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_to_json(each) for each in value]
        case _:
            return {each.name: _to_json(getattr(value, each.name)) for each in fields(value)}  # type: ignore[arg-type]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _same(value: Any) -> Any:
    return value


def _attempts(values: list[dict[str, str]]) -> tuple[Attempt, ...]:
    return tuple(Attempt(date.fromisoformat(each["day"]), each["what"]) for each in values)


def _events(values: list[dict[str, str]]) -> tuple[Event, ...]:
    return tuple(Event(date.fromisoformat(each["day"]), each["kind"]) for each in values)


def _outages(values: list[dict[str, Any]]) -> tuple[Outage, ...]:
    return tuple(_outage(**each) for each in values)


def _outage(*, since: str, until: str | None, **rest: Any) -> Outage:
    tuples: dict[str, Any] = {name: tuple(rest.pop(name)) for name in ("networks", "causes", "ids")}
    ended = datetime.fromisoformat(until) if until else None
    return Outage(since=datetime.fromisoformat(since), until=ended, **tuples, **rest)


def _recipient(value: dict[str, Any] | None) -> Recipient | None:
    return Recipient(**(value | {"languages": tuple(value["languages"])})) if value else None


_READERS: dict[str, Any] = {
    **{each.name: _day if each.name.endswith("_on") else _same for each in fields(LetterFacts)},
    "kind": LetterKind,
    "service": Service,
    "today": date.fromisoformat,
    "attempts": _attempts,
    "outages": _outages,
    "history": _events,
    "lacking": tuple,
    "authority": _recipient,
}
