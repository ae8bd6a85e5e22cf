"""Until when somebody has to answer, and whether the law says so or only we do (DESIGN promises 4 and 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.domain.jurisdictions import Elsewhere, IdentityRule, Jurisdiction, Period, PeriodKind
from bot.domain.periods import DaysOff, end_of, extension_in_time, unmoved_end_of, working_day_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.jurisdictions import Window

Calendars: TypeAlias = Callable[[str | None], DaysOff]
"""The days off of a place (`Jurisdiction.holidays`); None: Saturdays and Sundays only."""

OUR_ANSWER_CHECK = Period(PeriodKind.NONE, length=1, extended=None, article="")
"""We look after a month where no law is on record."""
OUR_COMPLAINT_CHECK = Period(PeriodKind.NONE, length=3, extended=None, article="")
"""We look after three months where no law is on record."""
POST_TAKES = timedelta(weeks=1)
"""Ours: a letter is reckoned to arrive after a week until the person tells the day."""
REMINDER_TAKES = timedelta(weeks=2)
"""Ours: how long a reminder to Meta is given."""


class Basis(StrEnum):
    """Whose day it is. No date is told without it."""

    LEGAL = "legal"
    OUR_CHECK = "our_check"
    LEGAL_IF_GDPR = "legal_if_gdpr"
    """The law of the account's registration sets it; whether the person can rely on that law is unsure."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A calendar day in no zone; it ends with that day's last hour.

    `article` is empty for a day that is only ours.
    """

    day: date
    basis: Basis
    article: str = ""
    nominal: date | None = None
    """The same-numbered day before it moved off a day off; None if it did not move."""
    unsure: bool = False
    """The law of `article` names the period, but how its end is counted is not on record."""
    waits: bool = False
    """Meta asked who the person is and has no answer: meanwhile the law's time may stand still."""

    def reckoned(self) -> Deadline:
        """The same day as our own check: what it was counted from is our guess."""
        return replace(self, basis=Basis.OUR_CHECK, nominal=None)


@dataclass(frozen=True, slots=True)
class IdentityQuestion:
    """Meta asked who somebody is; `given` is the day of the answer, None while there is none."""

    asked: date
    given: date | None = None


def answer_deadline(  # noqa: PLR0913  # what a month may hang on, each by its name
    received: date,
    *,
    registered: Jurisdiction | None,
    residence: Jurisdiction | Elsewhere | None,
    calendars: Calendars,
    extension_told: date | None = None,
    identity: IdentityQuestion | None = None,
) -> Deadline:
    """Meta's last day to tell what it did: one calendar month from receipt (Art. 12(3) GDPR, 12A UK GDPR).

    The law follows the residence once it is known (`residence` None: not asked yet), else the registration.
    Where the residence's law sets no period, the registration's month is legal only if that law applies.
    An extension moves the day to three months from receipt if it was told in time. A question about who somebody is
    pauses the period or starts it anew, as the law has it; while it is open, the day is only our check.
    """
    law, basis = _law_for_answers(registered, residence)
    period = law.answer if law else OUR_ANSWER_CHECK
    days_off = calendars(law.holidays if law else None)
    rule = law.identity if law else IdentityRule.NONE
    counts = identity if identity and _asked_in_time(received, identity, period, days_off) else None
    begins = _begin(received, rule, counts)
    extended = extension_told is not None and extension_in_time(begins, extension_told, period, days_off)
    nominal = unmoved_end_of(begins, period, extended=extended) + _pause(rule, counts)
    day = working_day_from(nominal, days_off)
    named = period.kind is not PeriodKind.NONE
    due = Deadline(day, basis, period.article if named else "", nominal if nominal != day else None)
    due = due if period.sure else replace(due.reckoned(), unsure=True)
    waits = counts is not None and counts.given is None and rule is not IdentityRule.NONE
    return replace(due.reckoned(), waits=True) if waits else due


def may_extend(
    received: date,
    told: date,
    *,
    registered: Jurisdiction | None,
    residence: Jurisdiction | Elsewhere | None,
    calendars: Calendars,
) -> bool:
    """Does an extension told on that day count? Within the first month from receipt (Art. 12(3) GDPR)."""
    law, _ = _law_for_answers(registered, residence)
    return law is not None and extension_in_time(received, told, law.answer, calendars(law.holidays))


