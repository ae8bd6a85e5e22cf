import asyncio
import random
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bot.domain.announcing import Announcement, Approval
from bot.domain.errors import StorageError
from bot.domain.forms import Service
from bot.domain.groups import Group
from bot.storage import Changes, Outdated, housekeeping
from bot.storage.erasing import reached
from bot.storage.groups import StoredGroup
from bot.storage.housekeeping import data_map
from bot.storage.schema import metadata
from tests.storage.conftest import ANNA, BEN, NOW, answer, everything, person
from tests.storage.test_sealing import bytes_of, found_in


async def traces_of(store, chat_id):
    """What is to be gone: the hashes, and the sealed values as they lie in the file."""
    traces = {store._seal.hash(purpose, chat_id) for purpose in ("chat", "report")}
    own = store._seal.hash("chat", chat_id)

    def sealed(connection):
        return [
            bytes(row[0])
            for table in ("people", "deliveries", "watches")
            for row in connection.exec_driver_sql(f"SELECT sealed FROM {table} WHERE chat_hash = ?", (own,))
        ]

    return {part for each in [*traces, *await store._database.read(sealed)] for part in pieces(each)}


def pieces(value):
    """The value in pieces of 8 bytes: the edge of a page may cut it."""
    return [value[start : start + 8] for start in range(0, len(value) - 7, 8)]


def found(traces, data):
    """Which of the pieces stand in the data, at any place."""
    return {data[at : at + 8] for at in range(len(data) - 7) if data[at : at + 8] in traces}


async def test_nothing_is_left_on_the_disk(store, tmp_path):
    for update_id, chat in enumerate(range(ANNA, ANNA + 40)):
        await store.save(everything(chat, update_id, text="x" * 40 * (update_id % 30)))
    old = await traces_of(store, ANNA)
    await store.save(Changes(NOW, people=[person(ANNA, 1, text="y" * 900)]))
    traces = old | await traces_of(store, ANNA)
    assert len(found(traces, bytes_of(tmp_path / "data"))) > 0.95 * len(traces), "the search finds them before"

    await store.erase(ANNA, NOW)

    after = bytes_of(tmp_path / "data")
    assert not found(traces, after)
    assert not found_in(after, ANNA)
    assert len((await store.gather([], range(ANNA, ANNA + 40))).people) == 39


@pytest.mark.parametrize("seed", range(2))
async def test_nothing_is_left_of_many_among_many(store, tmp_path, seed):
    chance = random.Random(seed)
    chats = [chance.randrange(10**9, 10**10) for _ in range(400)]
    for update_id, chat in enumerate(chats):
        await store.save(everything(chat, update_id, text="x" * chance.randrange(3000)))
    await store.save(Changes(NOW, people=[person(chat, 1, text="z" * chance.randrange(5000)) for chat in chats[::2]]))
    leaving = chance.sample(chats, 150)
    traces = set().union(*[await traces_of(store, chat) for chat in leaving])
    assert len(found(traces, bytes_of(tmp_path / "data"))) > 0.95 * len(traces), "the search finds them before"

    await store.save(Changes(NOW, erased=leaving))
    await store.vacuum_wal()

    assert not found(traces, bytes_of(tmp_path / "data"))


async def test_told_is_wiped_from_the_disk(store, tmp_path):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, text="x" * 700)]))
    traces = await traces_of(store, ANNA)
    assert found(traces, bytes_of(tmp_path / "data"))

    await store.outbox.told([1])
    await store.vacuum_wal()

    assert not found(traces, bytes_of(tmp_path / "data"))


