"""What `doctor` says of the places we look from: does each see Meta's control pages, and which countries lack one."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.cli.finding import ok, stop, warn
from bot.clock import SystemClock
from bot.domain.control_pages import judge_control
from bot.domain.errors import ObjectionBotError
from bot.knowledge import load
from bot.knowledge.looks import load_looks
from bot.vantages.fetching import Standpoint, fetch, open_client
from bot.vantages.globalping.opening import TERMS, open_service
from bot.vantages.globalping.unmeasured import UnmeasuredError
from bot.vantages.sandbox import SandboxTransport

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.cli.finding import Finding
    from bot.domain.looks import LookRules
    from bot.settings import Settings

PATIENCE = 15
"""Seconds for all of it."""


async def looks(settings: Settings) -> list[Finding]:
    """Ask the control pages from everywhere, side by side."""
    try:
        knowledge = load(settings.knowledge_dir)
        rules = load_looks(knowledge.domains, settings.knowledge_dir)
    except ObjectionBotError:
        return []  # told already
    proxies = {} if settings.sandbox_url else settings.proxies
    ways = [_seen(settings, rules, Standpoint(), None)]
    ways += [
        _seen(settings, rules, Standpoint(country, f"proxy:{country}"), url.get_secret_value())
        for country, url in sorted(proxies.items())
    ]
    found = await asyncio.gather(*ways, _globalping(settings))
    return [*[each for part in found for each in part], _summary(settings, knowledge.countries)]


def _summary(settings: Settings, served: Collection[str]) -> Finding:
    """Which places there are, and for how many countries none."""
    if settings.sandbox_url:
        return ok("vantages: direct and one in each country, all played by the sandbox")
    inside = sorted(settings.proxies)
    named = f"direct, proxies {' '.join(inside)}" if inside else "direct, no proxies"
    without = 0 if settings.uses_globalping else len(set(served) - set(inside))
    missing = f" {without} served countries without a look from inside: shown as such." if without else ""
    return ok(f"vantages: {named}; Globalping {settings.globalping}.{missing}")


async def _seen(settings: Settings, rules: LookRules, standpoint: Standpoint, proxy: str | None) -> list[Finding]:
    """Does this place see the control pages? What it does not see it can't judge."""
    inner = SandboxTransport(settings.sandbox_url, rules) if settings.sandbox_url else None
    pages = sorted({place.control for place in rules.places})
    async with open_client(settings.operator_contact, inner, proxy=proxy) as client:
        seen = await asyncio.gather(*(fetch(client, page, rules, standpoint, total_seconds=PATIENCE) for page in pages))
    said = {page: judge_control(answer, answer, rules) for page, answer in zip(pages, seen, strict=True)}
    fine = [urlsplit(page).hostname or page for page, fault in said.items() if not fault]
    faults = [
        warn(
            f"looks: {standpoint.network}, {urlsplit(page).hostname}: {fault.explanation[0]}. "
            "Its forms can't be judged from there now."
        )
        for page, fault in said.items()
        if fault
    ]
    answer = ok(f"looks: {standpoint.network}, control pages answer ({', '.join(fine)})")
    return [answer, *faults] if fine else faults


async def _globalping(settings: Settings) -> list[Finding]:
    """What the measuring service leaves us, and its terms."""
    if not settings.uses_globalping:
        return []
    async with AsyncExitStack() as stack:
        service = open_service(settings, SystemClock(), stack)
        try:
            await service.limits()
        except UnmeasuredError as error:
            words = str(error).removeprefix("globalping: ")
            refused = "status 401" in words or "status 403" in words
            remedy = ". Copy GLOBALPING_TOKEN anew from dash.globalping.io" if refused else "; no looks from there now"
            return [(stop if refused else warn)(f"Globalping: {words}{remedy}."), ok(TERMS)]
        return [ok(f"Globalping: {service.allowance.words()}"), ok(TERMS)]
