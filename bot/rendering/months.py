"""Names of months and weekdays as people type them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
SHORTEST = 3
"""Letters of a weekday."""


@cache
def month_names(language: str) -> Mapping[str, int]:
    """Folded names of the months in a language and in English, with their numbers."""
    return dict(_names("months", language))


@cache
def weekday_names(language: str) -> Mapping[str, int]:
    """The same of the days of a week, Monday being 0; not so short that they are words of another kind ("So")."""
    return {name: number for name, number in _names("days", language) if len(name) >= SHORTEST}


def _names(what: str, language: str) -> Iterator[tuple[str, int]]:
    for locale in (Locale.parse("en"), Locale.parse(language)):
        for context in getattr(locale, what).values():
            for width in ("wide", "abbreviated"):
                yield from ((fold(name), number) for number, name in context.get(width, {}).items())
