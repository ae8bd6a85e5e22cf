"""A day as somebody says it: a date, one without its year, so many days away, a weekday. Which it is, today tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

EARLIEST = 2018
"""The GDPR applies since 2018; an earlier year is a slip."""
WEEK = 7


class Side(Enum):
    """Which weekday is meant: the last one, the next one, or the one that the question is about."""

    LAST = "last"
    NEXT = "next"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class SaidDay:
    """One of the four; the others are None."""

    exactly: date | None = None
    yearless: tuple[int, int] | None = None
    """Month and day."""
    away: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    side: Side = Side.NEAREST

    def on(self, today: date, *, ahead: bool = False) -> date | None:
        """The day that is meant, seen from today; `ahead`: of a day to come, where neither year nor week was said."""
        if self.away is not None:
            return today + timedelta(days=self.away)
        if self.weekday is not None:
            return self._weekday(today, ahead=self.side is Side.NEXT or (ahead and self.side is Side.NEAREST))
        return _without_year(*self.yearless, today, ahead=ahead) if self.yearless else self.exactly

    def _weekday(self, today: date, *, ahead: bool) -> date:
        assert self.weekday is not None  # noqa: S101  # asked only where one was said
        if ahead:
            return today + timedelta(days=(self.weekday - today.weekday() - 1) % WEEK + 1)
        back = (today.weekday() - self.weekday) % WEEK
        return today - timedelta(days=back or (WEEK if self.side is Side.LAST else 0))


def _without_year(month: int, day: int, today: date, *, ahead: bool) -> date | None:
    """The last such day up to today, or the next one after it. None: there is none in that year."""
    this_year = dated(today.year, month, day)
    if this_year and (this_year > today) is ahead:
        return this_year
    return dated(today.year + (1 if ahead else -1), month, day)


def dated(year: int, month: int, day: int) -> date | None:
    """That day, if there is one and it can be meant."""
    try:
        return date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None
