"""The pages as HTML, in each language, and the rule for browsers that nothing else may be loaded with them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain.columns import Shade
from bot.rendering.languages import SOURCE, catalogue, languages
from bot.web.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.columns import Sum

PAGES = Path(__file__).parent / "pages"
STYLE = (PAGES / "style.css").read_text("utf-8").strip()
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: the page's own style, no script, nothing from elsewhere."""


@cache
def _environment(language: str) -> Environment:
    texts = catalogue(language)
    made = Environment(
        loader=FileSystemLoader(PAGES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.filters.update(Words(language, texts.gettext).filters())
    made.globals.update(
        language=language,
        languages={code: each.name for code, each in languages().items()},
        style=Markup(STYLE),  # noqa: S704  # our own file
        shades=tuple(Shade),
    )
    return made


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: its language, its address, who runs it, and whether its links keep the language.

    `ended`: when the service ended (UTC).
    """

    language: str
    path: str
    operator: Mapping[str, str]
    asked: bool = False
    ended: datetime | None = None


def html(name: str, page: object, frame: Frame) -> str:
    """A page."""
    asked = f"?lang={frame.language}" if frame.asked else ""
    values = {"page": page, "path": frame.path, "operator": frame.operator, "asked": asked}
    values["ended"] = frame.ended
    return _environment(frame.language).get_template(f"{name}.j2").render(values)


def prepare(name: str, language: str) -> None:
    """Read a page's template, so that the first who asks does not wait for it."""
    _environment(language).get_template(f"{name}.j2")


def sentence(total: Sum, language: str) -> str:
    """The 30 days in words."""
    module: Any = _environment(language).get_template("parts.j2").module
    return " ".join(str(module.sentence(total)).split())


def words(language: str) -> Words:
    """The words of a language, for what is no page."""
    return Words(language, catalogue(language).gettext)


def wanted(asked: str | None, header: str) -> str:
    """The language of an answer: the address's own wish first, then the browser's in its order (RFC 9110, 12.5.4)."""
    if asked in languages():
        return asked
    ranked = sorted((_ranked(part) for part in header[:400].split(",")), key=lambda each: -each[1])
    codes = (code for code, weight in ranked if weight > 0)
    return next((code for code in codes if code in languages()), SOURCE)


def _ranked(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";")
    try:
        number = float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        number = 0.0
    return tag.strip().lower().partition("-")[0], number
