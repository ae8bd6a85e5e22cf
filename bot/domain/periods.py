"""Counting periods of the law: Art. 3 of Regulation (EEC, Euratom) 1182/71.

Art. 4A UK GDPR sends to the same rules.
All days are calendar days in no time zone: the day that the person names, whatever the hour.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from bot.domain.jurisdictions import PeriodKind

if TYPE_CHECKING:
    from bot.domain.jurisdictions import Period

DaysOff: TypeAlias = Callable[[date], bool]
"""Is that day a Saturday, a Sunday or a public holiday of the place where action is to be taken?"""

MONTHS_A_YEAR = 12
ONE_DAY = timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same-numbered day that many calendar months later, or that month's last day if it has no such day.

    Art. 3(2)(c): the day of the event is not counted, and the end is the same-named day, not one later.
    """
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def working_day_from(day: date, days_off: DaysOff) -> date:
    """That day, or the next one that is not off. Art. 3(4): an end on a day off moves on, never back."""
    while days_off(day):
        day += ONE_DAY
    return day


def end_of(received: date, period: Period, days_off: DaysOff, *, extended: bool = False) -> date:
    """The last day of a period that began with a receipt, in calendar months (Art. 3(2)(c) and (4)).

    An extended period is counted as a whole from the receipt (three months), not from the end of its first
    month: where one plus two and three months differ at a month's end, this is the later day.
    """
    return working_day_from(unmoved_end_of(received, period, extended=extended), days_off)


def unmoved_end_of(received: date, period: Period, *, extended: bool = False) -> date:
    """The end before it moves off a day off; our own check may be set in days."""
    days = _days_of(period)
    if days is not None:
        return received + timedelta(days=days)
    return months_after(received, period.extended if extended and period.extended else period.length)


def _days_of(period: Period) -> int | None:
    """Weeks end on the day of the same name (Art. 3(2)(c)), days are counted from the next one (Art. 3(1))."""
    match period.kind:
        case PeriodKind.WEEKS:
            return 7 * period.length
        case PeriodKind.DAYS:
            return period.length
        case _:
            return period.days


def extension_in_time(received: date, told: date, period: Period, days_off: DaysOff) -> bool:
    """An extension counts only if told within the first month (Art. 12(3) GDPR), its end moved off days off.

    It cannot be told before the receipt, nor where the law knows none.
    """
    return period.extended is not None and received <= told <= end_of(received, period, days_off)
