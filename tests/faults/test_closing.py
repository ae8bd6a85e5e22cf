"""The service closes: through two kills while everybody is told, and a day on which the bot was down."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta

from bot.domain.closing import Close
from bot.domain.groups import Group, GroupState
from bot.storage import Changes, Seal, Store
from bot.storage.groups import StoredGroup
from tests.faults.village import PATIENCE, village
from tests.storage.test_erasing import found, pieces
from tests.storage.test_sealing import bytes_of, found_in

CLOSES, CLOSED = "Dieser Bot schließt am", "Dieser Bot wurde am"
NAMES = ("Anna", "Ben", "Cleo")


@asynccontextmanager
async def stored(here, now):
    """The store of a bot that is down."""
    seal = Seal.from_file(here.folder / "keys" / "data.key", on=now.date())
    store = await Store.open(here.environment["DATABASE_URL"], seal, now=now, backups=None)
    yield store
    await store.close()


async def said(here, chat, words):
    """How often the bot said that in a chat."""
    return sum(words in each["text"] for each in await here.sandbox.messages(chat) if each["from"] != chat)


async def until(holds):
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            await asyncio.sleep(0.2)


async def all_noted(folder):
    """Is nothing in the air: would a kill now double nothing?"""
    with closing(sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM deliveries").fetchone() == (0,)


def left_of(folder, chats, traces):
    data = bytes_of(folder)
    return found(traces, data) | {chat for chat in chats if found_in(data, chat)}


async def test_all_are_told_once_and_then_nothing_of_anybody_is_left(tmp_path):
    today = datetime.now(UTC).replace(hour=10, minute=0)  # noqa: TID251  # a life begins by the machine's clock
    day = (today + timedelta(days=15)).date()
    async with village(tmp_path) as here:
        people = [await here.walk(name) for name in NAMES]
        group = await here.sandbox.group(people[0], title="Meta & AI", bot="member")
        here.kill()
        await here.dies()
        await here.sandbox.post("/clock", now=(today + timedelta(days=1)).isoformat())
        async with stored(here, today) as store:
            there = Group(group, "de", "UTC", today.date(), ("DE",), hold=None, state=GroupState.RUNNING)
            await store.groups.save(StoredGroup(there, 0))
            await store.save(Changes(today, orders=[(people[0], Close(day))]))
            traces = {part for chat in (*people, group) for part in pieces(store._seal.hash("chat", chat))}
        here.trigger.arm("before save", passing=2)  # the group is told, nobody else
        await here.begin()
        in_air = await here.dies()
        here.trigger.arm("while the send call is in the air", passing=2)
        await here.begin()
        in_air += await here.dies()
        await here.begin()

        async def all_told():
            return all([await said(here, chat, CLOSES) for chat in (*people, group)])

        await until(all_told)
        counts = [await said(here, chat, CLOSES) for chat in (*people, group)]
        assert max(counts) <= 2
        assert sum(counts) - len(counts) <= in_air, "doubled is only what was in the air"

        newcomer = await here.sandbox.person("Emil", language_code="de")
        await here.sandbox.start(newcomer)
        written = await here.sandbox.wait(newcomer, lambda all_: len(all_) > 2, PATIENCE)
        assert [CLOSES in each["text"] for each in written] == [False, True, False], "first the day, then the answer"
        assert len(found(traces, bytes_of(tmp_path))) > 0.8 * len(traces), "the search finds them before"

        await until(lambda: all_noted(tmp_path))
        here.kill()
        await here.dies()
        await here.sandbox.post("/clock", now=(today + timedelta(days=17)).isoformat())
        before = {chat: await here.sandbox.messages(chat) for chat in (*people, group)}
        await here.begin()

        async def nothing_is_left():
            return not left_of(tmp_path, (*people, newcomer, group), traces)

        await until(nothing_is_left)
        await here.sandbox.say(group, "/status", by=people[0])
        await here.sandbox.say(people[1], "Hallo?")
        await until(lambda: said(here, people[1], CLOSED))
        await until(nothing_is_left)
        after = {chat: (await here.sandbox.messages(chat))[len(before[chat]) :] for chat in before}
        assert {chat: len(new) for chat, new in after.items()} == dict(zip(before, (0, 2, 0, 1), strict=True))
        assert "von dieser Nachricht behält er nichts" in after[people[1]][1]["text"]
