"""A bot that may be killed at any moment, the sandbox it talks to, and people who go on whatever happens to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.storage import Seal, Store
from tests.faults.killing_bot import Trigger
from tests.sandbox_server import running_sandbox

KILLING_BOT = Path(__file__).with_name("killing_bot.py")
ROOT = Path(__file__).parents[2]
WALK = (("start.linked", "app"), ("object.app", "form"), ("object.form", "sent"), ("sent.noted", ""))
"""A short conversation: each screen, and what is pressed on it. The next one has the next revision."""
FACTS = {"opened", "sent"}
PATIENCE = 60


class Village:
    """One sandbox and one data folder; the bot in it dies and comes back."""

    def __init__(self, sandbox, folder):
        self.sandbox, self.folder = sandbox, folder
        self.trigger = Trigger(folder / "trigger")
        self.process = 0
        self._calls_seen = 0

    @property
    def environment(self):
        python = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        return python | {
            "SANDBOX_URL": self.sandbox.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/bot.db",
            "DATA_KEY_FILE": str(self.folder / "keys" / "data.key"),
            "HTTP_PORT": "0",
            "PRIVATE_PORT": "0",
            "LOG_LEVEL": "warning",
        }

    async def open(self):
        with (self.folder / "log").open("ab") as log:
            self._mother = await asyncio.create_subprocess_exec(
                sys.executable, str(KILLING_BOT), str(self.folder / "trigger"),
                cwd=self.folder, env=self.environment, stdin=PIPE, stdout=PIPE, stderr=log,
            )  # fmt: skip
        await self.begin()

    async def begin(self):
        """A new life of the bot."""
        self._mother.stdin.write(b"\n")
        self.process = int(await self._mother.stdout.readline())

    def kill(self):
        os.kill(self.process, signal.SIGKILL)

    async def dies(self):
        """Wait until the bot is dead; how many chats were in the air."""
        ended = int(await asyncio.wait_for(self._mother.stdout.readline(), PATIENCE))
        assert ended == -signal.SIGKILL, self.log
        return self.trigger.in_air

    async def stop(self):
        """End the bot in good order."""
        os.kill(self.process, signal.SIGTERM)
        ended = int(await asyncio.wait_for(self._mother.stdout.readline(), PATIENCE))
        assert (ended, self.log) == (0, "")

    async def close(self):
        await self.stop()
        self._mother.stdin.close()
        await asyncio.wait_for(self._mother.wait(), PATIENCE)

    async def abandon(self):
        """End the bot whatever it does, after a test that failed."""
        for process in (self.process, self._mother.pid):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        await self._mother.wait()

    async def until(self, holds):
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.01)

    @property
    def log(self):
        return (self.folder / "log").read_text()

    async def walk(self, name):
        """Somebody goes through the conversation, pressing what the bot has shown; gives the chat."""
        chat = await self.sandbox.person(name, language_code="de")
        await self.sandbox.start(chat, "de_facebook")
        await self.walk_on(chat)
        return chat

    async def walk_on(self, chat):
        """On from the first screen, which is there or will be."""
        for revision, (screen, choice) in enumerate(WALK, 1):
            shown = await self._shown(chat, screen, revision)
            if choice:
                data = next(each for each in shown["data"] if each.startswith(f"{screen}:{choice}:"))
                await self.sandbox.press(chat, shown["message_id"], data, wait=0)

    async def _shown(self, chat, screen, revision):
        """The message that shows that screen, once there is one."""

        def showing(messages):
            for message in messages:
                data = [button["callback_data"] or "" for row in message["keyboard"] for button in row]
                if any(each.startswith(f"{screen}:") and each.endswith(f":{revision}") for each in data):
                    return {"message_id": message["message_id"], "data": data}
            return None

        return showing(await self.sandbox.wait(chat, showing, PATIENCE))

    async def told(self):
        """What was said since the last time: for each chat the revisions in their order, vain tries included."""
        said = {}
        for call in await self.sandbox.calls(after=self._calls_seen):
            self._calls_seen = call["number"]
            if call["method"] in {"sendMessage", "editMessageText"} and not _refused(call):
                said.setdefault(int(call["params"]["chat_id"]), []).append(_revision(call))
        return said

    async def kept(self, chats):
        """The documents of these people, opened with the key."""
        now = datetime.now(UTC)  # noqa: TID251  # the sandbox's clock is not moved here
        seal = Seal.from_file(self.folder / "keys" / "data.key", on=now.date())
        store = await Store.open(self.environment["DATABASE_URL"], seal, now=now, backups=None)
        try:
            found = (await store.gather([], chats)).people
            return {chat: person.document for chat, person in found.items()}
        finally:
            await store.close()


def _refused(call):
    """An edit that would change nothing was told before, so it counts as said twice."""
    return call["error"] is not None and "not modified" not in call["error"]


def _revision(call):
    markup = call["params"]["reply_markup"]
    rows = (json.loads(markup) if isinstance(markup, str) else markup)["inline_keyboard"]
    return next(int(b["callback_data"].rpartition(":")[2]) for row in rows for b in row if "callback_data" in b)


def doubled(said):
    """How often something was said again, chat by chat. Each of the walk's screens must have been said, in order."""
    expected = list(range(1, len(WALK) + 1))
    assert sorted(set(said)) == expected, f"lost or too much: {said}"
    assert said == sorted(said), f"out of order: {said}"
    return sum(count - 1 for count in Counter(said).values())


def must_be_once(document):
    """Each update took effect exactly once: a revision a screen, one case, each fact once."""
    assert document["session"]["revision"] == len(WALK), document["session"]
    assert len(document["cases"]) == 1
    facts = [fact["kind"] for fact in document["cases"][0]["facts"]]
    assert len(facts) == len(set(facts)), facts
    assert set(facts) >= FACTS, facts


@asynccontextmanager
async def village(folder):
    async with running_sandbox() as sandbox:
        here = Village(sandbox, folder)
        await here.open()
        try:
            yield here
        finally:
            await here.close()
