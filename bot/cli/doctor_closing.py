"""What `doctor` says of the closing of the service. Nothing is changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.cli.finding import warn
from bot.cli.opening import file_of
from bot.domain.closing import ClosingState
from bot.storage import migrate
from bot.storage.closing import current
from bot.storage.engine import database
from bot.storage.schema import REVISION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.cli.finding import Finding
    from bot.domain.closing import Closing
    from bot.settings import Settings


def closes(settings: Settings) -> Iterator[Finding]:
    """Is it decided that the service closes?"""
    file = file_of(settings)
    if file is not None and not file.exists():
        return
    closing = asyncio.run(_closing(settings.database_url))
    if closing and closing.state is ClosingState.CLOSED:
        yield warn(f"closing: closed on {closing.day}; whoever writes gets one line. To begin anew take a new database")
    elif closing and closing.is_announced:
        told = "everybody is told" if closing.told_at else "people are being told"
        yield warn(f"closing: closes on {closing.day}, 12:00 UTC, then everything is erased; {told}")


async def _closing(url: str) -> Closing | None:
    opened = database(url)
    try:
        is_new = await opened.read(migrate.revision_of) == REVISION
        return await opened.read(current) if is_new else None
    finally:
        await opened.close()
