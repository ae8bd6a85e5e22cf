"""Reads tongues.toml: by which words and letters a language is known."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Text, Texts


class TongueEntry(Entry):
    """A language by its everyday words (in one line) and by its letters; the id is its ISO 639 code."""

    words: Text
    scripts: Annotated[Texts, Field(min_length=1)] = ("LATIN",)


def load_tongues(overlay: Path | None = None) -> dict[str, TongueEntry]:
    """All languages that can be told apart, by code; the operator's records win by code."""
    return Files(overlay).entries("tongues.toml", TongueEntry)
