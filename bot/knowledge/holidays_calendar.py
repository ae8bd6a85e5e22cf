"""Public holidays by the `holidays` library, as the plain question of the pure rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import holidays

from bot.domain.errors import KnowledgeError

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.periods import DaysOff

SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Saturday or Sunday, in every calendar of ours."""
    return day.weekday() >= SATURDAY


@cache
def days_off(place: str | None) -> DaysOff:
    """The days off of a place such as `IE`, `GB-ENG`, `DE-BY`: ISO 3166-1, or 3166-2 for a part of one.

    Without a place only Saturdays and Sundays are off. Public holidays only: no bank's, no half days.
    """
    if not place:
        return is_weekend
    public = _calendar(place)
    return lambda day: is_weekend(day) or day in public


def _calendar(place: str) -> holidays.HolidayBase:
    country, _, part = place.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError as error:
        raise KnowledgeError(f"holidays: {place}: no such calendar in the holidays library") from error
