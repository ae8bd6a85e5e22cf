"""What is known of the words of watched pages. Nothing of a person."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.domain.watched_pages import PageState, Ruling, after_reading
from bot.storage.changes import Outdated
from bot.storage.conflicts import insert_or_set
from bot.storage.telling_schema import pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from bot.storage.engine import Database

VALUES = tuple(field.name for field in fields(PageState) if field.name != "page")


def states(connection: Connection) -> dict[str, PageState]:
    """What is known, by page."""
    rows = connection.execute(select(pages)).mappings()
    return {row["page"]: _state(row) for row in rows}


def _state(row: RowMapping) -> PageState:
    return PageState(**{**row, "ruling": Ruling(row["ruling"])})


def note(connection: Connection, page: str, words: str, now: datetime) -> PageState:
    """Keep a reading; what follows from it and from the state it finds, which nobody changes meanwhile."""
    found = connection.execute(select(pages).where(pages.c.page == page).with_for_update()).mappings().first()
    state = after_reading(_state(found) if found else PageState(page), words, now)
    row = {**asdict(state), "ruling": state.ruling.value}
    connection.execute(insert_or_set(connection, pages, ("page",), VALUES), row)
    return state


def asked(connection: Connection, changes: Iterable[tuple[str, int]], now: datetime) -> None:
    """Operators are told of these. Outdated if one was decided meanwhile, or the page changed anew."""
    for page, change in changes:
        still = _of(page, change) & (pages.c.ruling == Ruling.OPEN.value)
        if not connection.execute(update(pages).where(still).values(asked_at=now)).rowcount:
            raise Outdated("The change was decided meanwhile, or the page changed anew.")


def rule(connection: Connection, page: str, change: int, ruling: Ruling, now: datetime) -> None:
    """An operator decides about a change that waits for it; "open" is asked again later."""
    still = _of(page, change) & (pages.c.ruling == Ruling.OPEN.value)
    values = {"asked_at": now} if ruling is Ruling.OPEN else {"ruling": ruling.value, "ruled_at": now}
    connection.execute(update(pages).where(still).values(values))


def told(connection: Connection, page: str, change: int, now: datetime) -> None:
    """Everybody who wished to know of that change was told."""
    connection.execute(update(pages).where(_of(page, change)).values(told_at=now))


def _of(page: str, change: int) -> ColumnElement[bool]:
    return (pages.c.page == page) & (pages.c.changes == change)


class Pages:
    """The watched pages of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def states(self) -> dict[str, PageState]:
        """What is known of each page that was read or tried."""
        return await self._database.read(states)

    async def note(self, page: str, words: str, now: datetime) -> PageState:
        """Keep a reading (the hash of the words, empty if none); what is known then."""
        return await self._database.write(note, page, words, now)

    async def told(self, page: str, change: int, now: datetime) -> None:
        """Everybody who wished to know of that change was told."""
        await self._database.write(told, page, change, now)
