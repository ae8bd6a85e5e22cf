"""The first key is made with the first database, and never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import SealError
from bot.storage.engine import file_of
from bot.storage.seal import Seal

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


SQLITE = b"SQLite format 3\0"
"""What every such file begins with."""


def seal_for(url: str, path: Path, *, on: date) -> Seal:
    """The seal of a database. In the place of a lost key none is made: in copies too it would pass for the lost one."""
    file = file_of(url)
    if file is not None and not path.exists() and _is_begun(file):
        raise SealError(f"DATA_KEY_FILE {path} is missing, and {file} can't be read without it: put it back.")
    return Seal.from_file(path, on=on)


def _is_begun(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(SQLITE)) == SQLITE
    except OSError:
        return False  # the database tells by itself what is wrong
