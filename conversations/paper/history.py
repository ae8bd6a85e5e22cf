"""What of a case's facts a letter may tell: which tries, which answers, which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.case_dates import ANSWERS, IDENTITY, aware_on, dispatch, identity_of
from bot.domain.cases import FactKind
from bot.domain.letters import Attempt, Event, LetterKind
from bot.domain.phases import is_of_other_form

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.cases import Case, Fact
    from bot.domain.deadlines import Deadline

FAILED = (FactKind.FAILED, FactKind.CODE_MISSING)
TELLS_ALL = frozenset({LetterKind.COMPANY_COMPLAINT, LetterKind.COMPLAINT})
"""Letters that tell of every attempt, whatever became of the form later."""
FORM = "form"
"""How an objection was sent that says nothing else."""
MOST_DAYS, MOST_ATTEMPTS = 20, 6
"""The latest that a letter names; the evidence has all."""


def attempts(case: Case, kind: LetterKind) -> tuple[Attempt, ...]:
    """The failed tries that a letter of this kind may name; each once."""
    failed = (fact for fact in _told_of(case, kind) if fact.kind in FAILED)
    return tuple(dict.fromkeys(Attempt(fact.day, fact.kind.value) for fact in failed))[-MOST_ATTEMPTS:]


def _told_of(case: Case, kind: LetterKind) -> tuple[Fact, ...]:
    """A form that got through in the end makes what failed before it idle, but in a complaint.

    What follows an objection tells nothing that came after the sending; an objection made anew tells just that.
    """
    sent = dispatch(case)
    if sent is None or kind in TELLS_ALL:
        return case.facts
    by_form = (sent.note or FORM) == FORM
    if kind is LetterKind.OBJECTION:
        return case.since(FactKind.SENT) if by_form else case.facts
    before = case.facts[: len(case.facts) - len(case.since(FactKind.SENT))]
    return () if by_form else tuple(fact for fact in before if fact.day <= sent.day)


def events(case: Case) -> tuple[Event, ...]:
    """What happened, each thing once a day; not what Meta answered to another form, for it is no part of this."""
    facts = (fact for fact in case.facts if not is_of_other_form(fact, case.service))
    return tuple(dict.fromkeys(Event(fact.day, fact.kind.value) for fact in facts))[-MOST_DAYS:]


def day_of(case: Case, *kinds: FactKind) -> date | None:
    """The latest day of these since the dispatch; an older answer was to something else."""
    facts = case.since(FactKind.SENT) or case.facts
    return next((fact.day for fact in reversed(facts) if fact.kind in kinds), None)


def answers(case: Case) -> tuple[Fact, ...]:
    """Meta's answers to this since the dispatch, without its question who somebody is once that was met."""
    asked = identity_of(case)
    met = asked is not None and asked.given is not None
    facts = (fact for fact in case.since(FactKind.SENT) or case.facts if fact.kind in ANSWERS)
    own = (fact for fact in facts if not is_of_other_form(fact, case.service))
    return tuple(fact for fact in own if not (met and (fact.kind, fact.note) == (FactKind.WANTS_PROOF, IDENTITY)))


def known_today(case: Case, answer: Deadline | None, today: date) -> date | None:
    """When the person first could know of what a complaint is about. Nobody knows today of what ends tomorrow."""
    found = aware_on(case, answer)
    return found if found and found <= today else None


def asked_identity(case: Case) -> date | None:
    """The day of Meta's question who somebody is, met or not."""
    facts = case.since(FactKind.SENT)
    return next((fact.day for fact in facts if (fact.kind, fact.note) == (FactKind.WANTS_PROOF, IDENTITY)), None)
