"""`objection-bot backup PATH`: a copy of the database while the bot runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import one_line
from bot.cli.opening import file_of, must_be_there
from bot.domain.errors import StorageError
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def backup(
    path: Annotated[
        Path, typer.Argument(help="The file to write, or a folder that is there: then the file is named by the time.")
    ],
) -> None:
    """Copy the database, sealed as it is, while the bot runs. The key is not in it: keep that elsewhere."""
    with one_line():
        settings = load_settings()
        must_be_there(settings)
        target = _file_in(path) if path.is_dir() else path
        _must_be_another(target, settings)
        asyncio.run(_copy(settings.database_url, target))
        print(f"{target} written. Keep it no longer than 30 days: that long a restore repeats later deletions.")


def _file_in(folder: Path) -> Path:
    from bot.clock import SystemClock

    return folder / f"objection-bot-{SystemClock().now():%Y%m%dT%H%M%S}.db"


def _must_be_another(target: Path, settings: Settings) -> None:
    file = file_of(settings)
    if file is not None and target.exists() and target.samefile(file):
        raise StorageError(f"{target} is the database itself. Name another file.")


async def _copy(url: str, target: Path) -> None:
    from bot.storage.backups import copy
    from bot.storage.engine import database

    source = database(url)
    try:
        await source.read(copy, target)
    finally:
        await source.close()
