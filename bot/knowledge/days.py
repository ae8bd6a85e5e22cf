"""Reads days.toml: how people say a day without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PositiveInt

from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Text, Texts

if TYPE_CHECKING:
    from pathlib import Path

Pattern = Annotated[str, Field(pattern=r"\{n\} \{unit\}")]


class DaysEntry(Entry):
    """The words of one language; the fields as days.toml explains them."""

    days: dict[Text, int]
    last: Texts
    next: Texts
    around: Texts
    daytime: Texts
    clock: Texts
    ago: tuple[Pattern, ...]
    ahead: tuple[Pattern, ...]
    numbers: dict[Text, PositiveInt]
    units: dict[Text, PositiveInt]
    ordinals: Texts = ()


def load_days(overlay: Path | None = None) -> tuple[DaysEntry, ...]:
    """The words of all languages; the operator's win by language."""
    return tuple(Files(overlay).entries("days.toml", DaysEntry).values())
