"""What goes wrong is told in one understandable line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.domain.errors import ObjectionBotError

CONFIGURATION = 78
"""sysexits.h EX_CONFIG: a setting or a file has to be put right first."""


@contextmanager
def one_line() -> Iterator[None]:
    """Errors of our own end the command with their one line; all else keeps its traceback."""
    try:
        yield
    except* ObjectionBotError as group:
        print(_first(group), file=sys.stderr)
        raise typer.Exit(CONFIGURATION) from None


def _first(group: BaseExceptionGroup[ObjectionBotError]) -> BaseException:
    first: BaseException = group.exceptions[0]
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first
