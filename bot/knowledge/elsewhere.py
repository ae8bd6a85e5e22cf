"""Reads what is known of countries elsewhere, and the domains by which a pasted address is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.outlooks import Outlook, Told
from bot.domain.web_addresses import DomainUse, KnownDomains
from bot.knowledge import elsewhere_schema as schema

if TYPE_CHECKING:
    from bot.knowledge.files import Files


def outlooks(files: Files) -> dict[str, Outlook]:
    """What is known of each country, by its ISO code."""
    entries = files.entries("elsewhere.toml", schema.OutlookEntry)
    return {code: _outlook(code, entry) for code, entry in entries.items()}


def _outlook(code: str, entry: schema.OutlookEntry) -> Outlook:
    told = tuple(Told(**dict(fact)) for fact in entry.facts)
    return Outlook(country=code, **(dict(entry) | {"facts": told}))


def known_domains(files: Files, *uses: DomainUse) -> frozenset[str]:
    """Meta's domains of these uses."""
    entries = files.entries("meta.toml", schema.DomainEntry)
    return frozenset(name for name, entry in entries.items() if entry.use in uses)


def link_domains(files: Files) -> KnownDomains:
    """All domains by which a pasted address is judged."""
    lists = files.entries("shorteners.toml", schema.ShortenersEntry).values()
    return KnownDomains(
        meta=known_domains(files, DomainUse.SHOWN, DomainUse.OWN),
        passing=known_domains(files, DomainUse.PASSES_ON),
        unsure=known_domains(files, DomainUse.UNSURE),
        shorteners=frozenset(name for each in lists for name in each.names),
    )
