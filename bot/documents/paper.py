"""A letter on paper: the same text as PDF, blank to fill in by hand or filled."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from bot.documents.typesetting import Part, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = re.compile(r"(\d)\. ")
POINT = "- "


def paper(text: str, *, subject: str, language: str) -> bytes:
    """The letter as PDF. `subject` is the line of the text that becomes its title and heading."""
    return pdf(list(_parts(text, subject)), title=subject, language=language, room="‹" in text)


def _parts(text: str, subject: str) -> Iterator[Part]:
    """Head, title, and the rest; what looks like a numbered line in the head is a date."""
    head, found, body = text.partition(f"\n{subject}\n")
    for paragraph in head.split("\n\n"):
        yield Part("lines", tuple(paragraph.strip("\n").split("\n")))
    if found:
        yield Part("title", (subject,))
    for paragraph in body.strip("\n").split("\n\n"):
        for kind, lines in groupby(paragraph.split("\n"), key=_kind):
            yield _set(kind, list(lines))


def _kind(line: str) -> str:
    if line.startswith(POINT):
        return "points"
    return "steps" if _STEP.match(line) else "lines"


def _set(kind: str, lines: list[str]) -> Part:
    if kind == "points":
        return Part(kind, tuple(line.removeprefix(POINT) for line in lines))
    found = _STEP.match(lines[0])
    if found:
        return Part(kind, tuple(_STEP.sub("", line, count=1) for line in lines), int(found[1]))
    return Part(kind, tuple(lines))
