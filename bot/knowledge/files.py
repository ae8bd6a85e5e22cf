"""From TOML files, ours and the operator's laid over them, to checked entries: id → entry, per file."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from bot.domain.errors import KnowledgeError
from bot.knowledge.schema import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

EntryT = TypeVar("EntryT", bound=Entry)


class Files:
    """The folder that comes with the program, and the operator's (`KNOWLEDGE_DIR`) that wins by id."""

    def __init__(self, overlay: Path | None = None) -> None:
        self._ours = resources.files("bot.knowledge")
        self._overlay = overlay
        self._refuse_unknown_files()

    def entries(self, name: str, model: type[EntryT]) -> dict[str, EntryT]:
        """All records of a file by id: a record of the overlay replaces ours, a new one is added."""
        found = _entries(self._ours / name, name, model)
        if self._overlay is not None and (self._overlay / name).is_file():
            found |= _entries(self._overlay / name, str(self._overlay / name), model)
        return found

    def _refuse_unknown_files(self) -> None:
        if self._overlay is None:
            return
        if not self._overlay.is_dir():
            raise KnowledgeError(f"KNOWLEDGE_DIR {self._overlay}: is no folder")
        known = sorted(file.name for file in self._ours.iterdir() if file.name.endswith(".toml"))
        for file in sorted(self._overlay.glob("*.toml")):
            if file.name not in known:
                raise KnowledgeError(f"{file}: no such file is laid over; known are {', '.join(known)}")


def _entries(file: Traversable, shown: str, model: type[EntryT]) -> dict[str, EntryT]:
    return {record: _entry(shown, record, table, model) for record, table in _tables(file, shown).items()}


def _tables(file: Traversable, shown: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{shown}: can't be read: {_one_line(error)}") from error


def _entry(shown: str, record: str, table: object, model: type[EntryT]) -> EntryT:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(the whole record)"
        raise KnowledgeError(f"{shown}: {record}: {field}: {_one_line(first['msg'])}") from error


def _one_line(message: object) -> str:
    return " ".join(str(message).split())