async def test_the_wal_is_emptied_as_soon_as_the_last_reader_leaves(store, tmp_path):
    await store.save(everything(ANNA, 1))
    reader = sqlite3.connect(tmp_path / "data" / "bot.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    erasing = asyncio.ensure_future(store.erase(ANNA, NOW))
    await asyncio.sleep(0.5)
    assert not erasing.done()
    await store.save(Changes(NOW, updates=[99]))

    reader.close()
    await asyncio.wait_for(erasing, 60)

    assert (tmp_path / "data" / "bot.db-wal").stat().st_size == 0


async def test_a_restored_backup_repeats_later_erasures_only(store, reopen, tmp_path):
    await store.save(everything(ANNA, 1))
    await store.save(everything(BEN, 2))
    await store.erase(ANNA, NOW)
    await store.save(everything(ANNA, 3, back=True))
    await store.backup(tmp_path / "copy.db")
    await store.erase(BEN, NOW)

    restored = await reopen(f"sqlite:///{tmp_path}/copy.db")

    assert await restored.rows_of(BEN) == {}
    assert (await restored.rows_of(ANNA))["people"][0]["sealed"] == {"back": True}
    await restored.close()


async def test_who_comes_back_is_not_erased_at_the_next_start(store, reopen):
    await store.save(everything(ANNA, 1))
    await store.erase(ANNA, NOW)
    await store.save(everything(ANNA, 2, back=True))

    again = await reopen()

    assert "people" in await again.rows_of(ANNA)
    await again.close()


@pytest.mark.parametrize("failing", ["outdated", "full"])
async def test_an_erasure_that_was_not_committed_is_not_repeated(store, reopen, failing):
    await store.save(everything(ANNA, 1))
    if failing == "full":
        await store._database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
        with pytest.raises(StorageError):
            await store.save(Changes(NOW, erased=[ANNA], deliveries=[answer(BEN, text="x" * 900_000)]))
    else:
        with pytest.raises(Outdated):
            await store.save(Changes(NOW, updates=[1], erased=[ANNA]))

    again = await reopen()

    assert "people" in await again.rows_of(ANNA)
    await again.close()


async def test_a_crash_after_the_ledger_was_written_repeats_the_erasure(store, reopen, monkeypatch):
    await store.save(everything(ANNA, 1))
    monkeypatch.setattr(store._ledger, "take_back", lambda _: None)

    def crash(connection):
        store._ledger.note(connection, store._seal, [ANNA], NOW)
        raise StorageError("the power failed before the commit")

    with pytest.raises(StorageError):
        await store._database.write(crash)
    again = await reopen()

    assert await again.rows_of(ANNA) == {}
    await again.close()


@pytest.mark.parametrize(
    ("damaged", "how"), [(b"1 torn", "in line 1"), (b"\0\0\0\0", "in line 1"), (b"\xff", "no text")]
)
async def test_a_damaged_ledger_is_told_in_one_line_with_its_remedy(store, reopen, seal, damaged, how):
    await store.save(everything(ANNA, 1))
    seal.ledger.write_bytes(damaged)

    for deed in (store.erase(ANNA, NOW), reopen()):
        with pytest.raises(StorageError, match=rf"^The ledger of erasures .* {how}: put back a copy\.[^\n]*$"):
            await deed

    assert "people" in await store.rows_of(ANNA)


async def test_the_ledger_tells_no_chat_and_forgets(store, seal):
    await store.save(everything(ANNA, 1))
    await store.erase(ANNA, NOW)
    text = seal.ledger.read_bytes()

    assert not found_in(text, ANNA)
    assert seal.hash("chat", ANNA).hex().encode() not in text
    store._ledger.drop_old(NOW + timedelta(days=31))
    assert seal.ledger.read_bytes() == b""


async def test_every_table_a_hash_reaches_is_shown_and_erased(store):
    """The walk over the schema: a new table that bears a chat's hash must be filled here."""
    await store.save(everything(ANNA, 1))
    await store.groups.save(StoredGroup(Group(ANNA, "de", "Europe/Vienna", NOW.date()), 0))
    await store.announcements.keep(Announcement(0, Service.FACEBOOK, NOW, Approval.YES), [ANNA], NOW)
    await store.save(Changes(NOW, joined=[(ANNA, -1)]))
    with_hash = {table.name for table, _ in reached()}

    assert set(await store.rows_of(ANNA)) == with_hash
    await store.erase(ANNA, NOW)
    assert await store.rows_of(ANNA) == {}


def test_every_field_has_its_purpose_and_its_end():
    fields = data_map()

    assert {(each.table, each.field) for each in fields} == {
        (table.name, column.name) for table in metadata.sorted_tables for column in table.columns
    }
    assert all(all(each) for each in fields)
    hashed = {table.name for table, _ in reached()}
    assert all("/delete" in each.erased for each in fields if each.table in hashed)


async def test_the_walk_sees_binary_columns_only_where_they_are_named(tmp_path, store):
    """Bytes are a hash with a purpose, a sealed value, the topic of a wish, the place of a counter: nothing else."""
    with closing(sqlite3.connect(tmp_path / "data" / "bot.db")) as database:
        tables = [table.name for table in metadata.sorted_tables]
        blobs = {(t, c[1]) for t in tables for c in database.execute(f"PRAGMA table_info({t})") if c[2] == "BLOB"}
    named = {(table.name, column.name) for table, column in reached()}
    assert {each for each in blobs if each[1] != "sealed"} == named | {("watches", "topic"), ("counted", "place")}


async def test_many_who_leave_at_once_share_the_emptying_of_the_log(store, monkeypatch):
    emptied = []

    async def vacuum(_database):
        emptied.append(1)
        await asyncio.sleep(0)

    monkeypatch.setattr(housekeeping, "vacuum_wal", vacuum)
    await asyncio.gather(*(store.vacuum_wal() for _ in range(50)))
    assert len(emptied) <= 2
    await store.vacuum_wal()
    assert len(emptied) <= 3, "and who comes later gets one of their own"
    assert len(emptied) >= 2
