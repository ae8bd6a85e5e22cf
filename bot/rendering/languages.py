"""The languages: one list (locales/languages.toml), one gettext catalogue each."""

from __future__ import annotations

import gettext
import tomllib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import conversations
from bot.domain.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Callable

LOCALES = Path(conversations.__file__).parents[1] / "locales"
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the bot speaks. `name` is its own name for itself."""

    code: str
    name: str
    reviewed: bool


@cache
def languages() -> dict[str, Language]:
    """All languages that are on, the source first."""
    with (LOCALES / "languages.toml").open("rb") as file:
        records = tomllib.load(file)["language"]
    return {each["code"]: Language(each["code"], each["name"], each["reviewed"]) for each in records}


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The texts of a language. A compiled catalogue is taken if it is not older than its source."""
    if code == SOURCE:
        return gettext.NullTranslations()
    folder = LOCALES / code / "LC_MESSAGES"
    source, compiled = folder / "messages.po", folder / "messages.mo"
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return _compiled(source, code)


def _compiled(source: Path, code: str) -> gettext.GNUTranslations:
    from babel.messages import mofile, pofile  # noqa: PLC0415  # slow to import, and only needed uncompiled

    try:
        with source.open("rb") as file:
            texts = pofile.read_po(file, locale=code, abort_invalid=True)
    except (OSError, pofile.PoFileError) as error:
        raise KnowledgeError(f"locales/{code}: the texts can't be read: {error}") from error
    buffer = BytesIO()
    mofile.write_mo(buffer, texts)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def best_language(wanted: str | None) -> str:
    """The language for an IETF tag such as `de-AT`; the source if we do not speak it."""
    code = (wanted or SOURCE).lower().replace("_", "-").split("-")[0]
    return code if code in languages() else SOURCE


def speakers() -> dict[str | None, Callable[[str], str]]:
    """What translates a text, by language tag; the source, for everybody else, has none."""
    return {None if code == SOURCE else code: catalogue(code).gettext for code in languages()}
