"""Meta's pages about information for AI, by the data: those whose words the bot watches."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.knowledge import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.watched_pages import WatchedPage


@cache
def notices() -> Mapping[str, WatchedPage]:
    """All of them, by id."""
    return load().pages


def notice_at(host: str, path: str) -> WatchedPage | None:
    """The one that lives at an address."""
    return next((page for page in notices().values() if _address(page) == (host, path.strip("/"))), None)


def _address(page: WatchedPage) -> tuple[str, str]:
    parts = urlsplit(page.url)
    return parts.hostname or "", parts.path.strip("/")
