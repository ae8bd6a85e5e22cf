"""Whatever is sent, by whomever: nothing breaks, nobody else is touched, the log names nobody, memory is flat."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import asynccontextmanager, closing, suppress
from itertools import count, pairwise
from pathlib import Path
from statistics import median

import httpx
import pytest

from bot.sandbox.seed import add_person, everywhere
from bot.sandbox.world import Person
from bot.storage import Seal
from tests.faults.hostile import ANONYMOUS_ADMIN, GROUP, LANGUAGES, MARK, NOBODYS, Hostile, Maker, as_body, message
from tests.faults.village import PATIENCE, Village, _refused, _revision, doubled, must_be_once
from tests.ports import free_port
from tests.sandbox_server import running_sandbox

SECRET = "webhook-secret-of-the-test-0123456789"
BATCH = 100
BUSY, RESENDS = 503, 5
"""What the bot answers when it could not keep an update, and how often that is sent again."""
FIRST, HUGE, ORDINARY, VICTIM = 7_100_000_000, 10**18, 7_300_000_000, 7_400_000_000
VICTIMS = range(VICTIM, VICTIM + 4)
MEGABYTE = 1024 * 1024
MOST_GROWTH, MOST_LOADED = 10 * MEGABYTE, 40 * MEGABYTE
EXPECTED = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
    "wrong file_id",
    "bot was blocked by the user",
    "user is deactivated",
    "chat not found",
)
"""Refusals that are nobody's fault: of numbers that were made up, of presses and files that never were."""


def writers(wanted: int) -> list[int]:
    """Who sends it all; every tenth has a number far beyond today's."""
    return [(HUGE if at % 10 == 0 else FIRST) + at for at in range(wanted)]


