"""Bringing the database to what this code reads and writes. Alembic is loaded only when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import inspect, text
from sqlalchemy.schema import SetColumnComment, SetTableComment

from bot.domain.errors import StorageError
from bot.storage.schema import REVISION, metadata

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The migration the database is at, None if it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return cast("str | None", connection.scalar(text("SELECT version_num FROM alembic_version")))


def must_be_known(revision: str) -> None:
    """StorageError if the database was made by a newer program."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # 0.1 s that only a schema change pays

    scripts = ScriptDirectory.from_config(configured()).walk_revisions()
    if revision not in {script.revision for script in scripts}:
        raise StorageError(
            f"The database is newer ({revision}) than this program ({REVISION}): "
            "update the program, or put back the backup made before the change."
        )


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring it up, in the transaction that runs."""
    from alembic import command  # noqa: PLC0415  # see above

    command.upgrade(configured(connection), to)
    _comment(connection)


def _comment(connection: Connection) -> None:
    """Write what tables and columns are for into the database, where it can keep that (SQLite can't)."""
    if connection.dialect.supports_comments:
        for table in metadata.sorted_tables:
            connection.execute(SetTableComment(table))
            for column in table.columns:
                connection.execute(SetColumnComment(column))


def downgrade(connection: Connection, to: str) -> None:
    """Take it down; for tests and for people in need."""
    from alembic import command  # noqa: PLC0415  # see above

    command.downgrade(configured(connection), to)


def configured(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    from alembic.config import Config  # noqa: PLC0415  # see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
