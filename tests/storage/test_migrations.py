import io
import os
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_mock_engine

from bot.domain.errors import StorageError
from bot.storage import Changes, Store, backups, migrate, reports, state
from bot.storage.engine import database
from bot.storage.schema import REVISION, metadata
from tests.storage.conftest import ANNA, NOW, everything


@pytest.fixture
async def empty(url):
    where = database(url)
    yield where
    await where.close()


def schema_of(connection):
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name != 'sqlite_sequence' ORDER BY 1")
    return [tuple(row) for row in rows]


def scripts():
    return [each.revision for each in ScriptDirectory.from_config(migrate.configured()).walk_revisions()]


def test_the_code_knows_the_newest_migration():
    assert scripts()[0] == REVISION


async def test_each_migration_goes_up_down_and_up(empty):
    for revision in reversed(scripts()):
        await empty.write(migrate.upgrade, revision)
        up = await empty.read(schema_of)
        await empty.write(migrate.downgrade, "-1")
        await empty.write(migrate.upgrade, revision)
        assert await empty.read(schema_of) == up


async def test_nothing_is_left_when_all_is_taken_down(empty):
    await empty.write(migrate.upgrade)
    await empty.write(migrate.downgrade, "base")

    left = {name for name, _ in await empty.read(schema_of)}

    assert left <= {"alembic_version", "sqlite_autoindex_alembic_version_1"} | {"alembic_version_pkc"}


async def test_the_schema_is_what_the_migrations_make(empty):
    await empty.write(migrate.upgrade)

    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_server_default": True}), metadata)

    assert await empty.read(differences) == []


def tables(text):
    """What the words make: each table with its columns and constraints, each index. Columns may come later."""
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    made = {}
    for each in (" ".join(each.split()) for each in bare.split(";") if "alembic_version" not in each):
        if table := re.match(r"CREATE TABLE (\w+) \((.*)\)$", each):
            made[table[1]] = {part.strip() for part in re.split(r",(?![^(]*\))", table[2])}
        elif column := re.match(r"ALTER TABLE (\w+) ADD COLUMN (.*)$", each):
            made[column[1]].add(column[2])
        elif each.startswith("CREATE"):
            made[each] = set()
    return made


def test_on_postgresql_too():
    """The migrations' words for PostgreSQL, beside those that the schema would take."""
    config = migrate.configured()
    config.set_main_option("sqlalchemy.url", "postgresql://")
    config.output_buffer = io.StringIO()
    command.upgrade(config, "head", sql=True)
    made = []
    engine = create_mock_engine(
        "postgresql://", lambda sql, *_, **__: made.append(str(sql.compile(dialect=engine.dialect)))
    )
    metadata.create_all(engine, checkfirst=False)

    assert tables(config.output_buffer.getvalue()) == tables(";".join(made))
    assert {"looks", "incidents", "people"} <= tables(";".join(made)).keys()
    assert {each for each in made if "COMMENT ON COLUMN" in each}


async def test_a_change_is_backed_up_before_and_only_then(url, seal, tmp_path, store):
    folder = tmp_path / "backups"
    await store.save(everything(ANNA, 1, step=1))
    await store.close()
    again = await Store.open(url, seal, now=NOW, backups=folder)
    assert not folder.exists()
    await set_revision(again, "0000")
    await again.close()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrate, "must_be_known", lambda _: None)
        patched.setattr(migrate, "upgrade", lambda _: None)
        changed = await Store.open(url, seal, now=NOW, backups=folder)

    (copy,) = folder.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as database_file:
        assert database_file.execute("SELECT count(*) FROM people").fetchone() == (1,)
        assert database_file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    await changed.close()


OLD_ROWS = """
INSERT INTO looks (form, country, vantage, at, verdict, reason, status_code, seconds)
    VALUES ('facebook-2025', 'DE', 'direct', '2026-11-23 12:30:15.123456', 'answers', 'none', 200, 0.25);
INSERT INTO reports (form, country, kind, person, day, at)
    VALUES ('facebook-2025', 'DE', 'gone', x'00112233445566778899aabbccddeeff', '2026-11-23', '2026-11-23 12:30:15');
"""


async def test_a_database_of_the_first_release_is_brought_up_with_a_copy_first(empty, url, seal, tmp_path):
    await empty.write(migrate.upgrade, "0001")
    await empty.write(lambda connection: [connection.exec_driver_sql(each) for each in OLD_ROWS.split(";")[:2]])
    await empty.write(lambda connection: state.put(connection, state.KEY, seal.key_id))
    await empty.close()

    store = await Store.open(url, seal, now=NOW, backups=tmp_path / "backups")

    (look,) = await store.looks.latest()
    assert (look.at, look.evidence, look.differed) == (NOW, None, None)
    assert await store.reports.people("facebook-2025", "DE", "gone", since=NOW - timedelta(hours=1)) == 1
    asked = ("facebook-2025", "DE", ["gone"], NOW - timedelta(hours=1))
    assert await store._database.read(reports.count_weighty, *asked) == 0
    assert await store.incidents.open() == []
    (copy,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert before.execute("SELECT count(*) FROM looks").fetchone() == (1,)
    await store.close()


async def set_revision(store, revision):
    await store._database.write(lambda c: c.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'"))


async def test_three_copies_are_kept_and_none_longer_than_erasures(store, tmp_path):
    folder = tmp_path / "copies"
    for each in range(5):
        path = await store._database.read(backups.copy_before_change, folder, f"000{each}", NOW)
        os.utime(path, (NOW.timestamp() + each, NOW.timestamp() + each))
    assert sorted(each.name[7:11] for each in folder.iterdir()) == ["0002", "0003", "0004"]

    backups.drop_old(folder, NOW + backups.KEPT)
    assert len(list(folder.iterdir())) == 3
    backups.drop_old(folder, NOW + 2 * backups.KEPT)
    assert not list(folder.iterdir())


async def test_a_newer_database_is_not_touched(store, url, seal, tmp_path):
    await set_revision(store, "9999")
    await store.close()

    with pytest.raises(StorageError, match=r"^The database is newer \(9999\) than this program [^\n]*\.$"):
        await Store.open(url, seal, now=NOW, backups=tmp_path / "backups")

    assert not (tmp_path / "backups").exists()


async def test_a_backup_is_whole_while_the_bot_writes(store, reopen, tmp_path):
    await store.save(everything(ANNA, 1, step=1))
    await store.backup(tmp_path / "copy.db")
    await store.save(Changes(NOW, updates=[2]))

    copy = await reopen(f"sqlite:///{tmp_path}/copy.db")

    found = await copy.gather([1, 2], [ANNA])
    assert (found.seen, found.people[ANNA].document) == ({1}, {"step": 1})
    await copy.close()


async def test_a_backup_that_can_not_be_written_is_told(store, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match=r"^The backup .* can't be used[^\n]*\.$"):
        await store.backup(tmp_path / "file" / "copy.db")
