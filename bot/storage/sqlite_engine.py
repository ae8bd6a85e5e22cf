"""SQLite: a unit of work runs as a whole in aiosqlite's thread, on aiosqlite's connection.

One connection writes (units queue there, so no lock is needed), one reads. SQLAlchemy's own dialect for aiosqlite
crosses threads at every statement: measured, 3.1 instead of 1.0 ms for gather and save of one update. So a whole
unit crosses once, by `Connection._execute`, and SQLAlchemy is given `Connection._conn`: names of aiosqlite's
that are not public; tests/storage/test_engines.py holds them.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.domain.errors import StorageError
from bot.storage.faults import explained, make_folder, unusable
from bot.storage.leadership import FileLock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy import URL, Engine

P = ParamSpec("P")
T = TypeVar("T")
BUSY_TIMEOUT = 15_000
"""Milliseconds: a backup or a shell may hold the lock for a while; only our thread waits."""
CHECKPOINT_TIMEOUT = 200
PRAGMAS: dict[str, str | int] = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # a commit is a promise: NORMAL may lose the last ones when the power fails
    "secure_delete": "ON",  # what is deleted is overwritten
    "foreign_keys": "ON",
    "temp_store": "MEMORY",  # nothing sealed or open in a temporary file
    "busy_timeout": BUSY_TIMEOUT,
    "cache_size": "-8000",
}


class _Side:
    """One connection of aiosqlite's, in its thread, spoken to through SQLAlchemy."""

    def __init__(self, url: URL, begin: str) -> None:
        self._owner = aiosqlite.connect(str(url.database), isolation_level=None, check_same_thread=False)
        self._engine = _sqlite_engine(url, begin, lambda: self._owner._conn)  # noqa: SLF001  # see the module's text
        self._opening = asyncio.Lock()
        self._connection: Connection | None = None
        self._closed = False

    async def run(self, unit: Callable[[Connection], T], *, transaction: bool = True) -> T:
        if self._connection is None:
            await self._open()
        return await self._in_thread(lambda: self._run(unit, transaction))

    async def _open(self) -> None:
        async with self._opening:
            if self._connection is None:
                await self._owner
                self._connection = await self._in_thread(self._connect)

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except DBAPIError as error:
            raise explained(error, self._engine.url) from error

    async def _in_thread(self, unit: Callable[[], T]) -> T:
        execute: Callable[[Callable[[], T]], Awaitable[T]] = self._owner._execute  # noqa: SLF001  # as above
        return await execute(unit)

    def _run(self, unit: Callable[[Connection], T], transaction: bool) -> T:  # noqa: FBT001  # by position
        assert self._connection is not None  # noqa: S101  # run() opened it
        try:
            if not transaction:
                return unit(self._connection)
            with self._connection.begin():
                return unit(self._connection)
        except (DBAPIError, sqlite3.Error) as error:  # the broom speaks to SQLite itself
            raise explained(error, self._engine.url) from error

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            if self._connection is not None:
                await self._in_thread(self._connection.close)
            await self._stop()

    async def _stop(self) -> None:
        """End the thread, also where the connection never came to be."""
        with suppress(ValueError):
            await self._in_thread(self._engine.dispose)
        stopped = self._owner.stop()
        if stopped is not None and self._owner._thread.is_alive():  # noqa: SLF001  # as above
            await stopped


class SqliteDatabase:
    """A file. `path` is where it lies."""

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise StorageError("DATABASE_URL names no file; take sqlite+aiosqlite:///data/objection-bot.db")
        self.path = Path(url.database)
        _make_file(self.path)
        plain = url.set(drivername="sqlite+pysqlite")
        self._writer, self._reader = _Side(plain, "BEGIN IMMEDIATE"), _Side(plain, "BEGIN")
        self._leadership = FileLock(self.path.with_name(f"{self.path.name}.looking"))

    async def read(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit on a snapshot."""
        return await self._reader.run(lambda connection: unit(connection, *args, **kwargs))

    async def write(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit after those before it, with the write lock from its first statement on."""
        return await self._writer.run(lambda connection: unit(connection, *args, **kwargs))

    async def rewrite(self) -> bool:
        """Try once to write the file anew without what was deleted; False while somebody else writes."""
        return await self._writer.run(_vacuum, transaction=False)

    async def truncate_log(self) -> bool:
        """Try once to write the WAL back and empty it; False while somebody reads an older state."""
        return await self._writer.run(_checkpoint, transaction=False)

    async def lead(self) -> bool:
        """One process holds the lock on a file beside the database."""
        return self._leadership.held()

    async def close(self) -> None:
        """Finish what runs and let go; the last to leave writes the WAL back."""
        self._leadership.let_go()
        await self._reader.close()
        await self._writer.close()


def _make_file(path: Path) -> None:
    """Make an empty file that only its owner may read; SQLite's WAL takes over its mode."""
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise unusable(f"The database {path}", error) from None


def _sqlite_engine(url: URL, begin: str, creator: Callable[[], Any]) -> Engine:
    engine = create_engine(url, creator=creator, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _checkpoint(connection: Connection) -> bool:
    """Write the WAL back and empty it, with little patience: whoever writes is waiting behind us."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {CHECKPOINT_TIMEOUT}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    finally:
        cursor.close()
    return row is not None and row[0] == 0


def _vacuum(connection: Connection) -> bool:
    cursor = connection.connection.cursor()
    try:
        cursor.execute("VACUUM")
    except sqlite3.OperationalError as error:
        waits = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        return error.sqlite_errorcode & 0xFF not in waits  # with a full disk the erased cells have to be enough
    finally:
        cursor.close()
    return True
