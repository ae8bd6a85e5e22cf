"""The store as a command opens it: with the settings' database, key and folder for copies."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.clock import Clock
    from bot.settings import Settings
    from bot.storage.store import Store

PATIENCE = 5
"""Seconds that the sandbox may take to tell its time."""


def clock_of(settings: Settings) -> Clock:
    """The clock that the running bot goes by: the machine's, in the sandbox the sandbox's."""
    from bot.clock import MovableClock, SystemClock

    return MovableClock(_moved(settings.sandbox_url.rstrip("/"))) if settings.sandbox_url else SystemClock()


def _moved(url: str) -> timedelta:
    """How far the sandbox's clock is from the machine's."""
    import httpx

    try:
        told = httpx.get(f"{url}/clock", timeout=PATIENCE, trust_env=False).raise_for_status().json()
        return timedelta(seconds=told["offset_seconds"])
    except (httpx.HTTPError, ValueError, KeyError):
        raise SettingsError(f"SANDBOX_URL: no sandbox answers at {url}. Start it: objection-bot sandbox") from None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store, brought up to date, closed at the end."""
    from bot.clock import SystemClock
    from bot.storage import Store
    from bot.storage.first_key import seal_for

    now = SystemClock().now()
    seal = seal_for(settings.database_url, settings.data_key_file, on=now.date())
    store = await Store.open(settings.database_url, seal, now=now, backups=settings.backups)
    try:
        yield store
    finally:
        await store.close()


def file_of(settings: Settings) -> Path | None:
    """The file of the database; None if it is none."""
    from bot.storage.engine import file_of as database_file

    return database_file(settings.database_url)


def must_be_there(settings: Settings) -> None:
    """StorageError if there is no database yet."""
    file = file_of(settings)
    if file is not None and not file.exists():
        raise StorageError(f"There is no database {file} yet. It is made when the bot starts; or check DATABASE_URL.")
