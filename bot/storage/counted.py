"""Who takes part in a group's counter. Which group is a keyed hash: a stolen file tells nobody's groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.errors import SealError
from bot.storage.chunks import chunks
from bot.storage.conflicts import insert_if_new
from bot.storage.telling_schema import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from bot.storage.engine import Database
    from bot.storage.seal import Seal

JOIN = "join"
"""The purpose of the tokens in links."""
THEIRS = select(counted.c.chat_hash, counted.c.sealed).where(
    counted.c.chat_hash.in_(bindparam("hashes", expanding=True))
)


def place(seal: Seal, group: int) -> bytes:
    """The keyed hash of the group."""
    return seal.hash("counted", group)


def add(connection: Connection, seal: Seal, pairs: Iterable[tuple[int, int]]) -> None:
    """These (person, group) take part from now on; who does already stays."""
    if rows := [_row(seal, *pair) for pair in pairs]:
        connection.execute(insert_if_new(connection, counted), rows)


def remove(connection: Connection, seal: Seal, pairs: Iterable[tuple[int, int]]) -> None:
    """These (person, group) take part no more."""
    for chat_id, group in pairs:
        theirs = (counted.c.chat_hash == seal.hash("chat", chat_id)) & (counted.c.place == place(seal, group))
        connection.execute(delete(counted).where(theirs))


def forget(connection: Connection, seal: Seal, group: int) -> None:
    """Nobody takes part in that group any more."""
    connection.execute(delete(counted).where(counted.c.place == place(seal, group)))


def move(connection: Connection, seal: Seal, old: int, new: int) -> None:
    """The group has another number; who took part takes part. A damaged row stays behind and counts nowhere."""
    for row in connection.execute(select(counted).where(counted.c.place == place(seal, old))).all():
        try:
            chat_id, _ = seal.open("counted", row.chat_hash, row.sealed)
        except SealError:
            continue
        connection.execute(update(counted).where(counted.c.id == row.id).values(_row(seal, chat_id, new)))


def of(connection: Connection, seal: Seal, hashes: Iterable[bytes]) -> dict[int, list[int]]:
    """The groups in which the chats of these hashes take part, by chat."""
    found: dict[int, list[int]] = {}
    for chunk in chunks(list(hashes)):
        for row in connection.execute(THEIRS, {"hashes": chunk}):
            try:
                chat_id, document = seal.open("counted", row.chat_hash, row.sealed)
            except SealError:
                continue
            found.setdefault(chat_id, []).append(int(str(document["group"])))
    return found


def count(connection: Connection, seal: Seal, group: int) -> int:
    """How many take part in that group."""
    theirs = select(func.count()).where(counted.c.place == place(seal, group))
    return connection.scalar(theirs) or 0


def _row(seal: Seal, chat_id: int, group: int) -> dict[str, object]:
    owner = seal.hash("chat", chat_id)
    sealed = seal.close("counted", owner, chat_id, {"group": group})
    return {"chat_hash": owner, "place": place(seal, group), "sealed": sealed}


class Counting(NamedTuple):
    """How many take part in a group, and the token of the link by which a member joins."""

    members: int
    token: str


class Counted:
    """The counters of the store. Who joins or leaves goes by `Changes.joined` and `Changes.left`."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def among(self, groups: Iterable[int]) -> dict[int, Counting]:
        """The counters of these groups."""
        return {
            each: Counting(await self._database.read(count, self._seal, each), self._seal.token(JOIN, each))
            for each in groups
        }

    def group_of(self, token: str) -> int | None:
        """The group whose link bears that token, None if it is none of ours."""
        return self._seal.number_in(JOIN, token)
