"""`objection-bot rotate-key`: a new key, and everything sealed anew under it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.cli.failing import one_line
from bot.cli.opening import must_be_there, opened
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def rotate_key() -> None:
    """Make a new key and seal every row anew. Stop the bot first; start it again afterwards."""
    with one_line():
        settings = load_settings()
        must_be_there(settings)
        count = asyncio.run(_rotate(settings))
        print(f"{count} rows sealed under a new key in {settings.data_key_file}. Copy that file to where you keep it.")
        print("The old key stays in it for backups made before; after 30 days its line can go.")


async def _rotate(settings: Settings) -> int:
    from bot.clock import SystemClock

    async with opened(settings) as store:
        return await store.rotate(SystemClock().now().date())
