"""Promise 5: a copy without the key tells nothing, and who leaves is gone from everything that is kept."""

import asyncio
import json
import sqlite3
from contextlib import asynccontextmanager, closing

import pytest

from bot import logs
from bot.storage import Seal, Store
from bot.telegram import pacing
from tests.bot_in_sandbox import PATIENCE, running_bot
from tests.privacy.walking import HOME, Walker, documented, telling
from tests.storage.test_erasing import found, pieces, traces_of
from tests.storage.test_sealing import bytes_of, forms_of, found_in

FILES = ("bot.db", "bot.db-wal", "bot.db-shm")


@pytest.fixture(autouse=True)
def nobody_waits_for_the_pace(monkeypatch):
    monkeypatch.setattr(pacing, "BURST", 1000)


@asynccontextmanager
async def somebody(folder):
    """A bot, and a person who has left everything that can be left."""
    async with running_bot(folder) as town:
        logs.set_up("debug", "text")
        await town.sandbox.limits(bulk=False)
        walker = Walker(town.sandbox, await town.sandbox.person("Quirina", language_code="de"))
        await walker.leave_everything()
        yield town, walker


def on_the_disk(folder):
    """The database with its companions, without the key."""
    return b"".join((folder / name).read_bytes() for name in FILES if (folder / name).exists())


async def test_a_copy_without_the_key_tells_no_chat_no_residence_and_no_fact(tmp_path):
    async with somebody(tmp_path) as (town, walker):
        document = await documented(town.app, walker.chat)
        await town.app.store.backup(tmp_path / "copies" / "copy.db")
        data = on_the_disk(tmp_path) + bytes_of(tmp_path / "copies")

    assert document["residence"] == HOME
    assert {fact["kind"] for fact in document["cases"][0]["facts"]} >= {"failed", "opened", "sent"}
    assert b"reports" in data, "the search works"
    assert not found_in(data, walker.chat)
    assert not [each for each in telling(document) if each in data]


async def test_the_same_search_finds_all_of_it_where_nothing_is_sealed(tmp_path, monkeypatch):
    monkeypatch.setattr(
        Seal, "close", lambda self, table, owner, chat, what: json.dumps([chat, what], separators=(",", ":")).encode()
    )
    monkeypatch.setattr(Seal, "open", lambda self, table, owner, sealed: tuple(json.loads(sealed)))
    async with somebody(tmp_path) as (town, walker):
        document = await documented(town.app, walker.chat)
        data = on_the_disk(tmp_path)

    assert "text" in found_in(data, walker.chat)
    assert not [each for each in telling(document) if each not in data]


def test_the_same_search_finds_a_chat_id_however_it_is_written(tmp_path):
    chat = 7_000_000_123
    forms = forms_of(chat)
    with closing(sqlite3.connect(tmp_path / "open.db")) as database:
        database.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, number, text, big, little)")
        row = (chat, chat, str(chat), forms["big"], forms["little"])
        database.execute("INSERT INTO numbers VALUES (?, ?, ?, ?, ?)", row)
        database.commit()

    assert found_in(bytes_of(tmp_path), chat) == set(forms)


async def test_after_the_goodbye_nothing_is_left_in_database_log_or_output(tmp_path, capfd):
    async with somebody(tmp_path) as (town, walker):
        store = town.app.store
        traces = await traces_of(store, walker.chat)
        hashed = {part for purpose in ("chat", "report") for part in pieces(store._seal.hash(purpose, walker.chat))}
        assert hashed <= found(traces, on_the_disk(tmp_path)), "the search finds them before"
        assert len(found(traces, on_the_disk(tmp_path))) > 0.95 * len(traces)

        await walker.delete_everything()
        await gone_from_the_log(tmp_path)

        after = on_the_disk(tmp_path)
        assert not found(traces, after)
        assert not found_in(after, walker.chat)
        assert await store.rows_of(walker.chat) == {}
    told = "".join(capfd.readouterr())
    assert not [each for each in (str(walker.chat), "Quirina", HOME + '"', "Liechtenstein") if each in told]


async def gone_from_the_log(folder):
    """Wait until the write-ahead log is emptied, which follows the goodbye."""
    async with asyncio.timeout(PATIENCE):
        while (folder / "bot.db-wal").stat().st_size:
            await asyncio.sleep(0.01)


async def test_a_restored_backup_forgets_them_when_it_is_opened(tmp_path):
    copy = tmp_path / "restored" / "bot.db"
    async with somebody(tmp_path) as (town, walker):
        traces = await traces_of(town.app.store, walker.chat)
        await town.app.store.backup(copy)
        now = town.app.clock.now()
        await walker.delete_everything()
        await gone_from_the_log(tmp_path)
    assert found(traces, copy.read_bytes()), "the search finds them before"

    seal = Seal.from_file(tmp_path / "keys" / "data.key", on=now.date())
    store = await Store.open(f"sqlite+aiosqlite:///{copy}", seal, now=now, backups=None)
    try:
        assert await store.rows_of(walker.chat) == {}
    finally:
        await store.close()

    assert not found(traces, bytes_of(copy.parent))


async def test_who_comes_back_after_the_goodbye_is_a_stranger(tmp_path):
    async with somebody(tmp_path) as (town, walker):
        await walker.delete_everything()
        await gone_from_the_log(tmp_path)

        await town.sandbox.start(walker.chat)
        await walker.shown("start.hello")

        document = await documented(town.app, walker.chat)
        assert (document["cases"], document["residence"], document["session"]["revision"]) == ([], None, 1)
