"""Announcements and bulletins, and for each group what it is to be told and what it was told of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.announcing import Announcement, Approval, Line, Told
from bot.domain.bulletins import Bulletin
from bot.domain.errors import SealError
from bot.domain.forms import Service
from bot.storage.changes import StoredGroup
from bot.storage.chunks import chunks
from bot.storage.conflicts import insert_if_new
from bot.storage.groups import GROUP
from bot.storage.groups import save as save_groups
from bot.storage.telling_schema import announcements, bulletins, groups, tellings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from bot.storage.engine import Database
    from bot.storage.seal import Seal

LINES = TypeAdapter(tuple[Line, ...])
TOLD = TypeAdapter(Told)
BULLETIN = TypeAdapter(Bulletin)
KEPT = timedelta(days=396)
TOLD_KEPT = timedelta(days=90)
ALL = select(announcements, bulletins.c.body).outerjoin(bulletins, bulletins.c.announcement == announcements.c.id)
WAITING = (
    select(tellings, groups.c.sealed.label("group_sealed"), groups.c.version.label("group_version"))
    .join(groups, groups.c.chat_hash == tellings.c.chat_hash)
    .where(tellings.c.told < tellings.c.wanted, tellings.c.due_at <= bindparam("now"))
    .where(tellings.c.chat_hash.not_in(bindparam("busy", expanding=True)))
    .order_by(tellings.c.due_at, tellings.c.id)
    .limit(bindparam("most"))
)
NEXT = select(func.min(tellings.c.due_at)).where(
    tellings.c.told < tellings.c.wanted, tellings.c.due_at > bindparam("now")
)


class Waiting(NamedTuple):
    """A group that is to be looked after: `told` is what it knows, `wanted` the revision it is to know."""

    id: int
    announcement: int
    stored: StoredGroup
    wanted: int
    attempts: int
    told: Told

    @property
    def chat_id(self) -> int:
        """The group's chat."""
        return self.stored.group.chat_id


class Progress(NamedTuple):
    """How far an announcement has come.

    Of the groups that are to be told, `told` wait for nothing more, `posted` got the alarm.
    """

    wanted: int
    told: int
    posted: int = 0


class Kept(NamedTuple):
    """An announcement with who said yes first, and what operators were told of it last."""

    announcement: Announcement
    first: str
    said: str
    said_at: datetime | None


def save(connection: Connection, one: Announcement) -> Announcement:
    """Keep it, with its number. May groups be told? That is said by `bot.storage.orders` alone, once it is kept."""
    values = {
        "service": one.service.value if one.service else "",
        "opened_at": one.opened_at,
        "lines": LINES.dump_json(one.lines).decode(),
        "revision": one.revision,
        "texts": one.texts,
    }
    if not one.id:
        (number,) = connection.execute(
            insert(announcements).values(**values, approval=one.approval.value)
        ).inserted_primary_key or (0,)
        one = replace(one, id=int(number))
        if one.bulletin:
            body = BULLETIN.dump_json(one.bulletin).decode()
            connection.execute(insert(bulletins).values(announcement=one.id, body=body))
        return one
    connection.execute(update(announcements).where(announcements.c.id == one.id).values(values))
    return one


def want(connection: Connection, seal: Seal, one: Announcement, chats: Collection[int], now: datetime) -> None:
    """These chats are to see the announcement as it is now; who saw an older revision of it is to as well.

    A group that is forgotten by now is not: nothing would be kept of it but this.
    """
    there = _there(connection, seal, chats)
    rows = [_row(seal, one, chat_id, now) for chat_id in chats if seal.hash("chat", chat_id) in there]
    for chunk in chunks(rows):
        connection.execute(insert_if_new(connection, tellings), chunk)
    theirs = (tellings.c.announcement == one.id) & (tellings.c.wanted < one.revision)
    connection.execute(update(tellings).where(theirs).values(wanted=one.revision, due_at=now, attempts=0))


def _there(connection: Connection, seal: Seal, chats: Collection[int]) -> set[bytes]:
    hashes = [seal.hash("chat", chat_id) for chat_id in chats]
    known = select(groups.c.chat_hash)
    return {each for chunk in chunks(hashes) for each in connection.scalars(known.where(groups.c.chat_hash.in_(chunk)))}


def _row(seal: Seal, one: Announcement, chat_id: int, now: datetime) -> dict[str, Any]:
    owner = seal.hash("chat", chat_id)
    return {
        "announcement": one.id,
        "chat_hash": owner,
        "wanted": one.revision,
        "due_at": now,
        "sealed": seal.close("tellings", owner, chat_id, TOLD.dump_python(Told(), mode="json")),
    }


