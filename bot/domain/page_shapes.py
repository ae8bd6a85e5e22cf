"""What a page looks like once ids, tokens and numbers are taken away, and whether two pages are alike."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from bot.domain.observations import Page

COMPARED_SHARE = 0.9
"""Of two pages of which one was cut: what changed in length before the cut must not count as a difference."""

REMEMBERED = 32
"""Bodies of at most 64 KiB whose words and shape are kept: those of one round, where many countries' looks share the
same pages and a page takes milliseconds to take apart."""

_UNSEEN = re.compile(r"(?is)<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_TAG = re.compile(r"<\s*(/?[a-z][a-z0-9]*)[^>]*(?:>|\Z)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]{12,}")
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


@lru_cache(REMEMBERED)
def visible_text(body: str) -> str:
    """The words a person would read: lower case, one space between them, plain apostrophes."""
    text = html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", body)))
    return _SPACE.sub(" ", text).replace("’", "'").strip().casefold()


def same_page(one: Page, other: Page) -> bool:
    """Tell whether both show the same, apart from what differs between any two visits."""
    if one.error or other.error:
        return one.error is not None and other.error is not None
    if one.status != other.status or landing(one) != landing(other):
        return False
    return _same_shape(shape(one.body), shape(other.body), cut=one.truncated or other.truncated)


def landing(page: Page) -> str:
    """Where the page ended, without ids: host, path, and the names of its parameters."""
    last = page.hops[-1]
    parts = urlsplit(last.location or last.url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    path = _NUMBER.sub("#", parts.path.rstrip("/"))
    return f"{parts.hostname or ''}{path}?{'&'.join(names)}"


@lru_cache(REMEMBERED)
def shape(body: str) -> str:
    """Elements and words of a body, without attributes, ids, tokens and numbers."""
    bare = _TAG.sub(r"<\1>", _UNSEEN.sub(" ", body))
    return _SPACE.sub(" ", _NUMBER.sub("#", _WORD.sub(_without_token, html.unescape(bare)))).strip()


def lasting_words(body: str) -> str:
    """The words a person would read, without tokens; numbers stay, for a date may be all that changes."""
    return _WORD.sub(_without_token, visible_text(body))


def _without_token(word: re.Match[str]) -> str:
    """A long word with a digit in it is a token."""
    return "#" if _NUMBER.search(word[0]) else word[0]


def _same_shape(one: str, other: str, *, cut: bool) -> bool:
    if not cut:
        return one == other
    compared = int(min(len(one), len(other)) * COMPARED_SHARE)
    return one[:compared] == other[:compared]
