"""Reads claims.toml: what each citation in our texts rests on, and which records are old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bot.knowledge.records import Knowledge

OLD_AFTER = timedelta(days=180)


class ClaimEntry(Entry):
    """One thing that the law is said to say."""

    cites: tuple[Text, ...]
    says: Text


@dataclass(frozen=True, slots=True)
class Claim:
    """`cites` are citations as the English texts write them; `says` is our reading of them."""

    id: str
    cites: tuple[str, ...]
    says: str
    sources: tuple[str, ...]
    checked: date


def load_claims(overlay: Path | None = None) -> dict[str, Claim]:
    """The record that each citation rests on. KnowledgeError if a record is not as it must be."""
    entries = Files(overlay).entries("claims.toml", ClaimEntry)
    claims = (Claim(id=id_, **dict(entry)) for id_, entry in entries.items())
    return {cite: claim for claim in claims for cite in claim.cites}


def old_records(knowledge: Knowledge, claims: dict[str, Claim], today: date) -> list[str]:
    """The ids of all records that nobody compared with their sources for 180 days, sorted."""
    checked = [(claim.id, claim.checked) for claim in claims.values()]
    checked += [(each.id, each.checked) for each in knowledge.forms.values()]
    checked += [(each.id, each.checked) for each in knowledge.jurisdictions.values()]
    checked += [(each.id, each.checked) for each in knowledge.authorities]
    checked += [(each.id, each.checked) for each in knowledge.addresses.values()]
    checked += [(each.id, each.checked) for each in knowledge.pages.values()]
    return sorted({id_ for id_, day in checked if today - day > OLD_AFTER})