def since(connection: Connection, at: datetime) -> list[Announcement]:
    """Those that began since then, the newest first."""
    newest = ALL.where(announcements.c.opened_at >= at).order_by(announcements.c.id.desc())
    return [_announcement(row) for row in connection.execute(newest)]


def kept_since(connection: Connection, at: datetime) -> list[Kept]:
    """Those that began since then, the newest first, with what operators did and know."""
    newest = ALL.where(announcements.c.opened_at >= at).order_by(announcements.c.id.desc())
    rows = connection.execute(newest)
    return [Kept(_announcement(row), row.decided_by, row.said, row.said_at) for row in rows]


def approvals(connection: Connection, at: datetime) -> dict[int, Approval]:
    """What is decided of those that began since then."""
    rows = connection.execute(
        select(announcements.c.id, announcements.c.approval).where(announcements.c.opened_at >= at)
    )
    return {row.id: Approval(row.approval) for row in rows}


def _announcement(row: Row[Any]) -> Announcement:
    lines, service = LINES.validate_json(row.lines), Service(row.service) if row.service else None
    bulletin = BULLETIN.validate_json(row.body) if row.body else None
    approval, texts = Approval(row.approval), row.texts or ""
    return Announcement(row.id, service, row.opened_at, approval, lines, row.revision, texts, bulletin)


class Known(NamedTuple):
    """What a chat knows after a look after it: `done` is the revision at which nothing was left to do."""

    one: Waiting
    told: Told
    done: int
    due_at: datetime
    attempts: int = 0


def note(connection: Connection, seal: Seal, known: Collection[Known]) -> None:
    """What these chats know now. A group that was changed since it was read is looked after again instead."""
    version = select(groups.c.version).where(groups.c.chat_hash == tellings.c.chat_hash).scalar_subquery()
    for one, told, done, due_at, attempts in known:
        owner = seal.hash("chat", one.chat_id)
        sealed = seal.close("tellings", owner, one.chat_id, TOLD.dump_python(told, mode="json"))
        values = {"sealed": sealed, "told": done, "due_at": due_at, "attempts": attempts}
        values["posted"] = told.message_id is not None
        connection.execute(
            update(tellings).where(tellings.c.id == one.id, version == one.stored.version).values(values)
        )


def look_again(connection: Connection, seal: Seal, chat_ids: Collection[int], now: datetime) -> None:
    """Look after these chats again, whatever they were told: their settings changed."""
    theirs = tellings.c.chat_hash.in_([seal.hash("chat", chat_id) for chat_id in chat_ids])
    if chat_ids:
        connection.execute(update(tellings).where(theirs).values(told=tellings.c.wanted - 1, due_at=now))


def progress(connection: Connection, number: int) -> Progress:
    """How far it has come."""
    done = func.sum((tellings.c.told >= tellings.c.wanted).cast(tellings.c.told.type))
    posted = func.sum(tellings.c.posted.cast(tellings.c.told.type))
    row = connection.execute(select(func.count(), done, posted).where(tellings.c.announcement == number)).one()
    return Progress(int(row[0]), int(row[1] or 0), int(row[2] or 0))


def told_in(connection: Connection, seal: Seal, numbers: Sequence[int], chat_id: int) -> tuple[int, Told] | None:
    """The first of these of which a message was posted in that chat, and what was told of it."""
    theirs = (tellings.c.announcement.in_(numbers)) & (tellings.c.chat_hash == seal.hash("chat", chat_id))
    rows = {row.announcement: row for row in connection.execute(select(tellings).where(theirs, tellings.c.posted))}
    row = next((rows[number] for number in numbers if number in rows), None)
    if row is None:
        return None
    _, told = seal.open("tellings", row.chat_hash, row.sealed)
    return row.announcement, TOLD.validate_python(told)


def concerned(connection: Connection, seal: Seal, numbers: Sequence[int]) -> list[int]:
    """The chats in which one of these was posted; of the first, if it was not stopped, also those that wait for it."""
    is_going = select(announcements.c.id).where(
        announcements.c.id == numbers[0], announcements.c.approval == Approval.YES.value
    )
    theirs = tellings.c.announcement.in_(numbers) & (tellings.c.posted | tellings.c.announcement.in_(is_going))
    rows = {row.chat_hash: row.sealed for row in connection.execute(select(tellings).where(theirs))}
    found = []
    for owner, sealed_one in rows.items():
        with suppress(SealError):
            found.append(seal.open("tellings", owner, sealed_one)[0])
    return found


def is_corrected(connection: Connection, number: int) -> bool:
    """Is there a correction of that bulletin that was not dropped? One at a time."""
    alive = select(bulletins.c.body).join(announcements, announcements.c.id == bulletins.c.announcement)
    rows = connection.execute(alive.where(announcements.c.id > number, announcements.c.approval != Approval.NO.value))
    return any(BULLETIN.validate_json(row.body).corrects == number for row in rows)


