"""The sentences for "why I object", in each language in which somebody reviewed them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.rendering.languages import LOCALES, SOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence

PART = "letters/parts/grounds.j2"


@cache
def grounds_languages() -> tuple[str, ...]:
    """The languages in which there are sentences, by code, sorted."""
    return tuple(sorted(folder.name for folder in LOCALES.iterdir() if (folder / PART).is_file()))


@cache
def _texts() -> Environment:
    return Environment(loader=FileSystemLoader(LOCALES), undefined=StrictUndefined, autoescape=True, auto_reload=False)


def grounds(language: str, reasons: Sequence[str]) -> str:
    """The sentences for these reasons, as HTML on one line; in English where nobody wrote them in that language."""
    known = language if language in grounds_languages() else SOURCE
    return _texts().get_template(f"{known}/{PART}").render(reasons=list(reasons)).strip()
