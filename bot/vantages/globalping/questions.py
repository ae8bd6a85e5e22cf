"""What we ask the service: one page, from one probe. Pure; nothing in it has to do with a person."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.vantages.fetching import ACCEPT, ACCEPT_LANGUAGE

EYEBALL = "eyeball-network"
"""Probes in homes and offices: they see what people see."""
PROBE_SECONDS = 15
"""The service's own default for a page; it allows 5 to 30."""


def nearby(country: str, *, homes: bool) -> list[dict[str, Any]]:
    """One probe in a country."""
    place: dict[str, Any] = {"country": country, "limit": 1}
    return [place | {"tags": [EYEBALL]}] if homes else [place]


def question(url: str, locations: list[dict[str, Any]] | str) -> dict[str, Any]:
    """The request for a page's measurement. `locations`: places, or an earlier measurement's id for its probe again.

    GET, for a HEAD has no body to judge. User-Agent and Host are the service's own and can't be set.
    """
    parts = urlsplit(url)
    request = {
        "method": "GET",
        "path": parts.path or "/",
        "headers": {"Accept": ACCEPT, "Accept-Language": ACCEPT_LANGUAGE},
    }
    if parts.query:
        request["query"] = parts.query
    return {
        "type": "http",
        "target": parts.hostname or "",
        "locations": locations,
        "timeout": PROBE_SECONDS,
        "inProgressUpdates": False,
        "measurementOptions": {"protocol": "HTTPS", "port": 443, "request": request},
    }
