"""The dates that somebody takes along: which there are, and which of them nothing is waited for any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.domain.cases import FactKind
from bot.domain.stages import AFTER, Stage, telling

if TYPE_CHECKING:
    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case
    from bot.domain.deadlines import Deadline
    from bot.domain.people import Person


class Awaited(StrEnum):
    """What a date is about. The value goes into the entry's name in calendars: never change one."""

    ANSWER = "answer"
    LETTER = "letter"
    COMPLAINT = "complaint"


class Law(Protocol):
    """Who knows the dates of a case."""

    def deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When Meta's answer is due."""

    def complaint_deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When the authority should have told how things stand."""

    def dates(self, case: Case, residence: str | None, region: str | None = None) -> CaseDates:
        """All dates of a case."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a case. `over`: nothing is waited for; a calendar that has the entry is to strike it."""

    case: Case
    awaited: Awaited
    due: Deadline
    over: bool

    @property
    def key(self) -> str:
        """Its name among all dates of the person; the same whatever happens to the case."""
        return f"{self.case.number}:{self.awaited}"


def dates_of(person: Person, law: Law) -> list[Dated]:
    """All dates that were ever told to that person, also those that no longer hold."""
    return [each for case in person.cases for each in _of_case(case, person.residence, law)]


def _of_case(case: Case, residence: str | None, law: Law) -> list[Dated]:
    found = {
        Awaited.ANSWER: _answer(case, residence, law),
        Awaited.LETTER: law.dates(case, residence).check,
        Awaited.COMPLAINT: law.complaint_deadline(case, residence),
    }
    running = _running(case)
    return [Dated(case, awaited, due, awaited not in running) for awaited, due in found.items() if due]


def _answer(case: Case, residence: str | None, law: Law) -> Deadline | None:
    """The date of the last dispatch, even if it came back: calendars have it by then."""
    facts = tuple(fact for fact in case.facts if fact.kind is not FactKind.UNDELIVERED)
    return law.deadline(replace(case, facts=facts), residence)


def _running(case: Case) -> set[Awaited]:
    """What is waited for. Once Meta has accepted or refused it has answered; all else leaves its date standing."""
    last = telling(case.facts)
    stage = AFTER[last.kind] if last else Stage.NOT_SENT
    told = case.last(FactKind.SENT, FactKind.CONFIRMED, FactKind.REFUSED)
    answer = {Awaited.ANSWER} if told and told.kind is FactKind.SENT else set()
    match stage:
        case Stage.SENT | Stage.ANSWERED:
            return answer
        case Stage.WRITTEN:
            return {Awaited.LETTER, *answer}
        case Stage.COMPLAINED:
            return {Awaited.COMPLAINT}
        case _:
            return set()
