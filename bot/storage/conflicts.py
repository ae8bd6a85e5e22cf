"""The one place where the engines differ in words: an insert of what may be there already."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Executable, Table


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_if_new(connection: Connection, table: Table) -> Executable:
    """An insert that does nothing for a row that a UNIQUE constraint forbids."""
    return _insert(connection, table).on_conflict_do_nothing()


def insert_or_raise(connection: Connection, table: Table, key: Sequence[str], counts: Sequence[str]) -> Executable:
    """An insert that takes the place of a row of the same key only if its counts are more in all."""
    new = _insert(connection, table)
    is_more = reduce(add, (new.excluded[name] for name in counts)) > reduce(add, (table.c[name] for name in counts))
    return new.on_conflict_do_update(
        index_elements=list(key), set_={name: new.excluded[name] for name in counts}, where=is_more
    )


def insert_or_set(connection: Connection, table: Table, key: Sequence[str], values: Sequence[str]) -> Executable:
    """An insert that changes these values of a row of the same key."""
    new = _insert(connection, table)
    return new.on_conflict_do_update(index_elements=list(key), set_={name: new.excluded[name] for name in values})
