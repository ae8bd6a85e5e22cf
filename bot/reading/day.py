"""Which day does a text mean? Digits in Europe's order or ISO 8601, or a month by name. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 40
EARLIEST = 2018
"""The GDPR applies since 2018; an earlier year is a slip."""
_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{2}))?\.?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,2})\.?")
_NAMED = re.compile(r"(?:(\d{4}) )?(\d{1,2})? ?([^\d ]+) ?(\d{1,2})?(?: (\d{4}))?")


def read_day(text: str, months: Mapping[str, int], today: date) -> date | None:
    """The day that a typed text means; without a year the last such day up to today. None if it is no day.

    `months` are the chat language's names of months, folded, with their numbers.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
        return _made(int(year), int(month), int(day))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, given = match.groups()
        return _with_year(given, int(month), int(day), today)
    return _named(fold(text), months, today)


def _named(text: str, months: Mapping[str, int], today: date) -> date | None:
    match = _NAMED.fullmatch(text)
    if not match:
        return None
    year_before, before, name, after, year_after = match.groups()
    month = months.get(name)
    day = before or after
    if month is None or day is None:
        return None
    return _with_year(year_before or year_after, month, int(day), today)


def _with_year(given: str | None, month: int, day: int, today: date) -> date | None:
    if given:
        year = int(given) if len(given) == 4 else 2000 + int(given)  # noqa: PLR2004  # digits of a year
        return _made(year, month, day)
    this_year = _made(today.year, month, day)
    if this_year and this_year <= today:
        return this_year
    return _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None
