"""Who looks: one process, however many share a database. A process that ends, however it ends, lets go by itself."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.faults import unusable

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

LOOKING = 0x0B7EC71
"""The number of the advisory lock; any will do that nobody else takes in this database."""


class FileLock:
    """A lock on a file, which the system takes away from a process that is no more."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, -1

    def held(self) -> bool:
        """Take it if nobody has it; do we have it?"""
        if self._file < 0:
            try:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise unusable(f"The lock {self._path}", error) from None
            if not self._taken():
                self.let_go()
        return self._file >= 0

    def _taken(self) -> bool:
        try:
            from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415  # Windows has none; one process runs there

            flock(self._file, LOCK_EX | LOCK_NB)
        except OSError:
            return False
        except ImportError:
            return True
        return True

    def let_go(self) -> None:
        """Leave it to others."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class AdvisoryLock:
    """PostgreSQL's lock of a session: the server takes it away from a session that is no more."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._session: AsyncConnection | None = None
        self._asking = asyncio.Lock()

    async def held(self) -> bool:
        """Take it if nobody has it; do we have it? A server without such locks (tests) has one process."""
        if self._engine.dialect.name != "postgresql":
            return True
        async with self._asking:  # a session answers one question at a time, and would be given up for a second
            try:
                return await self._still() or await self._take()
            except DBAPIError:
                await self.let_go()
                return False

    async def _still(self) -> bool:
        if self._session is None:
            return False
        await self._session.execute(text("SELECT 1"))
        return True

    async def _take(self) -> bool:
        session = await self._engine.connect()
        session = await session.execution_options(isolation_level="AUTOCOMMIT")
        if await session.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": LOOKING}):
            self._session = session
            return True
        await session.close()
        return False

    async def let_go(self) -> None:
        """Leave it to others: the session ends, so that no pool keeps it."""
        session, self._session = self._session, None
        if session is not None:
            await session.invalidate()
            await session.close()
