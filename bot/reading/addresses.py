"""Finds what somebody could open in a text: addresses with and without a scheme, in prose, lists and markup. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.web_addresses import registrable_domain
from bot.reading.hosts import is_invisible, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKDOWN = re.compile(r"\[([^\[\]]{0,500})\]\(")
_BETWEEN = re.compile(r"[\s<>\"“”„«»`]+")
_SCHEME = re.compile(
    r"(?<![\w.+-])(?:(?P<web>https?):(?=\S)|(?P<other>[a-z][a-z0-9+.-]{0,30}:(?=//)"
    r"|javascript:|vbscript:|blob:|view-source:|intent:|data:(?=[\w.+-]*[/;,])|tg:(?=[\w/])))",
    re.IGNORECASE,
)
_LABEL = r"[^\s\W](?:[\w%-]{0,61}[\w%])?"
_HOST = re.compile(rf"(?:{_LABEL}[.。．｡])+(?P<last>{_LABEL})\.?(?P<port>:\d{{1,5}})?")
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?=[/?#])")
_PIECES = re.compile(r"[,;|(){}\[\]=]|:(?!\d)")
_AROUND = ".,;:!?()[]{}«»“”„‚‘’'\"*_~…¡¿·•"
_META = re.compile(r"faceb|insta|whats|meta|^fb|thread", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Something that can be opened. `rest` is what follows `https://`; empty for what is no page of the web."""

    rest: str
    hidden: bool = False
    """There were invisible signs in it."""


def addresses_in(text: str) -> Iterator[Address]:
    """All addresses of a text, in its order. E-mail addresses are none."""
    for word in _BETWEEN.split(_MARKDOWN.sub(r" \1 ", text)):
        given = _trimmed(word)
        seen = visible(given)
        if seen and ("." in seen or ":" in seen or not seen.isascii()):
            alone = seen == visible(text).strip(_AROUND + " ")
            yield from (Address(rest, hidden=seen != given) for rest in _rests(seen, alone=alone))


def after_scheme(text: str) -> str | None:
    """What follows `https://`, however it is written; None if the text begins with no scheme of the web."""
    found = _SCHEME.match(text)
    return text[found.end() :].lstrip("\\/") if found and found["web"] else None


def _trimmed(word: str) -> str:
    while word and (is_invisible(word[0]) or word[0] in _AROUND.replace("[", "")):
        word = word[1:]
    while word and (is_invisible(word[-1]) or word[-1] in _AROUND.replace("]", "")):
        word = word[:-1]
    return word


def _rests(word: str, *, alone: bool) -> Iterator[str]:
    scheme = _SCHEME.search(word)
    before = word[: scheme.start()] if scheme else word
    bare = list(_bare(word, alone=alone)) if "." in before or not before.isascii() else []
    yield from bare
    if scheme and not (bare and _HOST.match(before)):
        yield word[scheme.end() :].lstrip("\\/") if scheme["web"] else ""


def _bare(word: str, *, alone: bool) -> Iterator[str]:
    whole = word.lstrip("\\/")
    if _is_address(whole, alone=alone):
        yield whole
        return
    for piece in _PIECES.split(word):
        rest = piece.strip(_AROUND).lstrip("\\/")
        if _is_address(rest, alone=False):
            yield rest


def _is_address(rest: str, *, alone: bool) -> bool:
    authority = re.split(r"[\\/?#]", rest, maxsplit=1)[0]
    goes_on = len(authority) < len(rest)
    if "@" in authority:
        return goes_on and bool(_HOST.fullmatch(authority.rpartition("@")[2]))
    if _QUAD.match(rest):
        return True
    host = _HOST.fullmatch(authority)
    if not host or host["last"].isdigit() or len(host["last"]) == 1:
        return False
    known = registrable_domain(f"https://{authority}") is not None
    return known or goes_on or alone or bool(host["port"]) or bool(_META.search(authority)) or not authority.isascii()
