"""What the database says when it can't go on, in a line an operator understands. No value stands in it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

REMEDIES = {
    sqlite3.SQLITE_FULL: "has no room left: free space on its disk. Nothing was lost; it goes on by itself",
    sqlite3.SQLITE_BUSY: "is locked by another process for too long: end it, or wait",
    sqlite3.SQLITE_LOCKED: "is locked by another process for too long: end it, or wait",
    sqlite3.SQLITE_READONLY: "can't be written: check who owns the file and its folder",
    sqlite3.SQLITE_PERM: "can't be written: check who owns the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "can't be opened: check that the folder is there and may be written",
    sqlite3.SQLITE_IOERR: "can't be read or written: the disk reports a fault",
    sqlite3.SQLITE_CORRUPT: "is damaged: put back a backup",
    sqlite3.SQLITE_NOTADB: "is no SQLite file: check DATABASE_URL, or put back a backup",
}
PRIMARY_CODE = 0xFF


def explained(error: DBAPIError | sqlite3.Error, url: URL) -> StorageError:
    """The error in one line."""
    cause = error if isinstance(error, sqlite3.Error) else error.orig
    code = getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE
    remedy = REMEDIES.get(code, f"refuses to work ({type(cause).__name__})")
    return StorageError(f"The database {url.render_as_string(hide_password=True)} {remedy}.")


def out_of_reach(error: Exception, url: URL) -> StorageError:
    """No connection to the server comes about."""
    where = url.render_as_string(hide_password=True)
    return StorageError(f"The database {where} can't be reached ({type(error).__name__}): does its server run?")


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into; NotADirectoryError if a file is in its place."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(error.errno, "a file is in the place of its folder") from None


def unusable(where: object, error: OSError) -> StorageError:
    """A file or folder can't be used."""
    return StorageError(f"{where} can't be used: {error.strerror}. Check that it may be written.")
