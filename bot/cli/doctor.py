"""`objection-bot doctor`: names each fault with its remedy."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.cli.finding import Level, ok, stop
from bot.domain.errors import ObjectionBotError
from bot.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.cli.finding import Finding
    from bot.settings import Settings


def doctor() -> None:
    """Look whether all is in order: settings, token, key, database, data, languages, looks.

    Each line begins with ok, warn or stop. Exit code 1 if one says stop: then the bot would not start, or not
    do its work. Nothing is changed.
    """
    worst = False
    for finding in _findings():
        print(f"{finding.level:<5} {finding.words}", flush=True)
        worst = worst or finding.level is Level.STOP
    raise typer.Exit(1 if worst else 0)


def _findings() -> Iterator[Finding]:
    from bot.cli import doctor_here, doctor_outside

    try:
        settings = load_settings()
    except ObjectionBotError as error:
        yield stop(str(error))
        return
    yield ok("settings: read from the environment and .env")
    for check in doctor_here.CHECKS:
        yield from _safely(check, settings)
    yield from asyncio.run(doctor_outside.findings(settings))


def _safely(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    """What a check finds; an error of ours is a finding too."""
    try:
        yield from check(settings)
    except ObjectionBotError as error:
        yield stop(str(error))
