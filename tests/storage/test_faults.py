import asyncio
import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StorageError
from bot.storage import Changes, Store
from bot.storage.engine import AsyncDatabase
from tests.storage.conftest import ANNA, BEN, NOW, answer, everything, person

HOLD = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
database.execute("ROLLBACK")
"""


async def test_a_lock_held_for_five_seconds_by_another_process_loses_nothing(store, tmp_path):
    path = tmp_path / "data" / "bot.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, path, "5"], stdout=subprocess.PIPE) as other:  # noqa: ASYNC220
        assert other.stdout.readline() == b"held\n"
        saving = asyncio.ensure_future(store.save(everything(ANNA, 1)))
        await asyncio.sleep(1)
        assert not (await store.gather([1], [ANNA])).seen, "reading goes on"
        await asyncio.wait_for(saving, 10)

    assert (await store.gather([1], [ANNA])).seen == {1}


async def test_a_lock_held_too_long_is_told_in_one_line_and_nothing_is_lost(url, seal, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules["bot.storage.sqlite_engine"].PRAGMAS, "busy_timeout", 100)
    store = await Store.open(url, seal, now=NOW, backups=None)
    other = sqlite3.connect(tmp_path / "data" / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageError, match=r"^The database .* is locked by another process for too long[^\n]*\.$"):
        await store.save(everything(ANNA, 1))
    other.close()
    await store.save(everything(ANNA, 1))

    assert (await store.gather([1], [ANNA])).seen == {1}
    await store.close()


async def test_a_full_disk_is_told_in_one_line_and_goes_on_by_itself(store):
    await store.save(everything(ANNA, 1))
    pages = await store._database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1").scalar())
    big = Changes(NOW, updates=[2], people=[person(BEN)], deliveries=[answer(BEN, text="x" * 500_000)])

    with pytest.raises(StorageError, match=r"^The database .* has no room left[^\n]*\.$") as error:
        await store.save(big)

    assert "xxx" not in str(error.value.__cause__)
    found = await store.gather([1, 2], [ANNA, BEN])
    assert (found.seen, set(found.people)) == ({1}, {ANNA})
    await store._database.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1000}"))
    await store.save(big)
    assert (await store.gather([2], [])).seen == {2}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_a_database_without_a_file_is_refused(url, seal):
    with pytest.raises(StorageError, match="names no file"):
        await Store.open(url, seal, now=NOW, backups=None)


async def test_a_file_that_is_no_database_is_told(url, seal, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"a letter to somebody " * 100)

    with pytest.raises(StorageError, match=r"^The database .* is no SQLite file[^\n]*\.$"):
        await Store.open(url, seal, now=NOW, backups=None)


async def test_a_folder_that_can_not_be_made_is_told(seal, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match=r"^The database .* can't be used[^\n]*\.$"):
        await Store.open(f"sqlite:///{tmp_path}/file/bot.db", seal, now=NOW, backups=None)


async def test_a_commit_is_durable_before_save_returns(store, url, tmp_path):
    """Another connection sees it at once: nothing is left to write at the end."""
    await store.save(Changes(NOW, updates=[1]))

    with sqlite3.connect(tmp_path / "data" / "bot.db") as other:
        assert other.execute("SELECT update_id FROM updates").fetchall() == [(1,)]
    other.close()
    mode = await store._database.write(lambda c: c.exec_driver_sql("PRAGMA synchronous").scalar())
    assert mode == 2, "FULL"


def test_the_files_are_for_their_owner_only(store, tmp_path):
    files = list((tmp_path / "data").iterdir())

    assert files
    assert {oct(each.stat().st_mode & 0o777) for each in files} == {"0o600"}


@pytest.mark.parametrize("unit", ["_checkpoint", "_vacuum"])
async def test_a_broom_that_finds_no_room_says_so_in_one_line_too(store, monkeypatch, unit):
    """It speaks to SQLite without SQLAlchemy in between."""

    def full(_connection):
        error = sqlite3.DatabaseError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(f"bot.storage.sqlite_engine.{unit}", full)
    with pytest.raises(StorageError, match=r"^The database .* has no room left[^\n]*\.$"):
        await store.vacuum_wal()


class Unreachable:
    """An engine whose driver finds no server: what it raises is none of SQLAlchemy's."""

    def __init__(self, error):
        self.url, self.error = make_url("postgresql+asyncpg://bot:secret@db/bot"), error

    def begin(self):
        raise self.error


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), PoolTimeout()], ids=str)
async def test_a_server_out_of_reach_is_told_in_one_line(tmp_path, error):
    where = AsyncDatabase(make_url(f"sqlite+aiosqlite:///{tmp_path}/async.db"))
    where._engine = Unreachable(error)
    with pytest.raises(StorageError, match=r"^The database postgresql[^\n]* can't be reached [^\n]*$") as told:
        await where.read(lambda _connection: None)
    assert "secret" not in str(told.value)
