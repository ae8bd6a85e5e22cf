"""The engine under the rooms. A unit of work is a plain function of a `Connection`, run in one transaction.

So the same units run under every engine: SQLite in threads of our own (`sqlite_engine`), others through an
async engine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StorageError
from bot.storage.faults import explained, out_of_reach
from bot.storage.leadership import AdvisoryLock
from bot.storage.sqlite_engine import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL

P = ParamSpec("P")
T = TypeVar("T")
POSTGRESQL = "postgresql+asyncpg://…"


class Database(Protocol):
    """Runs units of work."""

    async def read(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit on a snapshot; it must not write."""

    async def write(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in a transaction: all of it or nothing."""

    async def rewrite(self) -> bool:
        """Try once to write the file anew without what was deleted; False while somebody else writes."""

    async def truncate_log(self) -> bool:
        """Try once to empty the write-ahead log; False while somebody reads an older state."""

    async def lead(self) -> bool:
        """Is this the one process that looks? Asked again and again; whoever leads keeps it."""

    async def close(self) -> None:
        """Finish what runs and let go."""


def database(url: str) -> Database:
    """The database behind a URL. Which driver of SQLite it names doesn't matter: see `sqlite_engine`."""
    parsed = _parsed(url)
    return SqliteDatabase(parsed) if parsed.get_backend_name() == "sqlite" else _server(parsed)


def file_of(url: str) -> Path | None:
    """The file of the database; None if it is none."""
    parsed = _parsed(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise StorageError("DATABASE_URL is no address of a database; take sqlite+aiosqlite:///FILE") from None


def _server(url: URL) -> AsyncDatabase:
    """Another engine than SQLite. No part of the address is told: it holds a password."""
    name = url.get_backend_name()
    if name != "postgresql":
        raise StorageError(f"DATABASE_URL: {name} is not known; take sqlite+aiosqlite:///FILE or {POSTGRESQL}")
    try:
        if url.get_dialect().is_async:
            return AsyncDatabase(url)
    except NoSuchModuleError:
        pass
    except ModuleNotFoundError as error:
        raise StorageError(f"DATABASE_URL needs {error.name}, which is missing: pip install {error.name}") from None
    raise StorageError(f"DATABASE_URL: {url.drivername} names no driver for asyncio; take {POSTGRESQL}")


class AsyncDatabase:
    """Any other server, through its async driver."""

    def __init__(self, url: URL) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  # 6 MB that SQLite does not need

        self._engine = create_async_engine(url, hide_parameters=True)
        self._leadership = AdvisoryLock(self._engine)

    async def read(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit; the server's own isolation holds."""
        return await self.write(unit, *args, **kwargs)

    async def write(self, unit: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in a transaction."""
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(unit, *args, **kwargs)
        except DBAPIError as error:
            raise explained(error, self._engine.url) from error
        except (OSError, TimeoutError, PoolTimeout) as error:  # the driver's own, of which SQLAlchemy makes none
            raise out_of_reach(error, self._engine.url) from error

    async def rewrite(self) -> bool:
        """A server cleans its pages by itself (VACUUM)."""
        return True

    async def truncate_log(self) -> bool:
        """The server's own business; `autovacuum` is its broom."""
        return True

    async def lead(self) -> bool:
        """One process holds the server's advisory lock, by a connection of its own."""
        return await self._leadership.held()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._leadership.let_go()
        await self._engine.dispose()
