"""The file of root keys, kept apart from the data. One key a line: `id key(hex) day`, the newest first."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.errors import SealError
from bot.storage.faults import make_folder

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

HEADER = (
    "# The keys of this bot's database, the newest first. Who has one and the database can read it.\n"
    "# Keep a copy of this file apart from the backups. Without it nobody can read them, we neither.\n"
)
KEY_BYTES = 32
ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class RootKey:
    """A root key. Its id is made from the key itself, so that a damaged line shows."""

    key: bytes
    made_on: str

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that name the key and tell nothing of it."""
        return sha256(b"objection-bot key id\0" + self.key).hexdigest()[: 2 * ID_BYTES]

    def __repr__(self) -> str:
        return f"RootKey({self.id})"

    def line(self) -> str:
        return f"{self.id} {self.key.hex()} {self.made_on}\n"


def new_key(on: date) -> RootKey:
    return RootKey(secrets.token_bytes(KEY_BYTES), on.isoformat())


def read_or_make(path: Path, on: date) -> tuple[RootKey, ...]:
    """The keys of the file, which is made with a first key if there is none."""
    if not path.exists():
        with suppress(FileExistsError):
            _place(path, HEADER + new_key(on).line(), replace=False)
    return read(path)


def read(path: Path) -> tuple[RootKey, ...]:
    """The keys of the file, the newest first. SealError names file and line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SealError(f"The key file {path} can't be read: {_why(error)}.") from None
    lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, words) for number, words in lines if words and not words[0].startswith("#")]
    keys = tuple(_key(path, number, words) for number, words in lines)
    if not keys:
        raise SealError(f"The key file {path} holds no key. Put back the one the database was made with.")
    return keys


def add_key(path: Path, on: date) -> RootKey:
    """Put a new key before the others."""
    keys = read(path)
    newest = new_key(on)
    _place(path, HEADER + "".join(key.line() for key in (newest, *keys)), replace=True)
    return newest


def warnings(path: Path) -> tuple[str, ...]:
    """What an operator should know about the file, a line each."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return (f"The key file {path} can be read by others (mode {mode:04o}): chmod 600 {path}",)
    return ()


def _key(path: Path, number: int, words: list[str]) -> RootKey:
    with suppress(ValueError, IndexError):
        key = RootKey(bytes.fromhex(words[1]), words[2] if len(words) > 2 else "")  # noqa: PLR2004
        if len(key.key) == KEY_BYTES and key.id == words[0]:
            return key
    raise SealError(f"Line {number} of the key file {path} is damaged. Put back the file the database was made with.")


def _place(path: Path, text: str, *, replace: bool) -> None:
    """Write beside it, then put it in place at once: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        make_folder(path.parent)
        _write(beside, text)
        _put(beside, path, replace=replace)
    except FileExistsError:
        raise
    except OSError as error:
        raise SealError(f"The key file {path} can't be written: {_why(error)}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _put(beside: Path, path: Path, *, replace: bool) -> None:
    if replace:
        beside.replace(path)
    else:
        path.hardlink_to(beside)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _why(error: Exception) -> str:
    return (error.strerror or "error") if isinstance(error, OSError) else "it is no text"
