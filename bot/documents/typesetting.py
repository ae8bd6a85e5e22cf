"""Parts of a document, set as PDF: A4, PDF/UA-1, fonts embedded. In memory alone, no file is written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Sequence

MIME = "application/pdf"
TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): the compiler refuses what a screen reader could not follow."""


@dataclass(frozen=True, slots=True)
class Part:
    """`title`, `section`, `lines`, `points`, `steps` (numbered from `first`), or `table` (`head`, `rows`)."""

    kind: str
    lines: tuple[str, ...] = ()
    first: int = 1
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def pdf(parts: Sequence[Part], *, title: str, language: str, room: bool = False, numbered: bool = False) -> bytes:
    """The document. `language` is an ISO 639 code; `room` leaves space to write behind each ‹blank›."""
    given = {
        "title": title,
        "language": language,
        "room": room,
        "numbered": numbered,
        "parts": [asdict(part) for part in parts],
    }
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its types do not name PDF/UA-1 yet
        _template(),
        format="pdf",
        sys_inputs={"given": json.dumps(given)},
        pdf_standards=STANDARD,
        ignore_system_fonts=True,  # typst's own: alike on every machine
    )
    return made


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