class Siege:
    """A real bot with both entrances open: its webhook, and getUpdates of the sandbox."""

    def __init__(self, village, process, http, chats):
        self.village, self.sandbox, self.folder = village, village.sandbox, village.folder
        self.process, self.http = process, http
        self.maker = Maker(1, chats, VICTIMS, ["start.linked:app::1", "object.form:sent:1:3", "sent.noted:fine:1:4"])
        self.numbers = count(1)
        self.shaped, self.inline, self.odd = set(), set(), set()
        self.answers, self.refused = Counter(), Counter()
        self.said, self.memory, self.calls_seen = {}, [], 0
        self.resent = 0

    async def walked(self, chat):
        """Somebody ordinary has the short conversation."""
        await self.sandbox.person(f"{MARK} ordinary", language_code="de", id=chat)
        await self.sandbox.start(chat, "de_facebook")
        await self.village.walk_on(chat)

    async def pushed(self, hostile: Hostile, times: int = 1) -> None:
        """Through the webhook; a second time as Telegram does when it saw no answer."""
        number = next(self.numbers)
        self.sort(hostile, number)
        body = as_body({"update_id": number, **hostile.update})
        for status in await asyncio.gather(*(self._answered(body) for _ in range(times))):
            self.answers[hostile.shaped, status] += 1
            allowed = {200} if hostile.shaped else {200, 400}
            assert status in allowed, (status, hostile.update)

    def sort(self, hostile: Hostile, number: int) -> None:
        """Inline questions are answered at once and leave nothing; all else that is shaped leaves its number."""
        kind = self.inline if "inline_query" in hostile.update else self.shaped
        (kind if hostile.shaped else self.odd).add(number)

    async def _answered(self, body) -> int:
        """Sent again while the bot is too busy to answer or closed an idle connection just then, as Telegram does."""
        for tried in range(RESENDS):
            with suppress(httpx.TransportError):
                status = (await self.http.post("/telegram", content=body)).status_code
                if status != BUSY:
                    return status
            self.resent += 1
            await asyncio.sleep(0.2 * 2**tried)
        return BUSY

    async def queued(self, hostile: Hostile) -> None:
        """Through getUpdates."""
        ((kind, content),) = hostile.update.items()
        self.sort(hostile, (await self.sandbox.post("/sandbox/updates", kind=kind, content=content))["update_id"])

    async def stormed(self, wanted: int) -> None:
        """So many hostile ones, a batch at a time side by side; every third that can comes through getUpdates."""
        for start in range(0, wanted, BATCH):
            batch = list(self.maker.many(min(BATCH, wanted - start)))
            await asyncio.gather(
                *(
                    self.queued(each) if at % 3 == 0 and each.asked_for else self.pushed(each, 1 + (at % 50 == 1))
                    for at, each in enumerate(batch)
                )
            )
            await self.looked()

    async def looked(self) -> None:
        """What the bot called since, and how much memory it has."""
        for call in await self.sandbox.calls(after=self.calls_seen):
            assert call["number"] == self.calls_seen + 1, "some calls were not seen"
            self.calls_seen = call["number"]
            chat = int(call["params"].get("chat_id", 0))
            if call["error"] and not (chat >= HUGE and "chat not found" in call["error"]):
                self.refused[call["method"], call["error"]] += 1
            if call["method"] in {"sendMessage", "editMessageText"} and not _refused(call):
                self._noted(chat, call)
        self.memory.append(resident(self.process.pid))

    def _noted(self, chat, call):
        if ORDINARY <= chat < VICTIM:
            self.said.setdefault(chat, []).append(_revision(call))
        elif chat not in VICTIMS:
            rows = json.loads(call["params"].get("reply_markup", "{}")).get("inline_keyboard", [])
            self.maker.shown[chat] = [each["callback_data"] for row in rows for each in row if "callback_data" in each]

    async def quiet(self) -> None:
        """Wait until all is taken, and all is said."""
        async with asyncio.timeout(60 + len(self.memory)):
            while await self.sandbox.pending() or self.rows("SELECT count(*) FROM deliveries") != [(0,)]:
                await self.looked()
                await asyncio.sleep(0.05)
        await self.looked()

    def rows(self, query, *values):
        with closing(sqlite3.connect(f"file:{self.folder / 'bot.db'}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def rows_of_victims(self):
        seal = Seal.from_file(self.folder / "keys" / "data.key", on=None)
        hashes = [seal.hash("chat", chat) for chat in VICTIMS]
        return [row for each in hashes for row in self.rows("SELECT * FROM people WHERE chat_hash = ?", each)]

    async def end(self) -> None:
        """In good order."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), PATIENCE) == 0, self.log[-3000:]

    def log_lines(self):
        """Line by line: of many updates it does not fit into memory."""
        with (self.folder / "log").open() as log:
            yield from log

    @property
    def log(self):
        return (self.folder / "log").read_text()


def resident(process: int) -> int:
    """Bytes of memory that a process really has."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024


@asynccontextmanager
async def siege(folder, chats):
    def seed(world):
        for at, chat in enumerate(chats):
            somebody = add_person(world, Person(chat, f"{MARK} {at}", None, "DE", "DE", everywhere()))
            somebody.started, somebody.deactivated, somebody.blocked = True, at % 25 == 24, at % 40 == 39

    async with running_sandbox(seed) as sandbox:
        await sandbox.limits(bulk=False)
        village, port = Village(sandbox, folder), free_port()
        settings = {
            "HTTP_PORT": str(port),
            "WEBHOOK_SECRET": SECRET,
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "json",
        }
        with (folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=folder, env=village.environment | settings, stdout=log, stderr=log
            )
        http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
            timeout=60,
            trust_env=False,
            verify=False,
        )
        here = Siege(village, process, http, chats)
        try:
            await here.walked(ORDINARY)
            yield here
        finally:
            await http.aclose()
            await here.end()


def complaints(here):
    """Lines of the log that tell of trouble, without those that say that an odd update is unreadable."""
    found = []
    for line in here.log_lines():
        try:
            told = json.loads(line)
        except ValueError:
            found.append(line)
            continue
        known = told["event"] == "update_unreadable" and told["update_id"] in here.odd
        quiet = told["level"] in {"debug", "info"} or told["event"] == "database_slow"
        if not (known or quiet):
            found.append(line)
    return found


def named(here, chats):
    """What of anybody stands in the log."""
    ids = {str(abs(each)) for each in (*chats, *VICTIMS, *here.said, *NOBODYS, ANONYMOUS_ADMIN, GROUP)}
    found = set()
    for line in here.log_lines():
        found |= ids.intersection(re.findall(r"\d{6,}", line))
        found |= {MARK} if MARK.casefold() in line.casefold() else set()
    return sorted(found)


def growth(memory):
    """From the first quarter to the last, without the largest single step.

    What is loaded once (the typesetter, with the first paper) is one step; what is never let go is many.
    """
    steps = [after - before for before, after in pairwise(memory)]
    once = max(range(len(steps)), key=steps.__getitem__)
    flat = [*memory[: once + 1], *(each - steps[once] for each in memory[once + 1 :])]
    quarter = len(flat) // 4
    return median(flat[-quarter:]) - median(flat[:quarter])


def test_growth_is_told_from_what_is_loaded_once():
    loaded = [200 * MEGABYTE] * 50 + [225 * MEGABYTE] * 50
    leaking = [(200 + at) * MEGABYTE for at in range(100)]
    assert growth(loaded) == 0
    assert growth(leaking) > MOST_GROWTH


@pytest.mark.parametrize(
    "wanted",
    [
        2_000,
        pytest.param(20_000, marks=[pytest.mark.long, pytest.mark.timeout(1800)]),
        pytest.param(200_000, marks=[pytest.mark.long, pytest.mark.timeout(6 * 3600)]),
    ],
)
async def test_hostile_updates_break_nothing_and_reach_nobody_else(tmp_path, wanted):
    chats = writers(450 if wanted < 10_000 else 2_000)
    async with siege(tmp_path, chats) as here:
        for chat in VICTIMS:
            await here.walked(chat)
        for language in LANGUAGES:
            await here.pushed(Hostile({"message": message(chats[0], {"text": "Germany?"}, language)}))
        await here.quiet()
        before, here.memory = here.rows_of_victims(), []

        ordinary = count(ORDINARY + 1)
        storm = asyncio.ensure_future(here.stormed(wanted))
        while not storm.done():
            chat = next(ordinary)
            assert chat < VICTIM, "more ordinary people than numbers for them"
            await here.walked(chat)
        await storm
        memory = here.memory
        await here.quiet()

        kept = dict(here.rows("SELECT update_id, set_aside FROM updates"))
        documents = await here.village.kept(list(here.said))
        after = here.rows_of_victims()

    largest = max(after - before for before, after in pairwise(memory))
    print(
        f"resent {here.resent}, growth {growth(memory) / MEGABYTE:.1f} MB beside a step of {largest / MEGABYTE:.1f} MB"
    )
    print(f"answers {here.answers}, refusals {here.refused}")
    print(f"ordinary people {len(here.said)}, log lines {sum(1 for _ in here.log_lines())}")
    assert not complaints(here), "\n".join(complaints(here)[:20])
    assert named(here, chats) == []
    assert here.shaped <= kept.keys()
    assert here.inline
    assert not here.inline & kept.keys()
    assert not [number for number in here.shaped if kept[number]], "set aside"
    assert len(before) == len(VICTIMS)
    assert after == before
    assert len(here.said) > 1
    assert {chat: doubled(said) for chat, said in here.said.items()} == dict.fromkeys(here.said, 0)
    for document in documents.values():
        must_be_once(document)
    assert not [each for each in here.refused if not any(known in each[1] for known in EXPECTED)], here.refused
    assert largest < MOST_LOADED, [each // MEGABYTE for each in memory]
    assert growth(memory) < MOST_GROWTH, [each // MEGABYTE for each in memory]
