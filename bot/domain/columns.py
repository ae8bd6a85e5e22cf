"""The last 30 days as columns: what each day is shown as, and the whole in numbers. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.days import Day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SHOWN = 30
"""Days, today among them."""
SINGLE_FAILURES = 0.1
"""Of a day's looks so many fail by themselves, and say nothing about the form: networks are like that."""
SECONDS_A_DAY = 86_400


class Shade(StrEnum):
    """What a day is shown as."""

    ANSWERED = "answered"
    DOUBTFUL = "doubtful"
    """More than single looks failed, and nothing was confirmed."""
    DOWN = "down"
    """A confirmed outage on that day, however short."""
    UNSEEN = "unseen"
    """No look told anything."""


@dataclass(frozen=True, slots=True)
class Column:
    """One day. `share` is the part of the day with a confirmed outage, 0 to 1."""

    day: Day
    shade: Shade
    share: float


@dataclass(frozen=True, slots=True)
class Sum:
    """All columns together: days by shade, looks that told something, seconds of confirmed outages."""

    answered: int
    doubtful: int
    down: int
    unseen: int
    looks: int
    seconds_down: int


def columns(days: Sequence[Day], today: date) -> tuple[Column, ...]:
    """The last 30 days up to today (UTC), the oldest first; a day without a record is one without a look."""
    known = {each.day: each for each in days}
    window = (today - timedelta(days=back) for back in reversed(range(SHOWN)))
    return tuple(_column(known.get(day, Day(day))) for day in window)


def _column(day: Day) -> Column:
    return Column(day, _shade(day), min(1.0, day.down / SECONDS_A_DAY))


def _shade(day: Day) -> Shade:
    told = day.ok + day.bad
    if day.down > 0:
        return Shade.DOWN
    if told == 0:
        return Shade.UNSEEN
    return Shade.DOUBTFUL if day.bad > told * SINGLE_FAILURES else Shade.ANSWERED


def summed(shown: Sequence[Column]) -> Sum:
    """The numbers for a sentence."""
    count = Counter(each.shade for each in shown)
    return Sum(
        count[Shade.ANSWERED],
        count[Shade.DOUBTFUL],
        count[Shade.DOWN],
        count[Shade.UNSEEN],
        sum(each.day.ok + each.day.bad for each in shown),
        sum(each.day.down for each in shown),
    )
