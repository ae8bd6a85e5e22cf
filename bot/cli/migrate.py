"""`objection-bot migrate`: bring the database to what this program reads and writes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.cli.failing import one_line
from bot.cli.opening import opened
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def migrate() -> None:
    """Bring the database up to date, with a copy of it first. The bot does the same when it starts."""
    with one_line():
        asyncio.run(_migrate(load_settings()))


async def _migrate(settings: Settings) -> None:
    from bot.storage.schema import REVISION

    async with opened(settings):
        print(f"The database is up to date ({REVISION}).")
