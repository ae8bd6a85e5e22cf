"""Where a link in a chat leads inside the sandbox."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.knowledge import load
from bot.sandbox.meta.server import local
from bot.sandbox.profile import USERNAME

if TYPE_CHECKING:
    from bot.sandbox.world import Person

TELEGRAM = {"t.me", "telegram.me"}


@cache
def _domains() -> frozenset[str]:
    return load().domains


def leads_to(url: str, person: Person) -> str:
    """Meta's pages and links to the bot stay in the sandbox; all others are what they are."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host in TELEGRAM and parts.path.strip("/").lower() == USERNAME:
        return _to_bot(parse_qs(parts.query), person)
    if host in TELEGRAM and parts.path.rstrip("/").lower() == "/share/url":
        return _to_others(parse_qs(parts.query), person)
    if any(host == domain or host.endswith(f".{domain}") for domain in _domains()):
        return local(url.replace("http://", "https://", 1), {"person": str(person.id), "place": person.opens_in})
    return url


def _to_others(query: dict[str, list[str]], person: Person) -> str:
    """The step in which somebody chooses whom to send it to; Telegram puts the address above the text."""
    said = "\n".join(query[name][0] for name in ("url", "text") if name in query)
    return f"/?{urlencode({'as': str(person.id), 'share': said})}"


def _to_bot(query: dict[str, list[str]], person: Person) -> str:
    asked = {"as": str(person.id)}
    for name in ("start", "startgroup"):
        if name in query:
            asked[name] = query[name][0]
    return f"/?{urlencode(asked)}"
