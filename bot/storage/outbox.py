"""The outbox: what is promised and not yet told (DESIGN §3, second line)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.deliveries import Delivery, Lane
from bot.domain.errors import SealError
from bot.storage.chunks import chunks
from bot.storage.schema import deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.changes import NewDelivery
    from bot.storage.engine import Database
    from bot.storage.seal import Seal

head, other = deliveries.alias("head"), deliveries.alias("other")
FIRST_OF_CHAT = select(func.min(other.c.id)).where(other.c.chat_hash == deliveries.c.chat_hash).scalar_subquery()
WAITING = (
    select(head)
    .join_from(deliveries, head, head.c.id == FIRST_OF_CHAT)
    .where(deliveries.c.lane == bindparam("lane"))
    .where(deliveries.c.due_at <= bindparam("now"))
    .where(deliveries.c.chat_hash.not_in(bindparam("busy", expanding=True)))
    .where(head.c.due_at <= bindparam("now"))
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("most"))
)
NEXT = [
    select(func.min(deliveries.c.due_at)).where(deliveries.c.lane == lane, deliveries.c.due_at > bindparam("now"))
    for lane in Lane
]
TOLD = delete(deliveries).where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
AGAIN = update(deliveries).where(deliveries.c.id == bindparam("which"))


class Outbox:
    """The outbox of the store. Within a chat the order is that of the commits, whatever the lanes.

    A chat goes in the most urgent lane of all that waits for it: a reminder that stands before an answer goes
    as fast as the answer would.
    """

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal
        self.damaged: set[bytes] = set()
        """Chats whose delivery can't be opened. They are left alone, so that they hold up nobody else."""

    async def waiting(
        self, now: datetime, *, busy: Collection[int], limit: int, bulk: int | None = None
    ) -> list[Delivery]:
        """The next delivery of each chat that is due and not `busy` (in the air).

        At most `limit` of them, and of those at most `bulk` that nobody waits for (None: as many as come).
        """
        return await self._database.read(self._waiting, now, busy, limit, limit if bulk is None else bulk)

    def _waiting(
        self,
        connection: Connection,
        now: datetime,
        busy: Collection[int],
        limit: int,
        bulk: int,
    ) -> list[Delivery]:
        taken = {self._seal.hash("chat", chat_id) for chat_id in busy} | self.damaged
        found: list[Delivery] = []
        for lane in Lane:
            if lane is Lane.REMINDER:
                limit = min(limit, len(found) + bulk)
            values = {"lane": int(lane), "now": now, "most": limit - len(found), "busy": list(taken)}
            for row in connection.execute(WAITING, values) if len(found) < limit else ():
                if row.chat_hash in taken:
                    continue
                taken.add(row.chat_hash)
                try:
                    chat_id, document = self._seal.open("deliveries", row.chat_hash, row.sealed)
                except SealError:
                    self.damaged.add(row.chat_hash)
                else:
                    found.append(Delivery(row.id, chat_id, lane, row.due_at, row.attempts, document))
        return found

    async def told(self, ids: Collection[int]) -> None:
        """Wipe what was told, many in one commit."""
        if ids:
            await self._database.write(_told, ids)

    async def again(self, delivery_id: int, due_at: datetime, attempts: int) -> None:
        """Try it again then. What waits behind it in its chat waits too."""
        change = AGAIN.values(due_at=due_at, attempts=attempts)
        await self._database.write(lambda connection: connection.execute(change, {"which": delivery_id}).rowcount)

    async def drop_chat(self, chat_id: int) -> int:
        """Wipe everything that waits for a chat that can't be reached any more; how many that were."""
        theirs = delete(deliveries).where(deliveries.c.chat_hash == self._seal.hash("chat", chat_id))
        return await self._database.write(lambda connection: connection.execute(theirs).rowcount)

    async def next_due(self, now: datetime) -> datetime | None:
        """The first time after now at which something becomes due."""
        return await self._database.read(_next_due, now)

    async def queues(self, now: datetime) -> list[tuple[Lane, int, datetime | None]]:
        """For each lane how many are due, and since when the longest."""
        return await self._database.read(_queues, now)

    async def counts(self) -> dict[Lane, int]:
        """How many wait in each lane."""
        return await self._database.read(_counts)


def rows_for(seal: Seal, promised: Iterable[NewDelivery]) -> list[dict[str, Any]]:
    """What is promised, as rows."""
    return [_row(seal, each) for each in promised]


def _row(seal: Seal, new: NewDelivery) -> dict[str, Any]:
    owner = seal.hash("chat", new.chat_id)
    update_id, ordinal = new.key or (None, None)
    return {
        "chat_hash": owner,
        "lane": int(new.lane),
        "due_at": new.due_at,
        "attempts": 0,
        "update_id": update_id,
        "ordinal": ordinal,
        "sealed": seal.close("deliveries", owner, new.chat_id, new.document),
    }


def _told(connection: Connection, ids: Collection[int]) -> None:
    for chunk in chunks(ids):
        connection.execute(TOLD, {"ids": chunk})


def _next_due(connection: Connection, now: datetime) -> datetime | None:
    times = [connection.scalar(each, {"now": now}) for each in NEXT]
    return min((time for time in times if time is not None), default=None)


def _queues(connection: Connection, now: datetime) -> list[tuple[Lane, int, datetime | None]]:
    due = select(deliveries.c.lane, func.count(), func.min(deliveries.c.due_at)).where(deliveries.c.due_at <= now)
    found = {row[0]: (row[1], row[2]) for row in connection.execute(due.group_by(deliveries.c.lane))}
    return [(lane, *found.get(int(lane), (0, None))) for lane in Lane]


def _counts(connection: Connection) -> dict[Lane, int]:
    rows = connection.execute(select(deliveries.c.lane, func.count()).group_by(deliveries.c.lane))
    found = {Lane(lane): count for lane, count in rows}
    return {lane: found.get(lane, 0) for lane in Lane}
