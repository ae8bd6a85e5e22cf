"""What Meta's answer can come down to, and the words by which it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping


class AnswerKind(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_FURTHER_ACTION = "no_further_action"
    WANTS_PROOF = "wants_proof"
    WRONG_FORM = "wrong_form"
    NOT_IN_REGION = "not_in_region"
    MORE_TIME = "more_time"
    CODE = "code"
    """The mail with the confirmation code: nothing is sent yet."""
    RECEIVED = "received"
    """A mere receipt: nothing is decided."""
    UNKNOWN = "unknown"


class HowSure(StrEnum):
    SURE = "sure"
    FAIRLY = "fairly"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text comes down to. The person confirms it; `language` is the one most of it is written in."""

    kind: AnswerKind
    sureness: HowSure
    language: str | None = None


class Polarity(StrEnum):
    """Whether the head of a rule is said or denied in its sentence."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """A sentence with `head`, near it one concept of each group of `needs`, and none of `without`: that is `kind`."""

    kind: AnswerKind
    weight: float
    head: str
    polarity: Polarity
    needs: tuple[tuple[str, ...], ...]
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a phrase in its plain form; a stem stands for all its endings, a gap for a few words."""

    text: str
    is_stem: bool = False
    is_gap: bool = False

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.is_stem else word == self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase stands for, and what follows its first word."""

    concept: str
    rest: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of a language by their first word, whole or a stem."""

    whole: Mapping[str, tuple[Phrase, ...]]
    stems: Mapping[str, tuple[Phrase, ...]]
    shortest: int
    longest: int
    negation_follows: bool
    """“Wir berücksichtigen ihn nicht”: the verb may come first."""


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """Everything that the reader knows."""

    rules: tuple[AnswerRule, ...]
    languages: Mapping[str, Lexicon]
    common: Mapping[str, tuple[str, ...]]
    """Everyday words, and the languages that have them."""
    abbreviations: frozenset[str]
    """After these a full stop ends no sentence."""
    quoting: re.Pattern[str]
    """The words before a quoted mail (“wrote”)."""


_MARKS = dict.fromkeys(range(0x300, 0x370))
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe",
    "’": " ", "'": " ", "‘": " ", "`": " ", "´": " ", "ʼ": " ",
})  # fmt: skip
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")


def plain(text: str) -> str:
    """The form in which words are compared: no capitals, accents, apostrophes, nor hyphens within a word."""
    folded = normalize("NFKD", normalize("NFKD", text.translate(_LETTERS)).casefold())
    return _BETWEEN_LETTERS.sub("", folded.translate(_MARKS).translate(_LETTERS))
