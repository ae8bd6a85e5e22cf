"""What an operator saw who opened a form by hand, logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from bot.storage.seen_schema import confirmations

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.engine import Database


def add(connection: Connection, form: str, country: str, at: datetime, opened: bool) -> None:  # noqa: FBT001  # by position
    """Note it."""
    connection.execute(insert(confirmations).values(form=form, country=country, at=at, opened=opened))


def latest(connection: Connection, opened: bool) -> dict[tuple[str, str], datetime]:  # noqa: FBT001  # as above
    """The last time for each form and country."""
    last = select(confirmations.c.form, confirmations.c.country, func.max(confirmations.c.at))
    wanted = last.where(confirmations.c.opened.is_(opened))
    rows = connection.execute(wanted.group_by(confirmations.c.form, confirmations.c.country))
    return {(form, country): at for form, country, at in rows}


def last_of(connection: Connection, form: str, country: str, *, opened: bool) -> datetime | None:
    """The last time it opened (or did not) there."""
    theirs = (confirmations.c.form == form) & (confirmations.c.country == country)
    last = select(func.max(confirmations.c.at)).where(theirs, confirmations.c.opened.is_(opened))
    found: datetime | None = connection.scalar(last)
    return found


class Confirmations:
    """The confirmations of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, form: str, country: str, at: datetime, *, opened: bool = True) -> None:
        """At that time the form opened for an operator with an account of that country, or did not."""
        await self._database.write(add, form, country, at, opened)

    async def latest(self, *, opened: bool = True) -> dict[tuple[str, str], datetime]:
        """The last time it opened (or did not), for each form and country."""
        return await self._database.read(latest, opened)
