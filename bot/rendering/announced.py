"""What groups were told, as plain text for a paper, and the version of these words."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from bot.rendering.languages import catalogue, languages
from bot.rendering.messages import TEMPLATES, renderer

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOW = "announce"
LONG_AGO = date(1, 1, 1)
"""The day of the paper's reader is not known, so no moment is told as one of today."""
_TAG = re.compile(r"<[^>]+>")


def plain(screen: str, values: Mapping[str, Any], language: str) -> str:
    """A screen of the announcements without its marks; moments in UTC."""
    written = renderer(language).text(screen, {**values, "clock_zone": "UTC", "clock_today": LONG_AGO})
    return html.unescape(_TAG.sub("", written))


@cache
def version() -> str:
    """Hash of the template and of its texts in all languages: another one means that words were changed."""
    source = (TEMPLATES / FLOW / "messages.j2").read_text("utf-8")
    found = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).extract_translations(source)  # type: ignore[attr-defined]  # added by the extension
    texts = [part for _, _, message in found for part in ([message] if isinstance(message, str) else message) if part]
    told = [catalogue(code).gettext(text) for code in sorted(languages()) for text in texts]
    return hashlib.sha256("\0".join([source, *told]).encode()).hexdigest()[:12]
