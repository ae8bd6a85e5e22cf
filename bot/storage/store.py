"""The store: the one door to the database."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from bot.domain.errors import ObjectionBotError
from bot.storage import backups, erasing, housekeeping, migrate, orders, people, rotation, saving, state
from bot.storage.announcements import Announcements
from bot.storage.changes import Changes
from bot.storage.closing import Closings
from bot.storage.confirmations import Confirmations
from bot.storage.counted import Counted
from bot.storage.days import Days
from bot.storage.dossiers import Dossiers
from bot.storage.engine import database
from bot.storage.groups import Groups
from bot.storage.incidents import Incidents
from bot.storage.ledger import Ledger
from bot.storage.looks import Looks
from bot.storage.outbox import Outbox
from bot.storage.pages import Pages
from bot.storage.pauses import Pauses
from bot.storage.reports import Reports
from bot.storage.schema import REVISION
from bot.storage.seal import Seal
from bot.storage.wanted import Wanted
from bot.storage.watches import Watches
from bot.storage.window import Marks, Window, marks, window

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.storage.changes import Gathered, StoredPerson
    from bot.storage.engine import Database


class Store:
    """Everything that is kept. Open it with `Store.open`."""

    def __init__(self, where: Database, seal: Seal) -> None:
        self._database, self._seal = where, seal
        self._ledger = Ledger(seal.ledger)
        self._damaged: set[bytes] = set()
        self._vacuuming, self._vacuums_asked, self._vacuums_done = asyncio.Lock(), 0, 0
        self.outbox = Outbox(where, seal)
        self.looks, self.days, self.incidents = Looks(where), Days(where), Incidents(where)
        self.pauses, self.confirmations, self.wanted = Pauses(where), Confirmations(where), Wanted(where)
        self.groups, self.announcements = Groups(where, seal), Announcements(where, seal)
        self.counted = Counted(where, seal)
        self.reports = Reports(where, seal)
        self.watches, self.pages = Watches(where, seal), Pages(where)
        self.closing, self.dossiers = Closings(where, seal, self._ledger), Dossiers(where, seal)

    @classmethod
    async def open(cls, url: str, seal: Seal, *, now: datetime, backups: Path | None) -> Self:
        """Open the database, bring it up to date, and repeat erasures that a restored copy doesn't know.

        1. If the schema has to change: a copy into `backups` first (None: no copy).
        2. Use the key it is sealed under; an empty database begins under the newest.
        3. Repeat later erasures, forget old ones.
        """
        store = cls(database(url), seal)
        try:
            await store._migrate(now, backups)
            await store._database.write(store._begin)
            store._drop_old(now, backups)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Finish what runs and let go of the database."""
        await self._database.close()

    async def gather(self, update_ids: Collection[int], chat_ids: Collection[int]) -> Gathered:
        """Which updates took effect before, and what is kept of the chats."""
        return await self._database.read(people.gather, self._seal, update_ids, chat_ids)

    async def save(self, changes: Changes) -> None:
        """Save in one commit. Outdated: nothing was saved, gather and decide again."""
        try:
            await self._database.write(saving.save, self._seal, self._ledger, changes)
        except ObjectionBotError:
            if changes.erased:
                with suppress(ObjectionBotError):
                    await self._database.write(self._ledger.take_back)
            raise

    async def forget_strangers(self, operators: Collection[int], now: datetime) -> None:
        """Take back a first yes that was said by nobody of these: a second one would stand alone."""
        await self._database.write(orders.forget_strangers, self._seal, operators, now)

    async def wake(self, now: datetime, limit: int) -> list[StoredPerson]:
        """People whose reminder is due, the longest due first."""
        return await self._database.read(people.wake, self._seal, now, limit, self._damaged)

    async def next_wake(self, now: datetime) -> datetime | None:
        """The first time after now at which a reminder is due."""
        return await self._database.read(people.next_wake, now)

    async def expired(self, today: date, limit: int) -> list[StoredPerson]:
        """People who are to be forgotten by today."""
        return await self._database.read(people.expired, self._seal, today, limit, self._damaged)

    async def erase(self, chat_id: int, now: datetime) -> None:
        """Erase everything of a chat, from the WAL too. With a goodbye: `Changes.erased`, `vacuum_wal`."""
        await self.save(Changes(now, erased=[chat_id]))
        await self.vacuum_wal()

    async def vacuum_wal(self) -> None:
        """Empty the WAL; returns only when it was emptied after this call. Who comes meanwhile shares the next one."""
        self._vacuums_asked += 1
        mine = self._vacuums_asked
        async with self._vacuuming:
            if self._vacuums_done < mine:
                asked = self._vacuums_asked
                await housekeeping.vacuum_wal(self._database)
                self._vacuums_done = asked

    async def window(self, form: str, country: str, now: datetime) -> Window:
        """All that a conclusion about that form in that country rests on, read at one moment."""
        return await self._database.read(window, form, country, now)

    async def marks(self) -> Marks:
        """What changes when an operator corrected, confirmed or paused something, in whatever process."""
        return await self._database.read(marks)

    async def lead(self) -> bool:
        """Is this the process that looks? Once it is, it stays so until it ends or loses its database."""
        return await self._database.lead()

    async def rows_of(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        """Everything kept of a chat, opened, table by table: for /mydata and /export."""
        return await self._database.read(erasing.rows_of, self._seal, chat_id)

    async def forget(self, now: datetime) -> int:
        """Delete what has been kept long enough (updates, looks, links of reports)."""
        return await self._database.write(housekeeping.forget, now)

    async def backup(self, path: Path) -> None:
        """Copy the database while it runs."""
        await self._database.read(backups.copy, path)

    async def rotate(self, on: date) -> int:
        """Make a new key and seal every row anew; how many. The old key stays for old backups."""
        key_id = self._seal.add_key(on)
        fresh = Seal(self._seal.path)
        fresh.use(key_id)
        count = await self._database.write(rotation.reseal, self._seal, fresh)
        self._seal.reload(key_id)
        return count

    async def _migrate(self, now: datetime, folder: Path | None) -> None:
        here = await self._database.read(migrate.revision_of)
        if here == REVISION:
            return
        if here is not None:
            migrate.must_be_known(here)
        if here is not None and folder is not None:
            await self._database.read(backups.copy_before_change, folder, here, now)
        await self._database.write(migrate.upgrade)

    def _drop_old(self, now: datetime, folder: Path | None) -> None:
        self._ledger.drop_old(now)
        if folder is not None:
            backups.drop_old(folder, now)

    def _begin(self, connection: Connection) -> None:
        key_id = state.value_of(connection, state.KEY)
        if key_id is None:
            state.put(connection, state.KEY, self._seal.key_id)
        else:
            self._seal.use(key_id)
        self._ledger.repeat(connection, self._seal)
