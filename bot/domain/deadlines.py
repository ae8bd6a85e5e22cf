"""Until when somebody has to answer, and whether the law says so or only we do (DESIGN promises 4 and 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.domain.jurisdictions import Elsewhere, Jurisdiction, Period, PeriodKind
from bot.domain.periods import DaysOff, end_of, extension_in_time, unmoved_end_of, working_day_from

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    def reckoned(self) -> Deadline:
        """The same day as our own check: what it was counted from is our guess."""
        return replace(self, basis=Basis.OUR_CHECK, nominal=None)


def answer_deadline(
    received: date,
    *,
    registered: Jurisdiction | None,
    residence: Jurisdiction | Elsewhere | None,
    calendars: Calendars,
    extension_told: date | None = None,
) -> Deadline:
    """Meta's last day to tell what it did: one calendar month from receipt (Art. 12(3) GDPR, 12A UK GDPR).

    The law follows the residence once it is known (`residence` None: not asked yet), else the registration.
    Where the residence's law sets no period, the registration's month is legal only if that law applies.
    An extension moves the day to three months from receipt if it was told in time.
    """
    law, basis = _law_for_answers(registered, residence)
    period = law.answer if law else OUR_ANSWER_CHECK
    days_off = calendars(law.holidays if law else None)
    extended = extension_told is not None and extension_in_time(received, extension_told, period, days_off)
    day = end_of(received, period, days_off, extended=extended)
    nominal = unmoved_end_of(received, period, extended=extended)
    article = "" if basis is Basis.OUR_CHECK else period.article
    return Deadline(day, basis, article, nominal if nominal != day else None)


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


def reminder_check(sent: date, days_off: DaysOff) -> Deadline:
    """When we ask whether a reminder to Meta was answered: two weeks later, on a working day. No law."""
    return Deadline(working_day_from(sent + REMINDER_TAKES, days_off), Basis.OUR_CHECK)


def arrival_by_post(posted: date, told: date | None = None) -> date:
    """The day a letter counts as received: the day the person tells, until then a week after posting.

    A deadline from an untold arrival is `reckoned()`.
    """
    return told or posted + POST_TAKES


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
    return next((law for law in laws if law and law.answer.kind is PeriodKind.MONTHS), None)


def _own_basis(period: Period) -> Basis:
    return Basis.LEGAL if period.kind is PeriodKind.MONTHS else Basis.OUR_CHECK
