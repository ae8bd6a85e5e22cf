"""Names of months as people type them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def month_names(language: str) -> Mapping[str, int]:
    """Folded names of the months in a language and in English, with their numbers."""
    found: dict[str, int] = {}
    for locale in (Locale.parse("en"), Locale.parse(language)):
        for context in locale.months.values():
            for width in ("wide", "abbreviated"):
                found.update({fold(name): number for number, name in context.get(width, {}).items()})
    return found
