"""Whose page is this? The registrable domain decides (DESIGN promise 6), never the look of an address."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


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
