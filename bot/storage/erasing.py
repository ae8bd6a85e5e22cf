"""What a chat's hash reaches. Found by walking the schema, so that a new table is never forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, select

from bot.domain.errors import SealError
from bot.storage.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Column, Connection, RowMapping, Table

    from bot.storage.seal import Seal


def reached() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every table that a chat's hash reaches, with the column that bears it."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if "hash" in column.info:
                yield table, column


def key_of(seal: Seal, column: Column[bytes], chat_id: int) -> bytes:
    """What stands in that column for the chat."""
    return seal.hash(cast("str", column.info["hash"]), chat_id)


def erase(connection: Connection, seal: Seal, chat_id: int) -> int:
    """Delete everything of a chat; how many rows that were."""
    return sum(
        connection.execute(delete(table).where(column == key_of(seal, column, chat_id))).rowcount
        for table, column in reached()
    )


def erase_all(connection: Connection, keep: Collection[Table] = ()) -> None:
    """Delete everything of every chat, but in the tables to `keep`."""
    for table, column in reached():
        if table not in keep:
            connection.execute(delete(table).where(column.is_not(None)))


def is_any_left(connection: Connection, but: Collection[Table]) -> bool:
    """Is anything kept of any chat, but in those tables?"""
    return any(
        connection.execute(select(column).where(column.is_not(None)).limit(1)).first()
        for table, column in reached()
        if table not in but
    )


def rows_of(connection: Connection, seal: Seal, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of a chat, opened, table by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, column in reached():
        rows = connection.execute(select(table).where(column == key_of(seal, column, chat_id))).mappings().all()
        if rows:
            found[table.name] = [_readable(seal, table, column, row) for row in rows]
    return found


def chat_ids(connection: Connection, seal: Seal) -> set[int]:
    """Every chat of which something sealed is kept. Reads everything: after a restore only."""
    found = set()
    for table, column in reached():
        if "sealed" in table.columns:
            for owner, sealed in connection.execute(select(column, table.c.sealed).distinct()):
                try:
                    found.add(seal.open(table.name, owner, sealed)[0])
                except SealError:
                    continue
    return found


def _readable(seal: Seal, table: Table, column: Column[bytes], row: RowMapping) -> dict[str, Any]:
    values = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    if "sealed" in values:
        try:
            values["chat_id"], values["sealed"] = seal.open(table.name, row[column.name], row["sealed"])
        except SealError:
            values["sealed"] = "damaged: can't be opened"
    return values
