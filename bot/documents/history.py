"""The last 30 days of a form as a picture: a column a day. Who can't tell colours apart sees heights and hatching."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from bot.documents.png import smaller
from bot.domain.columns import Column, Shade, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bot.domain.days import Day

    Kind = Literal["png", "svg"]

SOURCE = Path(__file__).with_suffix(".typ").read_bytes()
DOTS_AN_INCH = 200.0
"""About 1,020 pixels wide: sharp on a phone, and below the 1,280 to which Telegram shrinks photos."""
KEPT = 64
"""Pictures in memory, at most some 90 kB each: what is asked for is mostly the same few."""
LIGHT = {"paper": "#ffffff", "ink": "#1b1b1b", "answered": "#0072b2", "doubtful": "#8a5a00", "down": "#b83c00"}
DARK = {"paper": "#17212b", "ink": "#f2f2f2", "answered": "#56b4e9", "doubtful": "#e8b04a", "down": "#ff8a4c"}
"""Blue, yellow and red of Okabe and Ito's palette, each at least 3:1 against its paper (WCAG 2.2, 1.4.11)."""


def _N(message: str) -> str:  # noqa: N802  # marked for translation, translated by the caller's words
    return message


WORDS = {
    Shade.ANSWERED: _N("answered"),
    Shade.DOUBTFUL: _N("looks failed, not confirmed"),
    Shade.DOWN: _N("confirmed outage, its share of the day"),
    Shade.UNSEEN: _N("nothing could be seen"),
}


def draw(  # noqa: PLR0913  # what it depends on, and nothing else
    days: Sequence[Day],
    today: date,
    title: str,
    sentence: str,
    *,
    dark: bool = False,
    kind: Kind = "png",
    translate: Callable[[str], str] | None = None,
) -> bytes:
    """The 30 days up to today (UTC), under a title and above a sentence that says the same.

    With `translate` a legend stands below, in its language. The same content gives the same bytes, from memory.
    """
    legend = tuple((shade.value, translate(words)) for shade, words in WORDS.items()) if translate else ()
    return _drawn(columns(days, today), (title, sentence), legend, "dark" if dark else "light", kind)


@lru_cache(maxsize=KEPT)
def _drawn(
    shown: tuple[Column, ...], words: tuple[str, str], legend: tuple[tuple[str, str], ...], paper: str, kind: Kind
) -> bytes:
    content = {
        "title": words[0],
        "sentence": words[1],
        "columns": [[each.shade.value, each.share] for each in shown],
        "first": shown[0].day.day.isoformat(),
        "last": shown[-1].day.day.isoformat(),
        "legend": legend,
        "colours": DARK if paper == "dark" else LIGHT,
    }
    made: bytes = typst.compile(
        SOURCE,
        format=kind,
        ppi=DOTS_AN_INCH,
        ignore_system_fonts=True,  # the same picture on every machine, in the fonts that come with typst
        sys_inputs={"data": json.dumps(content)},
    )
    return smaller(made) if kind == "png" else _named(made, *words)


def _named(svg: bytes, title: str, sentence: str) -> bytes:
    """With words for those who do not see it: letters are drawn as outlines."""
    start, end, rest = svg.partition(b">")
    words = f"<title>{escape(title)}</title><desc>{escape(sentence)}</desc>"
    return start + b' role="img"' + end + words.encode() + rest
