"""`migrate`, `backup` and `rotate-key`: what an operator does with the database."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing

from bot.storage import Seal, Store, key_file
from tests.storage.conftest import ANNA, NOW, everything


def keep_anna(folder):
    """A database in its usual place, with somebody in it."""

    async def keep():
        seal = Seal.from_file(folder / "keys" / "data.key", on=NOW.date())
        store = await Store.open(f"sqlite:///{folder}/data/objection-bot.db", seal, now=NOW, backups=None)
        await store.save(everything(ANNA, 1))
        await store.close()

    asyncio.run(keep())


def anna_in(folder, file):
    async def look():
        seal = Seal(folder / "keys" / "data.key")
        store = await Store.open(f"sqlite:///{file}", seal, now=NOW, backups=None)
        try:
            return await store.rows_of(ANNA)
        finally:
            await store.close()

    return asyncio.run(look())


def test_migrate_makes_a_database_and_does_nothing_the_second_time(command, tmp_path):
    first, second = command("migrate"), command("migrate")
    assert first == second
    assert first.out.startswith("The database is up to date (")
    assert (tmp_path / "data" / "objection-bot.db").exists()
    assert not (tmp_path / "data" / "backups").exists()


def test_backup_copies_what_is_kept_for_its_owner_only(command, tmp_path):
    keep_anna(tmp_path)
    copied = command("backup", "safe/today.db")

    assert copied.code == 0, copied
    assert anna_in(tmp_path, tmp_path / "safe" / "today.db")["people"]
    assert stat.S_IMODE((tmp_path / "safe" / "today.db").stat().st_mode) == 0o600


def test_backup_into_a_folder_names_the_file_by_the_time(command, tmp_path):
    keep_anna(tmp_path)
    (tmp_path / "safe").mkdir()
    command("backup", "safe")
    (copy,) = (tmp_path / "safe").iterdir()
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_backup_is_never_the_database_itself(command, tmp_path):
    keep_anna(tmp_path)
    refused = command("backup", "data/objection-bot.db")
    assert (refused.code, len(refused.err.splitlines())) == (78, 1)
    assert "is the database itself" in refused.err


def test_nothing_can_be_copied_or_sealed_anew_before_there_is_a_database(command, tmp_path):
    for arguments in (("backup", "x.db"), ("rotate-key",)):
        refused = command(*arguments)
        assert (refused.code, len(refused.err.splitlines())) == (78, 1)
        assert "There is no database" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_rotate_key_seals_everything_under_a_new_key_and_keeps_the_old_one(command, tmp_path):
    keep_anna(tmp_path)
    before = key_file.read(tmp_path / "keys" / "data.key")

    rotated = command("rotate-key")

    after = key_file.read(tmp_path / "keys" / "data.key")
    assert (rotated.code, after[1:]) == (0, before)
    assert "3 rows sealed under a new key" in rotated.out
    assert anna_in(tmp_path, tmp_path / "data" / "objection-bot.db")["people"]


def test_a_database_that_is_none_is_one_line(command, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "objection-bot.db").write_bytes(b"no database" * 1000)
    refused = command("migrate")
    assert (refused.code, len(refused.err.splitlines())) == (78, 1)
    assert "is no SQLite file" in refused.err