def complaint_deadline(filed: date, *, law: Jurisdiction | None, days_off: DaysOff) -> Deadline:
    """When the authority should have told how things stand: three calendar months (Art. 78(2) GDPR).

    They begin with the day on which it received the complaint. `law` is that of the authority's country,
    `days_off` are the days off there.
    """
    period = law.complaint if law else OUR_COMPLAINT_CHECK
    return Deadline(end_of(filed, period, days_off), _own_basis(period), period.article)


def company_deadline(filed: date, *, law: Jurisdiction | None, calendars: Calendars) -> Deadline | None:
    """Until when the company must acknowledge a complaint made to it: 30 days (DPA 2018 s. 164A).

    None where the law knows no such complaint. The outcome has no fixed day. The day of receipt is not counted and
    an end on a day off moves, as the Commissioner counts: it is never earlier than the statute's own words.
    """
    if law is None or law.company is None:
        return None
    return Deadline(end_of(filed, law.company, calendars(law.holidays)), Basis.LEGAL, law.company.article)


def devoid_deadline(told: date, *, law: Jurisdiction | None, days_off: DaysOff) -> Deadline | None:
    """The last day to object to a closing as devoid of purpose: four weeks (Reg. 2025/2518 Art. 5(2)).

    None where the law has no such rule on the day of telling. `days_off` are those of the authority's place.
    """
    rules = law.rules_on(told) if law else None
    return Deadline(end_of(told, rules.devoid, days_off), Basis.LEGAL, rules.devoid.article) if rules else None


def last_day_to_complain(
    window: Window, *, known: date, contact: date, request: date, answered: date | None
) -> Deadline:
    """The last day for a complaint. It does not move off days off: to be early costs nothing, to be late everything."""
    since = {"knowledge": known, "contact": contact, "request": request}[window.counts_from]
    last = unmoved_end_of(since, Period(window.unit, window.length, None, window.article))
    if window.answered is not None and answered is not None:
        last = min(last, answered + timedelta(days=window.answered))
    return Deadline(last, Basis.LEGAL if window.is_law else Basis.OUR_CHECK, window.article)


def reminder_check(sent: date, days_off: DaysOff) -> Deadline:
    """When we ask whether a reminder to Meta was answered: two weeks later, on a working day. No law."""
    return Deadline(working_day_from(sent + REMINDER_TAKES, days_off), Basis.OUR_CHECK)


def arrival_by_post(posted: date, told: date | None = None) -> date:
    """The day a letter counts as received: the day the person tells, until then a week after posting.

    A deadline from an untold arrival is `reckoned()`.
    """
    return told or posted + POST_TAKES


def _asked_in_time(received: date, identity: IdentityQuestion, period: Period, days_off: DaysOff) -> bool:
    """A question that comes when the time is over stops nothing: it must come without undue delay."""
    return received <= identity.asked <= end_of(received, period, days_off)


def _begin(received: date, rule: IdentityRule, identity: IdentityQuestion | None) -> date:
    if rule is IdentityRule.RESTARTS and identity and identity.given:
        return max(received, identity.given)
    return received


def _pause(rule: IdentityRule, identity: IdentityQuestion | None) -> timedelta:
    if rule is IdentityRule.PAUSES and identity and identity.given:
        return max(identity.given - identity.asked, timedelta(0))
    return timedelta(0)


def _law_for_answers(
    registered: Jurisdiction | None, residence: Jurisdiction | Elsewhere | None
) -> tuple[Jurisdiction | None, Basis]:
    lived_in = residence if isinstance(residence, Jurisdiction) else None
    law = _first_with_period((lived_in, registered)) or lived_in or registered
    if law is None or law.answer.kind is PeriodKind.NONE:
        return law, Basis.OUR_CHECK
    settled = residence is None or law is lived_in
    return law, Basis.LEGAL if settled else Basis.LEGAL_IF_GDPR


def _first_with_period(laws: Iterable[Jurisdiction | None]) -> Jurisdiction | None:
    return next((law for law in laws if law and law.answer.kind is not PeriodKind.NONE), None)


def _own_basis(period: Period) -> Basis:
    return Basis.OUR_CHECK if period.kind is PeriodKind.NONE or not period.sure else Basis.LEGAL
