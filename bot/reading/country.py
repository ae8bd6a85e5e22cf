"""Which country a text means: names in several languages, typed sloppily; ISO codes; flags. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

LONGEST = 60
"""A longer text is no answer to "which country?" and is not searched."""
LETTERS_A_TYPO = 4
"""One typo is forgiven for that many letters."""
SHORTEST_BEGINNING = 4
"""From that many letters on the beginning of a name is enough."""
CODE_LENGTH = 2

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_REGION_FLAG = re.compile("\U0001f3f4([\U000e0061-\U000e007a]{2})[\U000e0061-\U000e007f]*")
_FLAG_A, _TAG_A, _A = 0x1F1E6, 0xE0061, ord("A")
_LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """The countries that a text may mean, the likeliest first: one is an answer, several ask to choose."""

    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The country, if it is exactly one."""
        return self.codes[0] if len(self.codes) == 1 else None


def fold(text: str) -> str:
    """A text as it is compared: no case, no accents, no punctuation, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    plain = plain.translate(_LETTERS_WITHOUT_ACCENT)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


class CountryIndex:
    """All names of the countries (ISO code → names), ready to be searched.

    `before` are small words that people put before a name ("in the …"). The order of `names` decides ties.
    """

    def __init__(self, names: Mapping[str, Collection[str]], before: Collection[str] = ()) -> None:
        self._order = {code: place for place, code in enumerate(names)}
        self._before = frozenset(fold(word) for word in before)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for code, known in names.items():
            for name in known:
                found[fold(name)].add(code)
        self._names: dict[str, set[str]] = dict(found)

    def find(self, text: str) -> Match:
        """What country a text means: by flag, code, exact name, then by a near or begun one."""
        if len(text) > LONGEST:
            return Match()
        words = fold(text)
        codes = self._by_flag(text) or self._by_code(text.strip(" .!?,;:()")) or self._by_name(words)
        return self._match(codes or self._by_near_name(self._without_words_before(words)))

    def _match(self, codes: Iterable[str]) -> Match:
        return Match(tuple(sorted(codes, key=self._order.__getitem__)))

    def _by_flag(self, text: str) -> set[str]:
        plain = [_shifted(flag, _FLAG_A) for flag in _FLAG.findall(text)]
        regions = [_shifted(tags, _TAG_A) for tags in _REGION_FLAG.findall(text)]
        return {code for code in (*plain, *regions) if code in self._order}

    def _by_code(self, text: str) -> set[str]:
        is_word = text != text.upper() and fold(text) in self._before
        known = len(text) == CODE_LENGTH and text.upper() in self._order and not is_word
        return {text.upper()} if known else set()

    def _by_name(self, words: str) -> set[str]:
        return self._names.get(words) or self._names.get(self._without_words_before(words)) or set()

    def _without_words_before(self, words: str) -> str:
        rest = words.split()
        while len(rest) > 1 and rest[0] in self._before:
            rest = rest[1:]
        return " ".join(rest)

    def _by_near_name(self, words: str) -> set[str]:
        near = process.extract(
            words,
            list(self._names),
            scorer=OSA.distance,
            score_cutoff=len(words) // LETTERS_A_TYPO,
            limit=None,
        )
        best = min((distance for _, distance, _ in near), default=0)
        names = [name for name, distance, _ in near if distance == best] + self._begun(words)
        return {code for name in names for code in self._names[name]}

    def _begun(self, words: str) -> list[str]:
        if len(words) < SHORTEST_BEGINNING:
            return []
        return [name for name in self._names if name.startswith(words)]


def _shifted(signs: str, first: int) -> str:
    return "".join(chr(ord(sign) - first + _A) for sign in signs)
