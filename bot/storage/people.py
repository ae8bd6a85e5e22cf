"""People: read with one SELECT, written with one statement for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.errors import SealError
from bot.storage import counted, watches
from bot.storage.changes import Gathered, Outdated, StoredPerson
from bot.storage.chunks import chunks
from bot.storage.schema import people, updates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from bot.storage.changes import PersonChange
    from bot.storage.seal import Seal

SEEN = select(updates.c.update_id).where(updates.c.update_id.in_(bindparam("ids", expanding=True)))
PERSON = select(people.c.chat_hash, people.c.sealed, people.c.version, people.c.created_at)
KNOWN = PERSON.where(people.c.chat_hash.in_(bindparam("hashes", expanding=True)))
WAKE = (
    PERSON.where(people.c.wake_at <= bindparam("now"))
    .where(people.c.chat_hash.not_in(bindparam("damaged", expanding=True)))
    .order_by(people.c.wake_at)
    .limit(bindparam("most"))
)
NEXT_WAKE = select(func.min(people.c.wake_at)).where(people.c.wake_at > bindparam("now"))
EXPIRED = (
    PERSON.where(people.c.expires_on <= bindparam("today"))
    .where(people.c.chat_hash.not_in(bindparam("damaged", expanding=True)))
    .order_by(people.c.expires_on)
    .limit(bindparam("most"))
)
CHANGE = (
    update(people)
    .where(people.c.chat_hash == bindparam("whom"), people.c.version == bindparam("version_read"))
    .values({name: bindparam(name) for name in ("sealed", "version", "wake_at", "expires_on")})
)


def gather(connection: Connection, seal: Seal, ids: Collection[int], chat_ids: Collection[int]) -> Gathered:
    """Which of the updates took effect before, who of the chats is known, and what they wait for."""
    seen = [row for chunk in chunks(ids) for row in connection.scalars(SEEN, {"ids": chunk})]
    hashes = {seal.hash("chat", chat_id): chat_id for chat_id in chat_ids}
    rows = [row for chunk in chunks(hashes) for row in connection.execute(KNOWN, {"hashes": chunk})]
    damaged: set[bytes] = set()
    found = {person.chat_id: person for person in opened(seal, rows, damaged)}
    wishes, takes_part = watches.of(connection, seal, hashes), counted.of(connection, seal, hashes)
    return Gathered(frozenset(seen), found, frozenset(hashes[each] for each in damaged), wishes, takes_part)


def wake(connection: Connection, seal: Seal, now: datetime, limit: int, damaged: set[bytes]) -> list[StoredPerson]:
    """People whose reminder is due, the longest due first. Damaged rows are noted and left out later."""
    rows = connection.execute(WAKE, {"now": now, "most": limit, "damaged": list(damaged)})
    return list(opened(seal, rows, damaged))


def expired(connection: Connection, seal: Seal, today: date, limit: int, damaged: set[bytes]) -> list[StoredPerson]:
    """People who are to be forgotten by today, likewise."""
    rows = connection.execute(EXPIRED, {"today": today, "most": limit, "damaged": list(damaged)})
    return list(opened(seal, rows, damaged))


def next_wake(connection: Connection, now: datetime) -> datetime | None:
    """The first time after now at which a reminder is due."""
    return cast("datetime | None", connection.scalar(NEXT_WAKE, {"now": now}))


def opened(seal: Seal, rows: Iterable[Row[*tuple[Any, ...]]], damaged: set[bytes]) -> Iterable[StoredPerson]:
    """The people of the rows. What can't be opened is noted."""
    for row in rows:
        try:
            chat_id, document = seal.open("people", row.chat_hash, row.sealed)
        except SealError:
            damaged.add(row.chat_hash)
        else:
            yield StoredPerson(chat_id, document, row.version, row.created_at)


def save(
    connection: Connection, seal: Seal, now: datetime, changes: list[PersonChange], erased: Collection[int]
) -> None:
    """Write people if nobody else did since they were read. Who was `erased` just before begins again."""
    if len({each.chat_id for each in changes}) != len(changes):
        raise ValueError("a person twice in one commit: put their changes together")
    begins = {each.chat_id for each in changes if each.version_read is None or each.chat_id in erased}
    new = [_row(seal, each, 1) | {"created_at": now} for each in changes if each.chat_id in begins]
    known = [_change(seal, each) for each in changes if each.chat_id not in begins]
    if new:
        connection.execute(insert(people), new)
    if _changed(connection, known) != len(known):
        raise Outdated("A person was changed meanwhile; nothing was saved.")


def _changed(connection: Connection, rows: list[dict[str, Any]]) -> int:
    """How many rows were as they had been read; not every driver can say so of many at once."""
    if rows and connection.dialect.supports_sane_multi_rowcount:
        return connection.execute(CHANGE, rows).rowcount
    return sum(connection.execute(CHANGE, row).rowcount for row in rows)


def _change(seal: Seal, change: PersonChange) -> dict[str, Any]:
    read = change.version_read or 0
    row = _row(seal, change, read + 1)
    return row | {"whom": row.pop("chat_hash"), "version_read": read}


def _row(seal: Seal, change: PersonChange, version: int) -> dict[str, Any]:
    key = seal.hash("chat", change.chat_id)
    return {
        "chat_hash": key,
        "sealed": seal.close("people", key, change.chat_id, change.document),
        "version": version,
        "wake_at": change.wake_at,
        "expires_on": change.expires_on,
    }
