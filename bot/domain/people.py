"""A person: everything that is kept of somebody, as one document. DESIGN promise 5 lists what never enters it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.bulletins import Draft  # a field's type
from bot.domain.cases import MAX_CASES, Case, FactKind, QuietHours, Session
from bot.domain.forms import Service
from bot.domain.periods import months_after

KEPT_MONTHS = 12
"""A case is kept that many months after its last date (promise 5)."""
MAX_GROUPS = 20
"""Groups that one person looks after: more than anybody has been seen to need."""
KEPT_WITH_GROUP = timedelta(days=365)
"""Who set up a group is told when nothing can be posted there any more, so they are kept longer."""
KEPT_WITHOUT_CASE = timedelta(days=90)
"""Somebody who only looked in is forgotten sooner."""
NOTICE_BEFORE = timedelta(days=14)
"""Days between the notice of the coming deletion and the deletion."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a private chat. `since` and `seen` are days by their own clock."""

    chat_id: int
    language: str
    zone: str
    since: date
    seen: date
    zone_chosen: bool = False
    residence: str | None = None
    """Lives in: decides law and authority. Asked only after "sent" or for a complaint."""
    region: str | None = None
    quiet: QuietHours = field(default_factory=QuietHours)
    cases: tuple[Case, ...] = ()
    session: Session = field(default_factory=Session)
    nudged: date | None = None
    """The last day with a nudge: at most one message a day."""
    kept_until: date | None = None
    """Later than the rule says, because the person chose to keep everything longer."""
    blocked: bool = False
    groups: tuple[int, ...] = ()
    """The numbers of the groups and channels that the person set up."""
    draft: Draft | None = None
    """What an operator is about to write to groups."""
    closes: date | None = None
    """The day on which the service closes, as the person was told."""

    def case(self, number: int | None) -> Case | None:
        """The case of that number, None if there is none (any more)."""
        return next((case for case in self.cases if case.number == number), None)

    def with_case(self, case: Case) -> Person:
        """The person with that case put in the place of the one with its number, or added."""
        others = [other for other in self.cases if other.number != case.number]
        return replace(self, cases=tuple(sorted([*others, case], key=lambda each: each.number)))

    def begin(self, service: Service, country: str, today: date) -> tuple[Person, Case]:
        """A new case; at most MAX_CASES, then the last one is given instead."""
        if len(self.cases) >= MAX_CASES:
            return self, self.cases[-1]
        number = max((case.number for case in self.cases), default=0) + 1
        case = Case(number, service, country).with_fact(FactKind.BEGUN, today=today)
        return self.with_case(case), case

    def with_group(self, group: int) -> Person:
        """The person with a group that they look after; the oldest ones are let go when there are too many."""
        others = tuple(each for each in self.groups if each != group)
        return replace(self, groups=(*others, group)[-MAX_GROUPS:])

    def without_group(self, group: int) -> Person:
        """The person without that group."""
        return replace(self, groups=tuple(each for each in self.groups if each != group))

    def without_case(self, number: int) -> Person:
        """The person without that case."""
        return replace(self, cases=tuple(case for case in self.cases if case.number != number))


def forget_on(person: Person, last_dates: list[date]) -> date:
    """The day on which everything is erased. `last_dates` are the latest day of each case, its date included."""
    if not last_dates:
        return person.seen + (KEPT_WITH_GROUP if person.groups else KEPT_WITHOUT_CASE)
    rule = months_after(max([*last_dates, person.since]), KEPT_MONTHS)
    return max(rule, person.kept_until) if person.kept_until else rule


def taken_over(into: Person, given: Person) -> Person:
    """The person with an export taken over: cases, residence, language and clock; chat and session stay."""
    return replace(
        into,
        language=given.language,
        zone=given.zone,
        zone_chosen=given.zone_chosen,
        quiet=given.quiet,
        residence=given.residence,
        region=given.region,
        cases=_joined(into.cases, given.cases)[:MAX_CASES],
    )


def _joined(mine: tuple[Case, ...], given: tuple[Case, ...]) -> tuple[Case, ...]:
    """An objection that is here already stays one: an own export may come back. The one that went on longer counts."""
    alone, found = list(mine), list(mine)
    for case in given:
        twins = [each for each in alone if _is_one(each, case)]
        if not twins:
            found.append(replace(case, number=max((each.number for each in found), default=0) + 1))
            continue
        twin = min(twins, key=lambda each: each.facts != case.facts)
        alone.remove(twin)
        if len(case.facts) > len(twin.facts):
            found[found.index(twin)] = replace(case, number=twin.number)
    return tuple(found)


def _is_one(one: Case, other: Case) -> bool:
    """Is the one the beginning of the other?"""
    length = min(len(one.facts), len(other.facts))
    is_like = (one.service, one.country) == (other.service, other.country)
    is_labelled_alike = one.label is other.label or None in {one.label, other.label}
    return is_like and is_labelled_alike and one.facts[:length] == other.facts[:length]