def queue(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    """How many tellings are due, and since when the longest."""
    due = select(func.count(), func.min(tellings.c.due_at)).where(
        tellings.c.told < tellings.c.wanted, tellings.c.due_at <= now
    )
    row = connection.execute(due).one()
    return int(row[0]), row[1]


def forget(connection: Connection, now: datetime) -> int:
    """Delete what has been kept long enough."""
    old = select(announcements.c.id).where(announcements.c.opened_at < now - TOLD_KEPT)
    gone = sum(
        connection.execute(delete(table).where(table.c.announcement.in_(old))).rowcount
        for table in (tellings, bulletins)
    )
    return gone + connection.execute(delete(announcements).where(announcements.c.opened_at < now - KEPT)).rowcount


class Announcements:
    """The announcements of the store."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal
        self.damaged: set[bytes] = set()
        """Chats whose telling can't be opened. They are left alone, so that they hold up nobody else."""

    async def since(self, at: datetime) -> list[Announcement]:
        """Those that began since then, the newest first."""
        return await self._database.read(since, at)

    async def kept_since(self, at: datetime) -> list[Kept]:
        """Those that began since then, the newest first, with what operators did and know."""
        return await self._database.read(kept_since, at)

    async def approvals(self, at: datetime) -> dict[int, Approval]:
        """What is decided of those that began since then, by number."""
        return await self._database.read(approvals, at)

    async def queue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many tellings are due, and since when the longest."""
        return await self._database.read(queue, now)

    async def keep(self, one: Announcement, chats: Collection[int], now: datetime) -> Announcement:
        """Keep an announcement and who is to be told, in one commit; it comes back with its number."""
        return await self._database.write(self._keep, one, chats, now)

    def _keep(self, connection: Connection, one: Announcement, chats: Collection[int], now: datetime) -> Announcement:
        kept = save(connection, one)
        want(connection, self._seal, kept, chats, now)
        return kept

    async def waiting(self, now: datetime, *, busy: Collection[int], limit: int) -> list[Waiting]:
        """Who is to be looked after now, the longest due first."""
        return await self._database.read(self._waiting, now, busy, limit)

    def _waiting(self, connection: Connection, now: datetime, busy: Collection[int], limit: int) -> list[Waiting]:
        hashes = {self._seal.hash("chat", chat_id) for chat_id in busy} | self.damaged
        found = []
        for row in connection.execute(WAITING, {"now": now, "busy": list(hashes), "most": limit}):
            try:
                _, told = self._seal.open("tellings", row.chat_hash, row.sealed)
                _, group = self._seal.open("groups", row.chat_hash, row.group_sealed)
            except SealError:
                self.damaged.add(row.chat_hash)
                continue
            stored = StoredGroup(GROUP.validate_python(group), row.group_version)
            known = TOLD.validate_python(told)
            found.append(Waiting(row.id, row.announcement, stored, row.wanted, row.attempts, known))
        return found

    async def next_due(self, now: datetime) -> datetime | None:
        """The first time after now at which somebody is to be looked after."""
        return await self._database.read(lambda connection: connection.scalar(NEXT, {"now": now}))

    async def note(self, known: Collection[Known], *groups: StoredGroup) -> None:
        """What these chats know now, and what changed of groups, in one commit.

        Outdated if somebody else changed one of the groups: nothing was saved.
        """
        await self._database.write(self._note, known, groups)

    def _note(self, connection: Connection, known: Collection[Known], changed: Collection[StoredGroup]) -> None:
        note(connection, self._seal, known)
        save_groups(connection, self._seal, changed)

    async def reopen(self, number: int, now: datetime) -> None:
        """Look after all chats of an announcement again that were not told: it was stopped, and is told on."""
        theirs = (tellings.c.announcement == number) & tellings.c.posted.is_(False)
        again = update(tellings).where(theirs).values(told=tellings.c.wanted - 1, due_at=now)
        await self._database.write(lambda connection: connection.execute(again).rowcount)

    async def told_in(self, numbers: Sequence[int], chat_id: int) -> tuple[int, Told] | None:
        """The first of these of which a message was posted in that chat, and what was told of it."""
        return await self._database.read(told_in, self._seal, numbers, chat_id)

    async def concerned(self, numbers: Sequence[int]) -> list[int]:
        """The chats that a correction of the first of these concerns; it stands in the place of the others."""
        return await self._database.read(concerned, self._seal, numbers)

    async def progress(self, number: int) -> Progress:
        """How far an announcement has come."""
        return await self._database.read(progress, number)
