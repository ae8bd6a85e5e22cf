"""Reads what somebody types, in the language that their Telegram speaks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.knowledge.answers import load_answers
from bot.knowledge.days import load_days
from bot.knowledge.questions import load_questions
from bot.knowledge.tongues import load_tongues
from bot.reading.answers import read_answer
from bot.reading.country import fold
from bot.reading.day import DayIndex
from bot.reading.meaning import Reader
from bot.reading.questions import QuestionIndex
from bot.reading.tongue import Tongues
from bot.rendering.countries import CountryNames
from bot.rendering.languages import best_language, languages
from bot.rendering.months import month_names, weekday_names

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.answers import AnswerRules
    from bot.knowledge import Knowledge
    from conversations.events import Meaning

LONGEST = 4096
"""Telegram's own limit for a text; what is longer is cut before anything reads it."""


class Reading:
    """A reader for each language, made when it is first needed."""

    def __init__(self, knowledge: Knowledge, overlay: Path | None = None) -> None:
        self._overlay = overlay
        self._names = CountryNames(knowledge.names, knowledge.words_before)
        self._knowledge = knowledge
        self._readers: dict[str, Reader] = {}

    @cached_property
    def _questions(self) -> QuestionIndex:
        """Made when somebody first types a text: a third of a second, and 15 MB that a quiet bot does not need."""
        return QuestionIndex(load_questions(self._overlay), load_tongues(self._overlay))

    @cached_property
    def _tongues(self) -> Tongues:
        return Tongues(load_tongues(self._overlay))

    @cached_property
    def _days(self) -> DayIndex:
        return DayIndex(load_days(self._overlay))

    @cached_property
    def _answers(self) -> AnswerRules:
        return load_answers(self._overlay)

    def __call__(self, text: str, language_code: str | None) -> Meaning:
        """What the text can mean."""
        language = (language_code or "en").split("-")[0]
        reader = self._readers.get(language) or self._made(language)
        return reader.meaning(text[:LONGEST])

    def _made(self, language: str) -> Reader:
        knowledge = self._knowledge
        spoken = best_language(language)
        reader = Reader(
            self._names.index(language),
            lambda text: self._days.read(text, month_names(spoken), weekday_names(spoken)),
            knowledge.links,
            tuple(knowledge.forms.values()),
            lambda text: self._questions.find(text, spoken),
            lambda text: self._tongues.is_foreign(text, languages()),
            lambda text: read_answer(text, self._answers),
            {fold(word): reply for word, reply in knowledge.replies.get(spoken, {}).items()},
        )
        if len(self._readers) < 64:  # noqa: PLR2004  # made-up language tags can't fill the memory
            self._readers[language] = reader
        return reader
