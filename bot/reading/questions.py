"""Which of the questions that we can answer does a text ask? By the words of questions.toml. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.knowledge.questions import QuestionKind
from bot.reading.country import fold
from bot.reading.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.knowledge.questions import QuestionEntry
    from bot.reading.ranking import Ranked

LONGEST = 400
"""What is longer is a pasted text, and cut before it is searched."""
OFFERED = 4
"""So many questions are offered at most when several come near."""
NEAR = 0.6
"""A question is offered beside the best one if it comes that near to it."""
SURE = 0.75
"""The best one stands alone if the next one stays below that part of it."""
ELSEWHERE, OURS, COVERED = 1.5, 2.0, 10.0
"""What speaks against and for: words of other matters, words of our matter, and how much of the text is explained."""
ENOUGH = 10.0
"""Evidence from which on a question counts as asked; below, it is refused."""
ALIKE = 82
"""Small talk is short: it is known by being (nearly) a known phrase, in percent."""
_UNSAID = "emoji"
_PUZZLED = "confusion"


@dataclass(frozen=True, slots=True)
class Found:
    """The questions that a text may ask, the likeliest first; `sure` if the first one stands alone. Else small talk, or nothing."""

    topics: tuple[str, ...] = ()
    sure: bool = False
    small_talk: str = ""


class QuestionIndex:
    """All questions, ready to be searched. People write in another language than their Telegram speaks: all are searched."""

    def __init__(self, entries: Mapping[str, QuestionEntry]) -> None:
        languages = sorted({language for entry in entries.values() for language in entry.asked})
        self._rankings = {language: Ranking(language, entries) for language in languages}
        self._small_talk = {
            fold(phrase): id_
            for id_, entry in entries.items()
            if entry.kind is QuestionKind.SMALL_TALK
            for phrases in entry.asked.values()
            for phrase in phrases
            if fold(phrase)
        }

    def find(self, text: str, language: str) -> Found:
        """What a text asks, in whichever language; `language` decides where two fit alike."""
        said = self._said(text)
        if said:
            return Found(small_talk=said)
        order = sorted(self._rankings, key=lambda each: each != language)
        ranked = [self._rankings[each].ranked(text[:LONGEST]) for each in order]
        return _judged(max(ranked, key=lambda each: each.best))

    def _said(self, text: str) -> str:
        """The kind of small talk that a text is, as a whole."""
        words = fold(text)
        if not words:
            return _PUZZLED if "?" in text else _UNSAID if text.strip() else ""
        near = process.extractOne(words, self._small_talk.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self._small_talk[near[0]] if near else ""


def _judged(ranked: Ranked) -> Found:
    if not ranked.answers or ranked.small_talk_first:
        return Found(small_talk=ranked.small_talk)
    evidence = ranked.best_answer - ELSEWHERE * ranked.elsewhere + OURS * ranked.ours + COVERED * ranked.covered
    if evidence < ENOUGH:
        return Found(small_talk=ranked.small_talk)
    near = tuple(id_ for id_, score in ranked.answers if score >= NEAR * ranked.best_answer)[:OFFERED]
    alone = len(ranked.answers) == 1 or ranked.answers[1][1] < SURE * ranked.best_answer
    return Found(near, alone)
