"""Whose page is this? The registrable domain decides (DESIGN promise 6), never the look of an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


class DomainUse(StrEnum):
    """What a registrable domain on record is to us."""

    SHOWN = "shown"
    """Meta's, and our own links may end there."""
    OWN = "own"
    """Meta's by what Meta itself has published; we show no links to it."""
    PASSES_ON = "passes_on"
    """Meta's, but its addresses only lead on to a chat or page of anybody."""
    UNSURE = "unsure"
    """Said to be Meta's; nothing of Meta's own on record says so, or others' files lie there."""


@dataclass(frozen=True, slots=True)
class KnownDomains:
    """The registrable domains by which a pasted address is judged."""

    meta: frozenset[str]
    """`shown` and `own`."""
    passing: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    shorteners: frozenset[str] = frozenset()


def registrable_domain(url: str) -> str | None:
    """The part of the address somebody had to register: `facebook.com` of `https://www.facebook.com/help`."""
    host = _host(url)
    return _suffixes().privatesuffix(host) if host else None


def belongs_to(url: str, domains: frozenset[str]) -> bool:
    """Tell whether the address ends at one of these registrable domains."""
    return registrable_domain(url) in domains


def is_plain_https(url: str) -> bool:
    """https, no name or password before the host, no port of its own."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and "@" not in parts.netloc and port in {None, 443}


def _host(url: str) -> str | None:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    last = host.rpartition(".")[2]
    return host if last and not last.isdigit() and ":" not in host else None


@cache
def _suffixes() -> PublicSuffixList:
    """The list that comes with the library; read once, 60 ms."""
    return PublicSuffixList(accept_unknown=False)
