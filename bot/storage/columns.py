"""Kinds of columns that SQLite and PostgreSQL keep alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as the database keeps it."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment with its zone."""
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")
"""A number given by the database; SQLite counts only in a column called INTEGER."""


def hashed(name: str, purpose: str, **more: Any) -> Column[bytes]:
    """A column that finds a chat: its keyed hash for one purpose. /mydata and /delete find a table by it."""
    comment = f"Finds the chat: HMAC-SHA256 of its id for the purpose '{purpose}', cut to 16 bytes"
    return Column(name, LargeBinary(16), comment=comment, info={"hash": purpose}, **more)


def sealed(what: str) -> Column[bytes]:
    """A column that only the key opens."""
    return Column("sealed", LargeBinary, nullable=False, comment=f"Sealed (AES-256-GCM): {what}")
