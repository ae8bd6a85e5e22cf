"""Where a redirect points to, and whether it may be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from bot.domain.page_readings import REDIRECTS
from bot.domain.web_addresses import belongs_to, is_plain_https

if TYPE_CHECKING:
    from bot.domain.looks import LookRules

MAX_HOPS = 5
ADDRESS_LIMIT = 2048
"""Longer addresses are recorded cut and not followed."""


def location(status: int, told: str | None, url: str) -> str | None:
    """Where an answer of `url` points to, as a whole address of bounded length. Raises httpx.InvalidURL."""
    if status not in REDIRECTS or not told:
        return None
    return str(httpx.URL(url).join(told[:ADDRESS_LIMIT]))[:ADDRESS_LIMIT]


def leads_on(target: str, rules: LookRules) -> bool:
    """A login or a check says what it is by its address; foreign sites are never asked."""
    if rules.login.name(target) or rules.checkpoint.name(target):
        return False
    return len(target) < ADDRESS_LIMIT and is_plain_https(target) and belongs_to(target, rules.domains)
