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
    COMPANY = "company"
    """Meta's word on a complaint made to it."""
    DEVOID = "devoid"
    """The person's objection to a closing."""
    LAST_DAY = "last_day"
    """The last day for a complaint to the authority."""
    ERASURE = "erasure"


class Law(Protocol):
    """Who knows the dates of a case."""

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
    return [each for case in person.cases for each in _of_case(case, person, law)]


def _of_case(case: Case, person: Person, law: Law) -> list[Dated]:
    """What came back undelivered keeps its dates: calendars have them by then."""
    sent = replace(case, facts=tuple(fact for fact in case.facts if fact.kind is not FactKind.UNDELIVERED))
    dates = law.dates(sent, person.residence, person.region)
    found = {
        Awaited.ANSWER: dates.answer,
        Awaited.LETTER: dates.check,
        Awaited.COMPANY: dates.company,
        Awaited.LAST_DAY: dates.last_day,
        Awaited.COMPLAINT: dates.authority,
        Awaited.DEVOID: dates.devoid,
        Awaited.ERASURE: dates.erasure,
    }
    running = _running(case)
    return [Dated(case, awaited, due, awaited not in running) for awaited, due in found.items() if due]


def _running(case: Case) -> set[Awaited]:
    """What is waited for. Once Meta has accepted or refused it has answered; all else leaves its date standing."""
    last = telling(case.facts)
    stage = AFTER[last.kind] if last else Stage.NOT_SENT
    told = case.last(FactKind.SENT, FactKind.CONFIRMED, FactKind.REFUSED)
    answer = {Awaited.ANSWER} if told and told.kind is FactKind.SENT else set()
    match stage:
        case Stage.SENT | Stage.ANSWERED:
            return {Awaited.LAST_DAY, *answer}
        case Stage.WRITTEN:
            return {Awaited.LETTER, Awaited.COMPANY, Awaited.LAST_DAY, *answer}
        case Stage.COMPLAINED:
            return {Awaited.COMPLAINT, *({Awaited.DEVOID} if last and last.kind is FactKind.DEVOID else ())}
        case Stage.ACCEPTED:
            return {Awaited.ERASURE} if last and last.kind is FactKind.ERASURE_ASKED else set()
        case _:
            return set()
