"""Groups that hear of outages: one sealed document each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update

from bot.domain.announcing import LOST
from bot.domain.errors import SealError
from bot.domain.groups import Group
from bot.storage import counted
from bot.storage.changes import Outdated, StoredGroup
from bot.storage.telling_schema import groups, tellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from sqlalchemy import Connection, Row

    from bot.storage.engine import Database
    from bot.storage.seal import Seal

GROUP = TypeAdapter(Group)


def of(connection: Connection, seal: Seal, chat_id: int) -> StoredGroup | None:
    """What is kept of that group."""
    rows = connection.execute(select(groups).where(groups.c.chat_hash == seal.hash("chat", chat_id)))
    return next(_opened(seal, rows), None)


def among(connection: Connection, seal: Seal, chat_ids: Collection[int]) -> dict[int, StoredGroup]:
    """What is kept of these groups, by their numbers."""
    hashes = [seal.hash("chat", chat_id) for chat_id in chat_ids]
    rows = connection.execute(select(groups).where(groups.c.chat_hash.in_(hashes)))
    return {each.group.chat_id: each for each in _opened(seal, rows)}


def everyone(connection: Connection, seal: Seal) -> list[StoredGroup]:
    """All groups; what can't be opened is left out."""
    return list(_opened(seal, connection.execute(select(groups))))


def save(connection: Connection, seal: Seal, changed: Iterable[StoredGroup]) -> None:
    """Keep these. Outdated if somebody else changed one since it was read."""
    for group, version in changed:
        owner = seal.hash("chat", group.chat_id)
        sealed = seal.close("groups", owner, group.chat_id, GROUP.dump_python(group, mode="json"))
        values = {"chat_hash": owner, "sealed": sealed, "version": version + 1}
        if not version:
            connection.execute(insert(groups).values(values))
            continue
        theirs = (groups.c.chat_hash == owner) & (groups.c.version == version)
        if not connection.execute(update(groups).where(theirs).values(values)).rowcount:
            raise Outdated("A group was changed meanwhile; nothing was saved.")


def forget(connection: Connection, seal: Seal, chat_id: int) -> None:
    """Everything of a group, what it was told and who takes part in its counter too."""
    for table in (groups, tellings):
        connection.execute(delete(table).where(table.c.chat_hash == seal.hash("chat", chat_id)))
    counted.forget(connection, seal, chat_id)


def move(connection: Connection, seal: Seal, old: int, new: int) -> None:
    """A group became a supergroup: everything of it goes on under its new number. Messages of before are lost to us.

    If the supergroup was set up by itself meanwhile, that holds, and the old group is forgotten.
    """
    stored = of(connection, seal, old)
    if stored is None:
        return
    if of(connection, seal, new) is not None:
        forget(connection, seal, old)
        return
    document = GROUP.dump_python(stored.group, mode="json") | {"chat_id": new}
    save(connection, seal, [StoredGroup(GROUP.validate_python(document), 0)])
    connection.execute(delete(groups).where(groups.c.chat_hash == seal.hash("chat", old)))
    counted.move(connection, seal, old, new)
    owner = seal.hash("chat", new)
    for row in connection.execute(select(tellings).where(tellings.c.chat_hash == seal.hash("chat", old))).all():
        try:
            _, told = seal.open("tellings", row.chat_hash, row.sealed)
        except SealError:
            continue  # it stays behind, and holds up nobody
        if told["message_id"] is not None:
            told["message_id"] = LOST
        values = {"chat_hash": owner, "sealed": seal.close("tellings", owner, new, told)}
        connection.execute(update(tellings).where(tellings.c.id == row.id).values(values))


def forget_admin(connection: Connection, seal: Seal, chat_ids: Iterable[int]) -> None:
    """Who set up a group goes; the group stays as it is."""
    gone = set(chat_ids)
    theirs = [each for each in everyone(connection, seal) if each.group.set_up_by in gone]
    changed = [GROUP.dump_python(each.group, mode="json") | {"set_up_by": 0} for each in theirs]
    save(
        connection,
        seal,
        [StoredGroup(GROUP.validate_python(one), each.version) for one, each in zip(changed, theirs, strict=True)],
    )


def _opened(seal: Seal, rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[StoredGroup]:
    for row in rows:
        try:
            _, document = seal.open("groups", row.chat_hash, row.sealed)
        except SealError:
            continue
        yield StoredGroup(GROUP.validate_python(document), row.version)


class Groups:
    """The groups of the store."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def get(self, chat_id: int) -> StoredGroup | None:
        """What is kept of that group."""
        return await self._database.read(of, self._seal, chat_id)

    async def among(self, chat_ids: Collection[int]) -> dict[int, StoredGroup]:
        """What is kept of these groups, by their numbers."""
        return await self._database.read(among, self._seal, chat_ids)

    async def everyone(self) -> list[StoredGroup]:
        """All groups."""
        return await self._database.read(everyone, self._seal)

    async def save(self, *changed: StoredGroup) -> None:
        """Keep these in one commit. Outdated if somebody else changed one since it was read: nothing was saved."""
        await self._database.write(save, self._seal, changed)

    async def forget(self, chat_id: int) -> None:
        """Everything of a group."""
        await self._database.write(forget, self._seal, chat_id)

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        await self._database.write(move, self._seal, old, new)
