"""Where a case stands: derived from its last telling fact, the date, and today. Drawn in docs/architecture.md."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.domain.cases import Case, Fact


class Stage(StrEnum):
    """Where a case stands."""

    NOT_SENT = "not_sent"
    BLOCKED = "blocked"
    """The form does not open or the code does not come; the objection is not sent."""
    SENT = "sent"
    OVERDUE = "overdue"
    """Sent, the date is over, and no answer is known."""
    ANSWERED = "answered"
    """Meta wrote something that is no yes; the person has the next move."""
    WRITTEN = "written"
    COMPLAINED = "complained"
    ACCEPTED = "accepted"
    CLOSED = "closed"


AFTER = MappingProxyType(
    {
        FactKind.BEGUN: Stage.NOT_SENT,
        FactKind.OPENED: Stage.NOT_SENT,
        FactKind.FAILED: Stage.BLOCKED,
        FactKind.CODE_MISSING: Stage.BLOCKED,
        FactKind.SENT: Stage.SENT,
        FactKind.UNDELIVERED: Stage.NOT_SENT,
        FactKind.CONFIRMED: Stage.ACCEPTED,
        FactKind.REFUSED: Stage.ANSWERED,
        FactKind.NO_FURTHER_ACTION: Stage.ANSWERED,
        FactKind.WANTS_PROOF: Stage.ANSWERED,
        FactKind.WRONG_FORM: Stage.NOT_SENT,
        FactKind.NOT_IN_REGION: Stage.ANSWERED,
        FactKind.EXTENDED: Stage.SENT,
        FactKind.IDENTITY_GIVEN: Stage.SENT,
        FactKind.WRITTEN: Stage.WRITTEN,
        FactKind.COMPANY_COMPLAINED: Stage.WRITTEN,
        FactKind.COMPLAINED: Stage.COMPLAINED,
        FactKind.AUTHORITY_WROTE: Stage.COMPLAINED,
        FactKind.AUTHORITY_ASKED: Stage.COMPLAINED,
        FactKind.DEVOID: Stage.COMPLAINED,
        FactKind.DEVOID_OBJECTED: Stage.COMPLAINED,
        FactKind.ERASURE_ASKED: Stage.ACCEPTED,
        FactKind.CLOSED: Stage.CLOSED,
        FactKind.REOPENED: Stage.NOT_SENT,
    }
)
"""The stage that each fact leads to."""

PASSING = frozenset({FactKind.OPENED, FactKind.FAILED, FactKind.CODE_MISSING, FactKind.REOPENED})
"""What is seen of the form while trying, and a closing taken back: neither undoes what is on its way already."""
ON_ITS_WAY = frozenset({Stage.SENT, Stage.ANSWERED, Stage.WRITTEN, Stage.COMPLAINED, Stage.ACCEPTED})

UNSENT = frozenset({Stage.NOT_SENT, Stage.BLOCKED})
OPEN_STAGES = frozenset(Stage) - {Stage.ACCEPTED, Stage.CLOSED}


def telling(facts: Sequence[Fact]) -> Fact | None:
    """The fact that says where a case stands: the last one, or for what passes what stood before it (and a closing)."""
    if not facts or facts[-1].kind not in PASSING:
        return facts[-1] if facts else None
    earlier = telling(_before_closing(facts[:-1]))
    return earlier if earlier and _outlasts(earlier, facts[-1]) else facts[-1]


def _before_closing(facts: Sequence[Fact]) -> Sequence[Fact]:
    while facts and facts[-1].kind is FactKind.CLOSED:
        facts = facts[:-1]
    return facts


def _outlasts(earlier: Fact, tried: Fact) -> bool:
    """A missing code after "no further action" says that the right form was never sent."""
    unsent = (earlier.kind, tried.kind) == (FactKind.NO_FURTHER_ACTION, FactKind.CODE_MISSING)
    return AFTER[earlier.kind] in ON_ITS_WAY and not unsent


def stage_of(case: Case, due: date | None, today: date) -> Stage:
    """Where the case stands today. `due` is the day of its deadline, legal or our own."""
    fact = telling(case.facts)
    stage = AFTER[fact.kind] if fact else Stage.NOT_SENT
    if stage is Stage.SENT and due is not None and today > due:
        return Stage.OVERDUE
    return stage
