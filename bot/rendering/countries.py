"""Countries by name: as people read them, and all the names under which they may be typed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from bot.reading.country import CountryIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SOURCE_LANGUAGE = "en"
LANGUAGES_KEPT = 64
"""More than the interface will have; bounds what a made-up language tag can cost."""


def country_name(code: str, language: str) -> str:
    """A country's name in a language (`de`, `pt-BR`), else in English, else its code."""
    return _names_in(language).get(code) or _names_in(SOURCE_LANGUAGE).get(code, code)


class CountryNames:
    """Finds countries in what is typed: in the chat's language, in English and in the country's own.

    `own` are names beside those of a language: `Knowledge.names`, the countries we serve first.
    An index is made when a language is first asked for, and then kept.
    """

    def __init__(self, own: Mapping[str, Collection[str]], before: Collection[str] = ()) -> None:
        self._own = own
        self._before = before
        self._indexes: dict[str, CountryIndex] = {}

    def index(self, language: str) -> CountryIndex:
        """All names for somebody who chats in that language."""
        known = _locale(language).language
        if known not in self._indexes:
            self._indexes[known] = CountryIndex(self._names(known), self._before)
        return self._indexes[known]

    def _names(self, language: str) -> dict[str, list[str]]:
        read = (_names_in(language), _names_in(SOURCE_LANGUAGE))
        return {code: [*own, *(names[code] for names in read if code in names)] for code, own in self._own.items()}


@lru_cache(maxsize=LANGUAGES_KEPT)
def _names_in(language: str) -> Mapping[str, str]:
    return dict(_locale(language).territories)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse(SOURCE_LANGUAGE)
