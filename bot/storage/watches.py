"""Who wants to be told. What is waited for is a keyed hash: a stolen file tells nobody's country."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, select

from bot.domain.errors import SealError
from bot.storage.changes import Outdated, Watch
from bot.storage.chunks import chunks
from bot.storage.conflicts import insert_if_new
from bot.storage.schema import watches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Row

    from bot.storage.engine import Database
    from bot.storage.seal import Seal

THEIRS = select(watches.c.chat_hash, watches.c.sealed).where(
    watches.c.chat_hash.in_(bindparam("hashes", expanding=True))
)


def topic(seal: Seal, form: str, country: str, kind: str) -> bytes:
    """The keyed hash of what is waited for."""
    return seal.hash("watch", f"{form}\n{country}\n{kind}")


def add(connection: Connection, seal: Seal, now: datetime, wishes: list[Watch]) -> None:
    """Note wishes; one that is there already stays as it is."""
    if wishes:
        rows = [{**_row(seal, wish), "created_at": now} for wish in wishes]
        connection.execute(insert_if_new(connection, watches), rows)


def remove(connection: Connection, seal: Seal, wishes: list[Watch]) -> int:
    """Take wishes out; how many were there."""
    return sum(connection.execute(delete(watches).where(_is(seal, wish))).rowcount for wish in wishes)


def fulfil(connection: Connection, seal: Seal, wishes: list[Watch]) -> None:
    """Likewise, of wishes that are fulfilled. Outdated if somebody wishes so no more: nothing is to be told to them."""
    if remove(connection, seal, wishes) != len(wishes):
        raise Outdated("A wish was taken back meanwhile; nothing was saved.")


def _is(seal: Seal, wish: Watch) -> ColumnElement[bool]:
    theirs = watches.c.chat_hash == seal.hash("chat", wish.chat_id)
    return theirs & (watches.c.topic == topic(seal, wish.form, wish.country, wish.kind))


def waiting(connection: Connection, seal: Seal, subject: bytes, limit: int, until: datetime | None) -> list[Watch]:
    """Who waits for it, the first to wish first. A damaged wish stands in nobody's way."""
    wanted = select(watches).where(watches.c.topic == subject).order_by(watches.c.id)
    if until is not None:
        wanted = wanted.where(watches.c.created_at <= until)
    with connection.execute(wanted) as rows:
        return list(islice(_opened(seal, rows), limit))


def of(connection: Connection, seal: Seal, hashes: Iterable[bytes]) -> dict[int, list[Watch]]:
    """What the chats of these hashes wait for, by chat."""
    found: dict[int, list[Watch]] = {}
    for chunk in chunks(list(hashes)):
        for wish in _opened(seal, connection.execute(THEIRS, {"hashes": chunk})):
            found.setdefault(wish.chat_id, []).append(wish)
    return found


def _opened(seal: Seal, rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Watch]:
    for row in rows:
        try:
            chat_id, wish = seal.open("watches", row.chat_hash, row.sealed)
        except SealError:
            continue
        yield Watch(chat_id, str(wish["form"]), str(wish["country"]), str(wish["kind"]))


def _row(seal: Seal, wish: Watch) -> dict[str, object]:
    owner = seal.hash("chat", wish.chat_id)
    document = {"form": wish.form, "country": wish.country, "kind": wish.kind}
    return {
        "chat_hash": owner,
        "topic": topic(seal, wish.form, wish.country, wish.kind),
        "sealed": seal.close("watches", owner, wish.chat_id, document),
    }


def count(connection: Connection, subject: bytes) -> int:
    """How many wait for it."""
    return connection.scalar(select(func.count()).where(watches.c.topic == subject)) or 0


class Watches:
    """The wishes of the store. They are noted by `Changes.watches` and go by `Changes.unwatch` and `Changes.fulfilled`.

    So telling somebody and taking out the wish are one commit.
    """

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def waiting(
        self, form: str, country: str, kind: str, *, limit: int = 500, until: datetime | None = None
    ) -> list[Watch]:
        """Who waits for this form in this country and wished so up to `until`, the first to wish first."""
        subject = topic(self._seal, form, country, kind)
        return await self._database.read(waiting, self._seal, subject, limit, until)

    async def count(self, form: str, country: str, kind: str) -> int:
        """How many wait for it, damaged rows too."""
        return await self._database.read(count, topic(self._seal, form, country, kind))
