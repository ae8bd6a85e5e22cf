"""Where a case stands: derived from its last telling fact, the date, and today. Drawn in docs/architecture.md."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.cases import Case


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
        FactKind.WRITTEN: Stage.WRITTEN,
        FactKind.COMPLAINED: Stage.COMPLAINED,
        FactKind.CLOSED: Stage.CLOSED,
    }
)
"""The stage that each fact leads to."""

OPEN_STAGES = frozenset(Stage) - {Stage.ACCEPTED, Stage.CLOSED}


def stage_of(case: Case, due: date | None, today: date) -> Stage:
    """Where the case stands today. `due` is the day of its deadline, legal or our own."""
    stage = AFTER[case.facts[-1].kind] if case.facts else Stage.NOT_SENT
    if stage is Stage.SENT and due is not None and today > due:
        return Stage.OVERDUE
    return stage
