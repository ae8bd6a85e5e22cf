"""The closing of the service: what is decided of it, whom it is still to be told, and erasing everything."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime  # noqa: TC003  # a NamedTuple's field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.closing import Closing, ClosingState, decided, taken_back
from bot.domain.errors import ObjectionBotError
from bot.storage.changes import Outdated, PersonChange, StoredPerson
from bot.storage.closing_schema import closing as table
from bot.storage.erasing import chat_ids, erase_all, is_any_left
from bot.storage.outbox import rows_for
from bot.storage.people import opened
from bot.storage.schema import deliveries, people
from bot.storage.telling_schema import announcements

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection

    from bot.domain.closing import CallOff, Close
    from bot.domain.deliveries import Value
    from bot.storage.changes import NewDelivery
    from bot.storage.engine import Database
    from bot.storage.ledger import Ledger
    from bot.storage.seal import Seal

PAGE = (
    select(people).where(people.c.chat_hash > bindparam("after")).order_by(people.c.chat_hash).limit(bindparam("most"))
)
WAITS = (deliveries,)
"""What is still to be told after the closing; it is wiped when it is told."""


class Reached(NamedTuple):
    """Somebody, with what a change of their document leaves as it is."""

    stored: StoredPerson
    wake_at: datetime | None
    expires_on: object

    def changed(self, document: Mapping[str, Value]) -> PersonChange:
        """Only what is kept of them changes, not when they are looked after."""
        stored = self.stored
        return PersonChange(stored.chat_id, document, stored.version, self.wake_at, self.expires_on)  # type: ignore[arg-type]  # a row's date


class Page(NamedTuple):
    """Some people in the order of the table; the next ones come after `last`, None if these were the last."""

    people: list[Reached]
    last: bytes | None


def current(connection: Connection) -> Closing | None:
    """What was decided last."""
    row = connection.execute(select(table).with_for_update()).first()
    if row is None:
        return None
    state = ClosingState(row.state)
    return Closing(row.day, state, row.decided_by, row.decided_at, row.told_at, row.ended_at, row.said)


def put(connection: Connection, closing: Closing) -> None:
    """Keep it in the place of the one before."""
    connection.execute(delete(table))
    values = {
        "day": closing.day,
        "state": closing.state.value,
        "decided_by": closing.first,
        "decided_at": closing.decided_at,
        "told_at": closing.told_at,
        "ended_at": closing.ended_at,
        "said": closing.said,
    }
    connection.execute(insert(table).values(values))


def carry_out(connection: Connection, order: Close | CallOff, who: str, now: datetime) -> None:
    """An operator's order, by the state it finds."""
    before = current(connection)
    after = decided(before, order, who, now)
    if after is not None and after != before:
        put(connection, after)


def say(connection: Connection, known: Closing, said: str) -> None:
    """Operators are told how it stands. Outdated if it was decided anew, or another process told them."""
    same = (table.c.day == known.day) & (table.c.state == known.state.value) & (table.c.said == known.said)
    if not connection.execute(update(table).where(same).values(said=said)).rowcount:
        raise Outdated("The closing was decided anew, or operators were told of it.")


def page(connection: Connection, seal: Seal, after: bytes, limit: int) -> Page:
    """The next people; what can't be opened is left out."""
    rows = connection.execute(PAGE, {"after": after, "most": limit}).all()
    more = {row.chat_hash: row for row in rows}
    found = [(each, more[seal.hash("chat", each.chat_id)]) for each in opened(seal, rows, set())]
    last = rows[-1].chat_hash if len(rows) == limit else None
    return Page([Reached(each, row.wake_at, row.expires_on) for each, row in found], last)


def told(connection: Connection, known: Closing, now: datetime) -> None:
    """Everybody was told of that state of it."""
    same = (table.c.day == known.day) & (table.c.state == known.state.value)
    connection.execute(update(table).where(same).values(told_at=now))


def erase(  # noqa: PLR0913, PLR0917  # all that goes, and what is noted of it
    connection: Connection, seal: Seal, ledger: Ledger, known: Closing, goodbyes: Sequence[NewDelivery], now: datetime
) -> None:
    """Everything of persons and groups goes, in one commit with the note that it is done.

    The ledger is written like for anybody's deletion: a backup of before the closing knows nothing of it.
    Outdated if it was called off or decided anew in the last moment: nothing is erased.
    """
    if current(connection) != known:
        raise Outdated("The closing was decided anew.")
    found = sorted(chat_ids(connection, seal))
    erase_all(connection, keep=WAITS if known.state is ClosingState.CLOSED else ())
    connection.execute(update(announcements).values(decided_by=""))
    ended = known.ended_at or now
    put(connection, Closing(known.day, ClosingState.CLOSED, "", known.decided_at, known.told_at, ended, known.said))
    if goodbyes:
        connection.execute(insert(deliveries), rows_for(seal, goodbyes))
    if found:
        ledger.note(connection, seal, found, now)


def forget_strangers(connection: Connection, operators: Collection[str], now: datetime) -> None:
    """Call off what was half decided by somebody who is none of these (any more)."""
    known = current(connection)
    if known and known.state is ClosingState.HALF and known.first not in operators:
        put(connection, taken_back(known, now))


class Closings:
    """The closing in the store."""

    def __init__(self, database: Database, seal: Seal, ledger: Ledger) -> None:
        self._database, self._seal, self._ledger = database, seal, ledger

    async def current(self) -> Closing | None:
        """What was decided last, None if nothing ever was."""
        return await self._database.read(current)

    async def page(self, after: bytes, limit: int) -> Page:
        """Some people, in the order of the table, after those before."""
        return await self._database.read(page, self._seal, after, limit)

    async def told(self, known: Closing, now: datetime) -> None:
        """Everybody was told of that state of it."""
        await self._database.write(told, known, now)

    async def is_anything_left(self) -> bool:
        """Is anything kept of anybody, but what waits to be told?"""
        return await self._database.read(is_any_left, WAITS)

    async def erase(self, known: Closing, goodbyes: Sequence[NewDelivery], now: datetime) -> None:
        """Everything of persons and groups; `goodbyes` are what is still to be told, and wiped when it is."""
        try:
            await self._database.write(erase, self._seal, self._ledger, known, goodbyes, now)
        except ObjectionBotError:
            with suppress(ObjectionBotError):
                await self._database.write(self._ledger.take_back)
            raise
