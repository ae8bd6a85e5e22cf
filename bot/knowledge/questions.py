"""Reads questions.toml: by what a typed question is recognised."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.domain.forms import Sureness
from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Language, Texts


class QuestionKind(StrEnum):
    """What becomes of a text that is recognised as this."""

    ANSWER = "answer"
    SMALL_TALK = "small_talk"
    DOOR = "door"
    """A wish, known by being (nearly) such a phrase: it leads straight to a screen."""
    ELSEWHERE = "elsewhere"
    """Known to be none of ours: refused."""
    OURS = "ours"
    """No question, but words of our matter: what has one is hardly about something else."""
    EVERYDAY = "everyday"
    """No question, but words that say nothing about what is meant."""


class QuestionEntry(Entry):
    """A question by its words and by examples, per language; the id is the answer's step."""

    kind: QuestionKind = QuestionKind.ANSWER
    sureness: Sureness
    signs: dict[Language, Texts] = Field(default_factory=dict)
    words: dict[Language, Texts] = Field(default_factory=dict)
    asked: Annotated[dict[Language, Texts], Field(min_length=1)]


def load_questions(overlay: Path | None = None) -> dict[str, QuestionEntry]:
    """All questions by id; the operator's records win by id."""
    return Files(overlay).entries("questions.toml", QuestionEntry)
