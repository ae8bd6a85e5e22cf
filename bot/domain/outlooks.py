"""Countries we can't lead as we lead Europe: what is known there, how surely, and what helps instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.forms import Sureness


class FormThere(StrEnum):
    """Does Meta's objection form serve accounts of that country?"""

    KNOWN = "known"
    """A form is on record and a case can be opened."""
    UNSURE = "unsure"
    """Somebody says so; the person may look, with care."""
    NONE = "none"
    """None is known."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fact. `says` names its sentence in conversations/elsewhere/messages.j2, worded by its sureness."""

    says: str
    sureness: Sureness
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody with an account of that country can expect."""

    country: str
    form: FormThere
    facts: tuple[Told, ...]
    page: str | None
    """The page of an authority there, if one is on record."""
    sources: tuple[str, ...]
    checked: date
    jurisdiction: str | None = None
    """The law there, where its periods are on record."""
    zone: str | None = None
    """The clock there (IANA), where the whole country has one."""
