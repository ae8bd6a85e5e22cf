"""Copies of the database while it runs. What is sealed stays sealed in them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from bot.domain.errors import StorageError
from bot.storage.faults import make_folder, unusable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

COPIES = 3
KEPT = timedelta(days=30)
"""No longer than the ledger of erasures: a copy that is put back must be able to repeat them."""
PATTERN = "before-*.db"


def copy(connection: Connection, path: Path) -> None:
    """Copy the database as it is at this moment, only for its owner's eyes, in place only when complete."""
    if connection.dialect.name != "sqlite":
        raise StorageError("Only SQLite is copied by this command; take pg_dump for PostgreSQL.")
    source = cast("sqlite3.Connection", connection.connection.driver_connection)
    beside = path.with_name(f".{path.name}.new")
    try:
        make_folder(path.parent)
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(beside)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        beside.replace(path)
    except OSError as error:
        raise unusable(f"The backup {path}", error) from None
    except sqlite3.Error as error:
        raise StorageError(f"The backup {path} failed: {error}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def copy_before_change(connection: Connection, folder: Path, revision: str, now: datetime) -> Path:
    """Copy it before the schema changes, and let go of the oldest copies."""
    path = folder / f"before-{revision}-{now:%Y%m%dT%H%M%S}.db"
    copy(connection, path)
    for old in sorted(folder.glob(PATTERN), key=lambda each: each.stat().st_mtime)[:-COPIES]:
        old.unlink(missing_ok=True)
    return path


def drop_old(folder: Path, now: datetime) -> None:
    """Let go of copies that are older than erasures are remembered."""
    for each in folder.glob(PATTERN):
        if now.timestamp() - each.stat().st_mtime > KEPT.total_seconds():
            each.unlink(missing_ok=True)
