"""What goes wrong is told in one understandable line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bot.domain.errors import ObjectionBotError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
