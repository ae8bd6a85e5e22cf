"""What a text is searched by: stems and pairs of stems; typos mended, compounds taken apart. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA
from snowballstemmer import stemmer

from bot.reading.country import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STEMMERS = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "sv": "swedish",
}  # fmt: skip
LETTERS_A_TYPO = 5
"""One typo is forgiven for that many letters."""
SHORTEST_MENDED = 4
SHORTEST_PART = 5
"""A part of a compound has at least that many letters."""
SHORTEST_JOINED = 6
"""Two words that together make a known one of at least that many letters were meant as that."""
MENDED, PART = 0.8, 0.7
"""What such a term weighs beside a word that was typed as we know it."""
_DOTS = {"de": (("ae", "a"), ("oe", "o"), ("ue", "u"))}
"""Umlauts are typed as ä, ae or a; all three are read as a."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as terms: each known word once with its weight, pairs of neighbours, and how many words are unknown."""

    words: Mapping[str, float]
    pairs: frozenset[str]
    unknown: int
    everyday: frozenset[str]
    """Words that say nothing about what is meant."""

    @property
    def length(self) -> int:
        """How many words it has, each counted once."""
        return len(self.words) + len(self.everyday) + self.unknown


class Terms:
    """The terms of one language: learned from our own phrases first, then read from what people type."""

    def __init__(self, language: str) -> None:
        self._stem = stemmer(STEMMERS.get(language, "porter")).stemWord
        self._dots = _DOTS.get(language, ())
        self._stems_of: dict[str, str] = {}
        self._known: dict[str, None] = {}
        self._everyday: frozenset[str] = frozenset()

    def learned(self, phrases: Iterable[str], *, whole: bool = False) -> list[str]:
        """The terms of our own phrases, to be indexed; their words are known from now on.

        `whole`: several words stand for something only together, so that they are not indexed one by one.
        """
        terms: list[str] = []
        for phrase in phrases:
            stems = self._stems(phrase)
            self._stems_of |= zip(self._words(phrase), stems, strict=True)
            self._known |= dict.fromkeys(stems)
            terms += _pairs(stems)
            terms += [] if whole and len(stems) > 1 else stems
        return terms

    def learned_everyday(self, phrases: Iterable[str]) -> None:
        """Words that are known and say nothing."""
        self._everyday = frozenset(self.learned(phrases))

    def read(self, text: str) -> Read:
        """What a typed text is searched by."""
        stems = self._stems(text)
        near = {stem: self._near(stem) for stem in stems if stem not in self._everyday}
        words: dict[str, float] = {}
        for found in near.values():
            words |= {term: max(weight, words.get(term, 0)) for term, weight in found.items()}
        words |= dict.fromkeys(self._joined(text), 1.0)
        mended = [next(iter(near.get(stem, ())), stem) for stem in stems]
        unknown = sum(stem in near and not near[stem] for stem in stems)
        return Read(words, frozenset(_pairs(mended)), unknown, self._everyday.intersection(stems))

    def _words(self, text: str) -> list[str]:
        words = fold(text)
        for typed, read in self._dots:
            words = words.replace(typed, read)
        return words.split()

    def _stems(self, text: str) -> list[str]:
        return [self._stem_of(word) for word in self._words(text)]

    def _stem_of(self, word: str) -> str:
        return self._stems_of.get(word) or self._stem(word)

    def _joined(self, text: str) -> list[str]:
        """The known words that were typed as two: "whats app"."""
        joined = ("".join(pair) for pair in pairwise(self._words(text)))
        return [stem for stem in map(self._stem_of, joined) if len(stem) >= SHORTEST_JOINED and stem in self._known]

    def _near(self, stem: str) -> dict[str, float]:
        if stem in self._known:
            return {stem: 1.0}
        if len(stem) < SHORTEST_MENDED:
            return {}
        cutoff = len(stem) // LETTERS_A_TYPO
        near = process.extractOne(stem, self._known.keys(), scorer=OSA.distance, score_cutoff=cutoff)
        return {near[0]: MENDED} if near else dict.fromkeys(self._parts(stem), PART)

    def _parts(self, stem: str) -> list[str]:
        """The known words that a compound begins and ends with."""
        lengths = range(SHORTEST_PART, len(stem))
        first = next((stem[:length] for length in reversed(lengths) if stem[:length] in self._known), "")
        last = next((stem[-length:] for length in reversed(lengths) if stem[-length:] in self._known), "")
        return [part for part in dict.fromkeys((first, last)) if part]


def _pairs(stems: list[str]) -> list[str]:
    return ["_".join(pair) for pair in pairwise(stems)]
