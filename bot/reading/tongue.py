"""Which language a chat message is written in, as far as its everyday words and letters tell. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.knowledge.tongues import TongueEntry

LONGEST = 400
"""More of a text is not looked at."""
SURE = 1.0
"""Everyday words that no other language has, or so many shared ones; below that nothing is said."""
AHEAD = 1.5
"""So many times as much must speak for a foreign language as for one of ours."""

NEAR = 0.5
"""Relatives of the likeliest language are looked at too, if so much as that part of it speaks for them."""


class Tongues:
    """The languages that can be told apart."""

    def __init__(self, entries: Mapping[str, TongueEntry]) -> None:
        self._scripts = {language: frozenset(entry.scripts) for language, entry in entries.items()}
        of_word: dict[str, set[str]] = defaultdict(set)
        for language, entry in entries.items():
            for word in fold(entry.words).split():
                of_word[word].add(language)
        self._of_word = {word: tuple(sorted(languages)) for word, languages in of_word.items()}

    def words(self, language: str) -> list[str]:
        """The everyday words of a language, folded."""
        return [word for word, languages in self._of_word.items() if language in languages]

    def language(self, text: str, spoken: Collection[str]) -> str:
        """The language of a text; one of `spoken` unless more speaks for another; empty if it can't be told."""
        told = self._told(text)
        if not told:
            return ""
        ours = max(spoken, key=lambda each: told[each], default="")
        best, weight = max(told.items(), key=lambda each: each[1])
        if best in spoken or weight < SURE:
            return ours if told[ours] >= SURE else ""
        return best if weight > AHEAD * told[ours] else ours

    def near(self, text: str, spoken: Collection[str]) -> list[str]:
        """The foreign languages that a text may be written in: relatives share most of their words."""
        told = self._told(text)
        if self.language(text, spoken) in {"", *spoken}:
            return []
        return [each for each, weight in told.items() if each not in spoken and weight >= NEAR * max(told.values())]

    def is_foreign(self, text: str, spoken: Collection[str]) -> bool:
        """Is it written in letters or words that none of `spoken` has?"""
        letters = _letters(text)
        ours = frozenset[str]().union(*(self._scripts.get(each, frozenset()) for each in spoken))
        foreign = sum(count for script, count in letters.items() if script not in ours)
        if foreign * 2 > letters.total():
            return True
        return self.language(text, spoken) not in {"", *spoken}

    def _told(self, text: str) -> Counter[str]:
        """How much speaks for each language: a word that several have counts for each only in part."""
        told: Counter[str] = Counter()
        for word in dict.fromkeys(fold(text[:LONGEST]).split()):
            languages = self._of_word.get(word, ())
            for language in languages:
                told[language] += 1 / len(languages)  # type: ignore[assignment]  # parts of a count
        return told


def _letters(text: str) -> Counter[str]:
    """How many letters of each script there are."""
    return Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in text[:LONGEST] if sign.isalpha())
