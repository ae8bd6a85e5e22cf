"""Reads looks.toml and places.toml: by what a page is judged, and what it is compared with."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, Self

from pydantic import model_validator

from bot.domain.errors import KnowledgeError
from bot.domain.looks import LookRules, Marks, Place
from bot.domain.page_shapes import visible_text
from bot.domain.web_addresses import belongs_to
from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Https, Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Meaning = Literal["login", "checkpoint", "absent", "wall", "rate_limit"]
STATUS_MEANINGS = ("absent", "wall", "rate_limit")
PAGE_MEANINGS = ("login", "checkpoint", "absent")


class PlaceEntry(Entry):
    prefix: Https
    control: Https
    decoy: Https

    @model_validator(mode="after")
    def _decoy_has_the_shape(self) -> Self:
        if not self.decoy.startswith(self.prefix):
            raise ValueError("decoy must begin with prefix")
        return self


class MarkEntry(Entry):
    means: Meaning
    by: Literal["phrase", "url", "body", "status"]
    mark: Text
    language: Language | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.by == "phrase") is not (self.language is not None):
            raise ValueError("a phrase, and only a phrase, has a language")
        if self.by == "status" and self.mark not in {str(status.value) for status in HTTPStatus}:
            raise ValueError("mark must be an HTTP status")
        if self.means not in (STATUS_MEANINGS if self.by == "status" else PAGE_MEANINGS):
            raise ValueError(f"a {self.by} can't mean {self.means}")
        return self


def load_looks(domains: frozenset[str], overlay: Path | None = None) -> LookRules:
    """The rules of looking at pages on Meta's `domains`; the operator's records win by id."""
    files = Files(overlay)
    marks = tuple(files.entries("looks.toml", MarkEntry).values())
    return LookRules(
        domains=domains,
        places=tuple(_places(files, domains)),
        login=_marks("login", marks),
        checkpoint=_marks("checkpoint", marks),
        absent=_marks("absent", marks),
        wall_statuses=_statuses("wall", marks),
        rate_limit_statuses=_statuses("rate_limit", marks),
        absent_statuses=_statuses("absent", marks),
    )


def _places(files: Files, domains: frozenset[str]) -> Iterable[Place]:
    for id_, entry in files.entries("places.toml", PlaceEntry).items():
        for field in ("prefix", "control", "decoy"):
            if not belongs_to(getattr(entry, field), domains):
                raise KnowledgeError(f"places.toml: {id_}: {field}: is on no domain of meta.toml")
        yield Place(entry.prefix, entry.control, entry.decoy)


def _marks(meaning: Meaning, marks: tuple[MarkEntry, ...]) -> Marks:
    own = tuple(mark for mark in marks if mark.means == meaning)
    return Marks(
        phrases=tuple(visible_text(mark.mark) for mark in own if mark.by == "phrase"),
        in_body=tuple(mark.mark for mark in own if mark.by == "body"),
        in_url=tuple(mark.mark for mark in own if mark.by == "url"),
    )


def _statuses(meaning: Meaning, marks: tuple[MarkEntry, ...]) -> frozenset[int]:
    return frozenset(int(mark.mark) for mark in marks if mark.means == meaning and mark.by == "status")
