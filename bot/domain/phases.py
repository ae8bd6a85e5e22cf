"""How far a case has come, derived from its facts and today; and what is to be done next, from one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.case_dates import IDENTITY
from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.stages import Stage, stage_of, telling

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case, Fact
    from bot.domain.deadlines import Deadline
    from bot.domain.jurisdictions import Jurisdiction
    from bot.domain.letters import LetterKind
    from bot.domain.reminders import Nudge

THIRD_PARTY = "third_party"
"""Note of `no_further_action`: the answer belongs to the form about what others have published."""


class Phase(StrEnum):
    """A stage, and on which side of its date it stands."""

    NOT_SENT = "not_sent"
    BLOCKED = "blocked"
    WAITING = "waiting"
    OVERDUE = "overdue"
    IDENTITY = "identity"
    """Meta asked who the person is, and waits."""
    ANSWERED = "answered"
    """Meta answered, no yes; within its time or after it."""
    WRITTEN = "written"
    WRITTEN_OVER = "written_over"
    """Our check after a letter to Meta has passed."""
    COMPANY = "company"
    """Complained to Meta itself; its time to acknowledge runs."""
    COMPANY_OVER = "company_over"
    COMPLAINED = "complained"
    COMPLAINED_OVER = "complained_over"
    """The authority's time has passed."""
    DEVOID = "devoid"
    """The authority takes the complaint for settled; the person may object."""
    ACCEPTED = "accepted"
    CLOSED = "closed"


class Said(StrEnum):
    """What Meta last said about the present dispatch."""

    NOTHING = "nothing"
    REFUSED = "refused"
    NO_FURTHER_ACTION = "no_further_action"
    WANTS_IDENTITY = "wants_identity"
    WANTS_PROOF = "wants_proof"
    """A screenshot of an AI answer: the third-party form's question."""
    OTHER_FORM = "other_form"
    """The answer belongs to another form than the one about own posts."""
    NOT_IN_REGION = "not_in_region"
    MORE_TIME = "more_time"
    ACCEPTED = "accepted"


class NextStep(StrEnum):
    """What is to be done next, in the order in which advice grows."""

    GO_ON = "go_on"
    RIGHT_FORM = "right_form"
    WRITE = "write"
    WAIT = "wait"
    GIVE_IDENTITY = "give_identity"
    REPLY = "reply"
    REMIND = "remind"
    COMPLAIN = "complain"
    OBJECT = "object"
    """To the authority's closing of the complaint."""
    ASK_AUTHORITY = "ask_authority"
    KEEP = "keep"
    """Done: keep the proof."""
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Advice:
    """A cell of the table. `article` is a key of the jurisdiction's articles; the empty one: none is needed."""

    next: NextStep
    letter: LetterKind | None = None
    nudge: Nudge | None = None
    article: str = ""


_ANSWERS = MappingProxyType(
    {
        FactKind.REFUSED: Said.REFUSED,
        FactKind.NO_FURTHER_ACTION: Said.NO_FURTHER_ACTION,
        FactKind.WANTS_PROOF: Said.WANTS_PROOF,
        FactKind.WRONG_FORM: Said.OTHER_FORM,
        FactKind.NOT_IN_REGION: Said.NOT_IN_REGION,
        FactKind.EXTENDED: Said.MORE_TIME,
        FactKind.CONFIRMED: Said.ACCEPTED,
    }
)
_BEGINS = frozenset({FactKind.SENT, FactKind.UNDELIVERED})
"""After these nothing was said yet."""


def said_of(case: Case) -> Said:
    """What Meta last said since the last dispatch."""
    for fact in reversed(case.facts):
        if fact.kind in _BEGINS:
            return Said.NOTHING
        if fact.kind in _ANSWERS:
            return _said(fact, case.service)
    return Said.NOTHING


def _said(fact: Fact, service: Service) -> Said:
    if fact.kind is FactKind.WANTS_PROOF and fact.note == IDENTITY:
        return Said.WANTS_IDENTITY
    return Said.OTHER_FORM if is_of_other_form(fact, service) else _ANSWERS[fact.kind]


def is_of_other_form(fact: Fact, service: Service) -> bool:
    """Did Meta answer so to the third-party form, and not to the objection about the person's own posts?"""
    wrong = fact.kind is FactKind.NO_FURTHER_ACTION and fact.note == THIRD_PARTY
    return wrong and service is not Service.NONE


def phase_of(case: Case, dates: CaseDates, today: date) -> Phase:
    """How far the case has come today. Every history has a phase."""
    last = telling(case.facts)
    match stage_of(case, dates.answer.day if dates.answer else None, today):
        case Stage.SENT:
            return Phase.WAITING
        case Stage.ANSWERED:
            return Phase.IDENTITY if said_of(case) is Said.WANTS_IDENTITY else Phase.ANSWERED
        case Stage.WRITTEN if last and last.kind is FactKind.COMPANY_COMPLAINED:
            return Phase.COMPANY_OVER if _over(dates.company, today) else Phase.COMPANY
        case Stage.WRITTEN:
            return Phase.WRITTEN_OVER if _over(dates.check, today) else Phase.WRITTEN
        case Stage.COMPLAINED:
            return _complained(last, dates, today)
        case stage:
            return Phase(stage.value)


def _complained(last: Fact | None, dates: CaseDates, today: date) -> Phase:
    if last and last.kind is FactKind.DEVOID and dates.devoid and not _over(dates.devoid, today):
        return Phase.DEVOID
    return Phase.COMPLAINED_OVER if _over(dates.authority, today) else Phase.COMPLAINED


def _over(due: Deadline | None, today: date) -> bool:
    return due is not None and today > due.day


class Gate(StrEnum):
    """What must come before a complaint to an authority."""

    OPEN = "open"
    RIGHT_FORM = "right_form"
    """The answer came from another form: no complaint about the wrong one."""
    REQUEST = "request"
    """A request to the company must have been made."""
    COMPANY = "company"
    """The company is to be complained to first."""


def gate_of(case: Case | None, law: Jurisdiction | None, today: date) -> Gate:
    """What stands before a complaint. `law` is the one of whom to complain to.

    The request counts once it was sent, whatever came back (Reg. 2025/2518 Art. 4(3) asks for it from its day on).
    """
    if case and said_of(case) is Said.OTHER_FORM:
        return Gate.RIGHT_FORM
    asks_first = law is not None and (law.company_first or law.rules_on(today) is not None)
    if asks_first and not (case and case.last(FactKind.SENT)):
        return Gate.REQUEST
    if law and law.company and not (case and case.since(FactKind.COMPANY_COMPLAINED)):
        return Gate.COMPANY
    return Gate.OPEN
