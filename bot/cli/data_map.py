"""`objection-bot data-map`: what is kept, why, how long, and how it goes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.housekeeping import Field

WIDE = 200
"""Columns of a table that goes into a file or a pipe."""


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def data_map(*, as_json: AsJson = False) -> None:
    """Print every field that is kept: its purpose, how long it is kept, how it is erased. Made from the code."""
    from bot.use_cases.data_map import whole_map

    fields = whole_map()
    if as_json:
        print(json.dumps([each._asdict() for each in fields], ensure_ascii=False, indent=2))
    else:
        _print(fields)


def _print(fields: Sequence[Field]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("field", "purpose", "kept how long", "how erased", box=SIMPLE_HEAD)
    before = fields[0].table
    for each in fields:
        if each.table != before:
            table.add_section()
            before = each.table
        name = f"{each.table}.{each.field}"
        table.add_row(*(escape(cell) for cell in (name, each.purpose, each.kept, each.erased)))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
