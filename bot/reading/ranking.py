"""How near a text comes to each question of one language: BM25 by lunr over words, signs and examples. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lunr.builder import Builder

from bot.knowledge.questions import QuestionKind
from bot.reading.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.knowledge.questions import QuestionEntry
    from bot.reading.terms import Read

FIELDS = {"words": 2, "signs": 2, "asked": 1}
"""What is searched, and what a hit there weighs."""
LENGTH_MATTERS = 0.3
"""BM25's b: a question with many examples is hardly less likely than one with few."""
OURS_COUNTED = 3
SMALL_TALK_WORDS = 8
_SEARCHED = (QuestionKind.ANSWER, QuestionKind.SMALL_TALK, QuestionKind.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Ranked:
    """How near each question comes, the nearest first, and what speaks for and against any of them."""

    answers: Sequence[tuple[str, float]] = ()
    elsewhere: float = 0.0
    """The score of the nearest other matter."""
    talk: str = ""
    """The kind of small talk, if a short text comes nearest to that."""
    talk_first: bool = False
    covered: float = 0.0
    """How much of what the text says the best answer explains, 0 to 1."""
    ours: int = 0
    """Words of our matter."""
    best: float = 0.0
    """The highest score of all."""


class Ranking:
    """The questions of one language."""

    def __init__(self, language: str, entries: Mapping[str, QuestionEntry], everyday: Sequence[str] = ()) -> None:
        self._terms = Terms(language)
        self._kinds = {id_: entry.kind for id_, entry in entries.items() if entry.kind in _SEARCHED}
        builder = Builder()
        builder.b(LENGTH_MATTERS)
        for field, boost in FIELDS.items():
            builder.field(field, boost=boost)
        for id_ in self._kinds:
            builder.add({"id": id_, **self._fields(entries[id_], language)})
        self._index = builder.build()
        self._weights = {term: self._weight(posting) for term, posting in builder.inverted_index.items()}
        self._terms.learned_everyday([*_asked(entries, QuestionKind.EVERYDAY, language), *everyday])
        self._ours = frozenset(self._terms.learned(_asked(entries, QuestionKind.OURS, language)))

    def _fields(self, entry: QuestionEntry, language: str) -> dict[str, list[str]]:
        return {
            "words": self._terms.learned(entry.words.get(language, ()), whole=True),
            "signs": self._terms.learned(entry.signs.get(language, ())),
            "asked": self._terms.learned(entry.asked.get(language, ())),
        }

    def _weight(self, posting: Mapping[str, Any]) -> float:
        """How much a term tells: the fewer questions it stands in, the more."""
        return math.log(len(self._kinds) / len({id_ for field in FIELDS for id_ in posting[field]}))

    def ranked(self, text: str) -> Ranked:
        """All that comes near."""
        read = self._terms.read(text)
        weights = dict.fromkeys(read.pairs | read.everyday, 1.0) | dict(read.words)
        query = self._index.create_query()
        for term, weight in weights.items():
            if term in self._weights:
                query.term(term, boost=weight, use_pipeline=False)
        if not query.clauses:
            return Ranked()
        # lunr divides by the query's length, so that a long question would be less likely than a short one
        length = math.sqrt(sum(clause.boost**2 for clause in query.clauses))
        return self._sorted(read, [(hit, hit["score"] * length) for hit in self._index.query(query)])

    def _sorted(self, read: Read, hits: list[tuple[Any, float]]) -> Ranked:
        hits.sort(key=lambda each: -each[1])
        answers = [(hit, score) for hit, score in hits if self._kinds[hit["ref"]] is QuestionKind.ANSWER]
        elsewhere = (score for hit, score in hits if self._kinds[hit["ref"]] is QuestionKind.ELSEWHERE)
        first, best = hits[0]
        talk_first = self._kinds[first["ref"]] is QuestionKind.SMALL_TALK
        return Ranked(
            answers=[(hit["ref"], score) for hit, score in answers],
            elsewhere=next(elsewhere, 0.0),
            talk=first["ref"] if talk_first and read.length <= SMALL_TALK_WORDS else "",
            talk_first=talk_first,
            covered=self._covered(read, frozenset(answers[0][0]["match_data"].metadata)) if answers else 0.0,
            ours=min(OURS_COUNTED, len(self._ours.intersection((*read.words, *read.everyday)))),
            best=best,
        )

    def _covered(self, read: Read, matched: frozenset[str]) -> float:
        """The share of the text's weight that matched; an unknown word weighs as much as the rarest one."""
        told = {term: self._weights.get(term, 0.0) for term in read.words}
        whole = sum(told.values()) + read.unknown * math.log(len(self._kinds))
        return sum(told[term] * weight for term, weight in read.words.items() if term in matched) / (whole or 1.0)


def _asked(entries: Mapping[str, QuestionEntry], kind: QuestionKind, language: str) -> list[str]:
    of_kind = (entry for entry in entries.values() if entry.kind is kind)
    return [phrase for entry in of_kind for phrase in entry.asked.get(language, ())]
