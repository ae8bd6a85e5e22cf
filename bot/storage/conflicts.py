"""The one place where the engines differ in words: an insert that leaves what is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable, Table


def insert_if_new(connection: Connection, table: Table) -> Executable:
    """An insert that does nothing for a row that a UNIQUE constraint forbids."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
