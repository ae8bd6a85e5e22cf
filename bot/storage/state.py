"""Facts of the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from bot.storage.schema import state

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEY = "key"
"""The id of the key that all rows are sealed and hashed under."""
ERASURES = "erasures"
"""The number of the last erasure in the ledger that this database has seen."""


def value_of(connection: Connection, name: str) -> str | None:
    """A fact, None if it isn't known."""
    return connection.scalar(select(state.c.value).where(state.c.name == name))


def key_id(connection: Connection) -> str | None:
    """The key everything is under. Asked at every commit, so in the driver's own words."""
    row = connection.exec_driver_sql(f"SELECT value FROM state WHERE name = '{KEY}'").first()  # noqa: S608  # ours
    return None if row is None else str(row[0])


def put(connection: Connection, name: str, value: str) -> None:
    """Set a fact."""
    connection.execute(delete(state).where(state.c.name == name))
    connection.execute(insert(state).values(name=name, value=value))


def erasures_seen(connection: Connection) -> int:
    """The number of the last erasure this database has seen."""
    return int(value_of(connection, ERASURES) or 0)
