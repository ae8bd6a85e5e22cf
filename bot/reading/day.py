"""Which day does a text say? Digits in Europe's order or ISO 8601, a month or weekday by name, "two weeks ago"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.domain.said_days import SaidDay, Side, dated
from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.knowledge.days import DaysEntry

LONGEST = 60
FURTHEST = 3660
"""Days; "in 99999 weeks" is no day that anybody means, nor one that the calendar has."""
YEAR_DIGITS = 4
_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{2}))?\.?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,2})\.?")
_NAMED = re.compile(r"(?:(\d{4}) )?(\d{1,2})? ?([^\d ]+) ?(\d{1,2})?(?: (\d{4}))?")
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d{2})?h?")


class DayIndex:
    """The words of all languages of days.toml, ready to be searched; names of months and weekdays come with a call."""

    def __init__(self, entries: Iterable[DaysEntry]) -> None:
        entries = tuple(entries)
        self._away = {fold(words): days for each in entries for words, days in each.days.items()}
        self._sides = {fold(word): Side.LAST for each in entries for word in each.last}
        self._sides |= {fold(word): Side.NEXT for each in entries for word in each.next}
        self._around = _folded(word for each in entries for word in each.around)
        self._daytime = _folded(word for each in entries for word in each.daytime)
        self._clock = _folded(word for each in entries for word in each.clock)
        self._counted = tuple(_patterns(entries))
        ordinals = "|".join(ending for each in entries for ending in each.ordinals)
        self._ordinal = re.compile(rf"(?<=\d)(?:{ordinals})\b" if ordinals else r"(?!)")

    def read(self, text: str, months: Mapping[str, int], weekdays: Mapping[str, int]) -> SaidDay | None:
        """The day that a typed text says; None if it says none. Names are the chat language's, folded."""
        text = self._ordinal.sub("", text.strip().lower())
        if len(text) > LONGEST:
            return None
        words = text.split()
        return next(
            (found for part in self._cores(words, weekdays) if (found := self._said(part, months, weekdays))), None
        )

    def _cores(self, words: Sequence[str], weekdays: Mapping[str, int]) -> Iterator[list[str]]:
        """The text, then what is left without the words around, without the hour, the time of day, the weekday."""
        yield list(words)
        hour = next((at for at, word in enumerate(words[:-1]) if self._is_hour(word, words[at + 1])), len(words))
        core = list(words[:hour])
        while core and fold(core[0]) in self._around:
            core.pop(0)
        while core and fold(core[-1]) in self._around:
            core.pop()
        yield core
        while len(core) > 1 and fold(core[-1]) in self._daytime:
            core.pop()
            yield list(core)
        if len(core) > 1 and fold(core[0]) in weekdays:
            rest = core[1:]
            yield rest[1:] if fold(rest[0]) in self._around else rest

    def _is_hour(self, word: str, following: str) -> bool:
        return fold(word) in self._clock and _HOUR.fullmatch(following) is not None

    def _said(self, words: Sequence[str], months: Mapping[str, int], weekdays: Mapping[str, int]) -> SaidDay | None:
        text = " ".join(words)
        plain = fold(" ".join(word for word in words if fold(word) not in self._around))
        reckoned = self._reckoned(fold(text)) or self._reckoned(plain)
        return _date(text) or _named(plain, months) or reckoned or self._weekday(plain, weekdays)

    def _reckoned(self, plain: str) -> SaidDay | None:
        if plain in self._away:
            return SaidDay(away=self._away[plain])
        for pattern, numbers, units, sign in self._counted:
            if match := pattern.fullmatch(plain):
                number = numbers.get(match["n"]) or (int(match["n"]) if match["n"].isdecimal() else 0)
                days = number * units[match["unit"]]
                return SaidDay(away=sign * days) if 0 < days <= FURTHEST else None
        return None

    def _weekday(self, plain: str, weekdays: Mapping[str, int]) -> SaidDay | None:
        first, _, rest = plain.partition(" ")
        side = self._sides.get(first, Side.NEAREST) if rest else Side.NEAREST
        name = rest if side is not Side.NEAREST else plain
        number = weekdays.get(name, next((weekdays[day] for day in weekdays if self._in_one_word(name, day)), None))
        return SaidDay(weekday=number, side=side) if number is not None else None

    def _in_one_word(self, name: str, day: str) -> bool:
        """As in “Montagabend”."""
        return name.startswith(day) and name[len(day) :] in self._daytime


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _patterns(
    entries: Iterable[DaysEntry],
) -> Iterator[tuple[re.Pattern[str], Mapping[str, int], Mapping[str, int], int]]:
    """“{n} {unit} ago” of each language, with its numbers and units, and whether it lies behind or ahead."""
    for each in entries:
        numbers = {fold(word): number for word, number in each.numbers.items()}
        units = {fold(word): days for word, days in each.units.items()}
        n = "|".join([r"\d{1,3}", *map(re.escape, sorted(numbers, key=len, reverse=True))])
        for patterns, sign in ((each.ago, -1), (each.ahead, 1)):
            for pattern in patterns:
                before, after = pattern.split("{n} {unit}")
                unit = "|".join(map(re.escape, units))
                yield re.compile(f"{before}(?P<n>{n}) (?P<unit>{unit}){after}"), numbers, units, sign


def _date(text: str) -> SaidDay | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
        return _said_date(year, int(month), int(day))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, given = match.groups()
        return _said_date(given, int(month), int(day))
    return None


def _named(text: str, months: Mapping[str, int]) -> SaidDay | None:
    match = _NAMED.fullmatch(text)
    if not match:
        return None
    year_before, before, name, after, year_after = match.groups()
    month, day = months.get(name), before or after
    return _said_date(year_before or year_after, month, int(day)) if month and day else None


def _said_date(given: str | None, month: int, day: int) -> SaidDay | None:
    if not given:
        return SaidDay(yearless=(month, day)) if _is_a_day(month, day) else None
    found = dated(int(given) if len(given) == YEAR_DIGITS else 2000 + int(given), month, day)
    return SaidDay(found) if found else None


def _is_a_day(month: int, day: int) -> bool:
    """Is there such a day in a leap year?"""
    return dated(2024, month, day) is not None
