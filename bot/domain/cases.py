"""A case: one objection and the facts that happened, each with its day. What they mean is derived, never kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.forms import Service

MAX_CASES = 20
"""More objections than any one person has been seen to need; bounds what a row can grow to."""
MAX_FACTS = 60
"""Keeps a case small; the oldest facts that are not the dispatch go first."""


class Label(StrEnum):
    """What tells two cases apart. A fixed list, so that nobody types an account's name."""

    WORK = "work"
    PRIVATE = "private"
    SHOP = "shop"
    OLD = "old"


class FactKind(StrEnum):
    """What can happen to an objection."""

    BEGUN = "begun"
    OPENED = "opened"
    FAILED = "failed"
    CODE_MISSING = "code_missing"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NO_FURTHER_ACTION = "no_further_action"
    WANTS_PROOF = "wants_proof"
    WRONG_FORM = "wrong_form"
    NOT_IN_REGION = "not_in_region"
    EXTENDED = "extended"
    IDENTITY_GIVEN = "identity_given"
    """What Meta asked for under Art. 12(6) was sent."""
    WRITTEN = "written"
    COMPANY_COMPLAINED = "company_complained"
    """A complaint to the company itself, before the authority (DPA 2018 s. 164A)."""
    COMPLAINED = "complained"
    """With an authority; the note is the id of its record."""
    AUTHORITY_WROTE = "authority_wrote"
    AUTHORITY_ASKED = "authority_asked"
    """The authority was asked how things stand."""
    DEVOID = "devoid"
    """The authority told that it takes the complaint for devoid of purpose (Reg. 2025/2518 Art. 5)."""
    DEVOID_OBJECTED = "devoid_objected"
    ERASURE_ASKED = "erasure_asked"
    """After a yes Meta was asked to erase what it holds for training (Art. 17(1)(c) GDPR)."""
    CLOSED = "closed"
    REOPENED = "reopened"
    """The closing was taken back; says nothing of the form."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened on `day`, told to us on `noted`, both by the person's own calendar.

    `note` comes from a closed list of the flows.
    """

    kind: FactKind
    day: date
    noted: date
    note: str = ""
    letter: str = ""
    """The letter that was sent: kind, language and hash of its template, `reminder.en.0123456789ab`. Never its text."""


@dataclass(frozen=True, slots=True)
class Case:
    """One objection: one Accounts Centre of one service, registered in one country."""

    number: int
    service: Service
    country: str
    label: Label | None = None
    place: str = ""
    """Where the person is logged in: `app`, `browser` or `computer`."""
    facts: tuple[Fact, ...] = ()
    told: tuple[str, ...] = ()
    """Nudges already told, by their keys."""
    snoozed_until: date | None = None
    stopped: bool = False
    lived_in: str | None = None
    """Where the person lived when this was sent, once they have moved: a move changes no date that runs."""

    def last(self, *kinds: FactKind) -> Fact | None:
        """The latest fact of these kinds."""
        return next((fact for fact in reversed(self.facts) if fact.kind in kinds), None)

    def with_fact(self, kind: FactKind, *, today: date, day: date | None = None, note: str = "") -> Case:
        """The case after that happened (on `day`, else today); a new fact ends a snooze and a stop."""
        fact = Fact(kind, day or today, today, note)
        facts = self.facts if self.facts and self.facts[-1] == fact else _bounded((*self.facts, fact))
        return replace(self, facts=facts, snoozed_until=None, stopped=False)

    def with_letter(self, letter: str) -> Case:
        """The case with its latest fact resting on that letter."""
        return replace(self, facts=(*self.facts[:-1], replace(self.facts[-1], letter=letter)))

    def since(self, kind: FactKind) -> tuple[Fact, ...]:
        """The latest fact of that kind and all after it; nothing if there is none."""
        places = [place for place, fact in enumerate(self.facts) if fact.kind is kind]
        return self.facts[places[-1] :] if places else ()

    def with_note(self, kind: FactKind, note: str) -> Case:
        """The case with its latest fact of that kind told more precisely."""
        found = self.last(kind)
        return self._changed(found, note=note)

    def with_day(self, fact: Fact, day: date) -> Case:
        """The case with one of its facts moved to another day."""
        return self._changed(fact, day=day)

    def with_sent_day(self, day: date, note: str | None = None) -> Case:
        """The case with its latest dispatch moved to another day, and said anew how it went if that is known."""
        sent = self.last(FactKind.SENT)
        return self._changed(sent, day=day) if note is None else self._changed(sent, day=day, note=note)

    def _changed(self, which: Fact | None, **changes: Any) -> Case:
        """The case with one of its facts changed."""
        return replace(self, facts=tuple(replace(fact, **changes) if fact is which else fact for fact in self.facts))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours, by the person's clock, in which nothing is sent unasked. Equal ends mean: never quiet."""

    start: int = 22
    end: int = 8


def _bounded(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    if len(facts) <= MAX_FACTS:
        return facts
    oldest = next((index for index, fact in enumerate(facts) if fact.kind is not FactKind.SENT), 0)
    return facts[:oldest] + facts[oldest + 1 :]


@dataclass(frozen=True, slots=True)
class Session:
    """Where the person is in the conversation. Every screen shown raises `revision`; older buttons are old."""

    screen: str = ""
    revision: int = 0
    case: int | None = None
    answers: dict[str, str] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    """The screens before this one, for the way back."""
