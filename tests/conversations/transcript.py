"""Conversations as they are read in ../shared/conversations.md, played over real HTTP against the whole bot.

(2026-12-03 10:00)                    by the clock of the person's zone
> START de_facebook
B Good day                            the bot's last message says this; several lines, several things
[In the app on this phone] [Later]    it has these buttons
> Later                               taps the button of that name, else types it
silence                               nothing came since the last line
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.telegram import pacing
from tests.bot_in_sandbox import running_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot_in_sandbox import Talk, Town

SILENCE_SECONDS = 0.15
"""After the clock was moved; the bot answers within a hundredth of a second."""


@asynccontextmanager
async def town_at(folder: Path, moment: str, zone: str = "Europe/Berlin", **settings: object) -> AsyncIterator[Stage]:
    """The whole bot at a time. People tap faster here than anybody can; how chats are paced is tested elsewhere."""
    burst, pacing.BURST = pacing.BURST, 100_000
    try:
        async with running_bot(folder, **settings) as town:
            await town.sandbox.limits(bulk=False)
            stage = Stage(town, zone)
            await stage.at(moment)
            yield stage
    finally:
        pacing.BURST = burst


class Stage:
    """A town and the zone in which its transcripts name times."""

    def __init__(self, town: Town, zone: str) -> None:
        self.town, self.zone = town, ZoneInfo(zone)
        self.newer_than = 0
        """What is said after the clock was moved comes as a new message."""

    async def at(self, moment: str) -> None:
        await self.town.at(datetime.fromisoformat(moment).replace(tzinfo=self.zone).isoformat())

    async def settle(self) -> None:
        """The looks that are due by the clock are made."""
        await self.town.looked()

    async def person(self, name: str, language: str = "en", **more: object) -> Talk:
        return await self.town.person(name, language, start=None, **more)

    async def play(self, talk: Talk, script: str) -> Talk:
        for line in filter(None, map(str.strip, script.splitlines())):
            await self._line(talk, line)
        return talk

    async def _line(self, talk: Talk, line: str) -> None:
        if moment := re.fullmatch(r"\((\d{4}-\d{2}-\d{2} \d{2}:\d{2})\)", line):
            await talk._state()
            self.newer_than = talk.last.get("message_id", 0)
            await self.at(moment.group(1))
        elif line.startswith("> "):
            self.newer_than = 0
            await self._does(talk, line[2:])
        elif line.startswith("B "):
            await talk.until(lambda: line[2:] in talk.text and talk.last["message_id"] > self.newer_than)
        elif line == "silence":
            await silent(talk)
        else:
            missing = set(re.findall(r"\[(.+?)\]", line)) - set(talk.buttons)
            assert not missing, f"no {missing} in:\n{talk.show()}"

    async def _does(self, talk: Talk, what: str) -> None:
        if what.startswith("START"):
            await talk.start(what.removeprefix("START").strip())
        elif what in talk.buttons:
            await talk.tap(what)
        else:
            await talk.says(what)


async def silent(talk: Talk) -> None:
    """Nothing comes."""
    before = await talk._state()
    await asyncio.sleep(SILENCE_SECONDS)
    assert await talk._state() == before, talk.show()
