"""The whole bot beside a sandbox, in one process, as people meet it: over real HTTP and a real SQLite file.

async with running_bot(tmp_path) as town:
    renate = await town.person("Renate", "de", start="de_facebook")
    await renate.tap("In der App auf diesem Telefon")
    renate.reads("…")
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot import faults, logs
from bot.app import built
from bot.domain.deliveries import Lane
from bot.settings import load_settings
from tests.sandbox_server import running_sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app import App
    from tests.sandbox_server import SandboxClient

PATIENCE = 60.0
"""Seconds: a slow machine that has other work too is no failure."""


class Talk:
    """One person's chat."""

    def __init__(self, sandbox: SandboxClient, chat: int, app: App) -> None:
        self.sandbox, self.chat, self.app = sandbox, chat, app
        self.messages: list[dict[str, Any]] = []

    async def says(self, text: str) -> Talk:
        return await self._then(self.sandbox.say(self.chat, text))

    async def sends(self, **attachment: Any) -> Talk:
        return await self._then(self.sandbox.say(self.chat, **attachment))

    async def start(self, payload: str = "") -> Talk:
        return await self._then(self.sandbox.start(self.chat, payload))

    async def tap(self, label: str) -> Talk:
        return await self._then(self.sandbox.tap(self.chat, label))

    async def _then(self, deed: Any) -> Talk:
        """Do it and wait until the bot's answer to it is there: all of it, if it is more than one message."""
        before = await self._state()
        await deed
        await self.until(lambda: self._stamp() != before)
        while await self._is_being_answered():
            await asyncio.sleep(0.01)
        await self._state()
        return self

    async def _is_being_answered(self) -> bool:
        promised = (await self.app.store.rows_of(self.chat)).get("deliveries", ())
        return any(each["lane"] == Lane.ANSWER and each["attempts"] == 0 for each in promised)

    async def until(self, holds: Any, patience: float = PATIENCE) -> Talk:
        end = asyncio.get_running_loop().time() + patience
        while True:
            self.messages = await self.sandbox.messages(self.chat)
            if holds():
                return self
            assert asyncio.get_running_loop().time() < end, self.show()
            await asyncio.sleep(0.01)

    async def _state(self) -> list[Any]:
        self.messages = await self.sandbox.messages(self.chat)
        return self._stamp()

    def _stamp(self) -> list[Any]:
        return [(each["text"], each["keyboard"]) for each in self.messages if self._is_bots(each)]

    def _is_bots(self, message: dict[str, Any]) -> bool:
        return bool(message["from"] != self.chat)

    @property
    def last(self) -> dict[str, Any]:
        mine = [message for message in self.messages if self._is_bots(message)]
        return mine[-1] if mine else {"text": "", "keyboard": []}

    @property
    def text(self) -> str:
        return str(self.last["text"])

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.last["keyboard"] for button in row]

    def reads(self, *parts: str) -> Talk:
        for part in parts:
            assert part in self.text, f"{part!r} is not in:\n{self.show()}"
        return self

    def show(self) -> str:
        return f"{self.text}\n{self.buttons}"


class Town:
    """The bot, its sandbox and the people in it."""

    def __init__(self, sandbox: SandboxClient, app: App) -> None:
        self.sandbox, self.app = sandbox, app
        self.provoked: set[str] = set()
        """Faults that a test causes on purpose. The bot outlasts any other too, but then the test fails."""

    async def person(self, name: str, language: str, *, start: str | None = "", **more: Any) -> Talk:
        chat = await self.sandbox.person(name, language_code=language, **more)
        talk = Talk(self.sandbox, chat, self.app)
        return await talk.start(start) if start is not None else talk

    async def at(self, moment: str) -> None:
        """Move the clock to a moment (ISO 8601) and wait until the bot has seen it."""
        await self._follows(await self.sandbox.post("/clock", now=moment))

    async def passes(self, step: str) -> None:
        """So much time passes ("10 minutes"), and what is to be looked at by then is."""
        await self._follows(await self.sandbox.advance(step))
        await self.looked()

    async def looked(self) -> None:
        """What is to be looked at by now is looked at: in the bot's own round, or in this one."""
        await self.app.looker.round()

    async def _follows(self, told: Any) -> None:
        while abs(self.app.clock.now().timestamp() - _seconds(told["now"])) > 60:
            await asyncio.sleep(0.01)


def _seconds(moment: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(moment).timestamp()


@asynccontextmanager
async def running_bot(folder: Path, **settings: Any) -> AsyncIterator[Town]:
    """The bot built as in the open and run until the end of the block."""
    async with running_sandbox() as sandbox, living_bot(sandbox, folder, **settings) as town:
        yield town


@asynccontextmanager
async def living_bot(sandbox: SandboxClient, folder: Path, **settings: Any) -> AsyncIterator[Town]:
    """One life of the bot beside a sandbox that goes on."""
    logs.set_up("warning", "text")
    wanted = {
        "sandbox_url": sandbox.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        "data_key_file": folder / "keys" / "data.key",
        "http_port": 0,
        "private_port": 0,
    } | settings
    before = faults.counted.copy()
    async with built(load_settings(**wanted)) as app:
        town = Town(sandbox, app)
        task = asyncio.get_running_loop().create_task(app.run())
        try:
            yield town
        finally:
            task.cancel()
            await asyncio.wait([task])
            if not task.cancelled() and task.exception():
                raise task.exception()
    found = (faults.counted - before).keys() - town.provoked
    assert not found, f"The bot outlasted what it must not meet; its log says more: {sorted(found)}"
