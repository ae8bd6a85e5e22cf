"""A letter on paper: the same text as PDF, blank to fill in by hand or filled."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from bot.documents.typesetting import Part, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = re.compile(r"(\d+)\. ")
POINT = "- "


def paper(text: str, *, subject: str, language: str) -> bytes:
    """The letter as PDF. `subject` is the line of the text that becomes its title and heading."""
    return pdf(list(_parts(text, subject)), title=subject, language=language, room="‹" in text)


def _parts(text: str, subject: str) -> Iterator[Part]:
    for paragraph in text.split("\n\n"):
        for kind, lines in groupby(paragraph.split("\n"), key=lambda line: _kind(line, subject)):
            yield from _set(kind, list(lines))


def _kind(line: str, subject: str) -> str:
    if line == subject:
        return "title"
    if line.startswith(POINT):
        return "points"
    return "steps" if _STEP.match(line) else "lines"


def _set(kind: str, lines: list[str]) -> Iterator[Part]:
    if kind == "points":
        yield Part(kind, tuple(line.removeprefix(POINT) for line in lines))
    elif kind == "steps":
        found = _STEP.match(lines[0])
        yield Part(kind, tuple(_STEP.sub("", line, count=1) for line in lines), int(found[1]) if found else 1)
    else:
        yield Part(kind, tuple(lines))
