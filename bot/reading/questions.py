"""Which of the questions that we can answer does a text ask? By the words of questions.toml. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.knowledge.questions import QuestionKind
from bot.reading.country import fold
from bot.reading.ranking import Ranking
from bot.reading.tongue import Tongues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.knowledge.questions import QuestionEntry
    from bot.knowledge.tongues import TongueEntry
    from bot.reading.ranking import Ranked

LONGEST = 400
"""What is longer is a pasted text, and cut before it is searched."""
OFFERED = 4
"""So many questions are offered at most when several come near."""
NEAR = 0.5
"""A question is offered beside the best one if it comes that near to it."""
SURE = 0.8
"""The best one stands alone if the next one stays below that part of it."""
ELSEWHERE, OURS, COVERED, PHRASED = 1.0, 2.0, 5.0, 0.5
"""What speaks against and for an answer beside its score: other matters, words of our matter, how much of the text it
explains, and how much more the text is like one of its examples (in percent) than like an example of other matters."""
ENOUGH = 10.0
"""From that on a question counts as asked; below, it is refused."""
ALIKE = 82
"""Small talk is short: it is known by being (nearly) a known phrase, in percent."""
EMOJI, PUZZLED = "emoji", "confusion"
"""What a text without a letter is: signs, or a row of question marks."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may ask, the likeliest first; `sure` if that stands alone; else a kind of small talk."""

    topics: tuple[str, ...] = ()
    sure: bool = False
    small_talk: str = ""
    door: str = ""
    """A wish that leads straight to a screen."""


class QuestionIndex:
    """All questions, ready to be searched in all languages: many write in another one than their Telegram speaks."""

    def __init__(self, entries: Mapping[str, QuestionEntry], tongues: Mapping[str, TongueEntry]) -> None:
        self._tongues = Tongues(tongues)
        languages = sorted({language for entry in entries.values() for language in entry.asked})
        self._own = [each for each in languages if any(_is_everyday(entry, each) for entry in entries.values())]
        self._rankings = {each: Ranking(each, entries, self._everyday(each)) for each in languages}
        self._phrases = {id_: tuple(_phrases(entry)) for id_, entry in entries.items()}
        of_kind = {kind: [id_ for id_ in entries if entries[id_].kind is kind] for kind in QuestionKind}
        self._elsewhere = [text for id_ in of_kind[QuestionKind.ELSEWHERE] for text in self._phrases[id_]]
        whole = (*of_kind[QuestionKind.SMALL_TALK], *of_kind[QuestionKind.DOOR])
        self._whole = {text: id_ for id_ in whole for text in self._phrases[id_]}
        self._doors = frozenset(of_kind[QuestionKind.DOOR])

    def find(self, text: str, language: str) -> Found:
        """What a text asks, in whichever language; `language` decides where two fit alike."""
        text = text[:LONGEST]
        words = fold(text)
        said = self._said(words) if words else _without_words(text)
        if said:
            return Found(door=said) if said in self._doors else Found(small_talk=said)
        foreign = self._tongues.near(text, self._own)
        order = sorted(self._searched(foreign), key=lambda each: each != language)
        ranked = max((self._rankings[each].ranked(text) for each in order), key=lambda each: each.best)
        if not ranked.answers or ranked.talk_first or self._evidence(words, ranked) < ENOUGH:
            return Found(small_talk="" if foreign else ranked.talk)
        return _chosen(ranked)

    def _everyday(self, language: str) -> list[str]:
        """Of other languages only the everyday words of chats are known."""
        return [] if language in self._own else self._tongues.words(language)

    def _searched(self, foreign: list[str]) -> list[str]:
        """Our own languages, and those in which the text may be written."""
        return [*self._own, *(each for each in foreign if each in self._rankings)]

    def _said(self, words: str) -> str:
        """The kind of small talk, or the door, that a text is as a whole."""
        near = process.extractOne(words, self._whole.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self._whole[near[0]] if near else ""

    def _evidence(self, words: str, ranked: Ranked) -> float:
        best, score = ranked.answers[0]
        alike = _likeness(words, self._phrases[best]) - _likeness(words, self._elsewhere)
        against = ELSEWHERE * ranked.elsewhere
        return score - against + OURS * ranked.ours + COVERED * ranked.covered + PHRASED * alike


def _chosen(ranked: Ranked) -> Found:
    best = ranked.answers[0][1]
    near = tuple(id_ for id_, score in ranked.answers if score >= NEAR * best)[:OFFERED]
    return Found(near, all(score < SURE * best for _, score in ranked.answers[1:2]))


def _is_everyday(entry: QuestionEntry, language: str) -> bool:
    return entry.kind is QuestionKind.EVERYDAY and language in entry.asked


def _without_words(text: str) -> str:
    return PUZZLED if "?" in text else EMOJI if text.strip() else ""


def _phrases(entry: QuestionEntry) -> Iterable[str]:
    return filter(None, (fold(phrase) for phrases in entry.asked.values() for phrase in phrases))


def _likeness(words: str, phrases: Sequence[str]) -> float:
    return process.extractOne(words, phrases, scorer=fuzz.token_sort_ratio)[1] if phrases else 0.0
