"""Somebody who leaves all that can be left: a case, where they live, a report. Buttons are chosen by their id."""

from __future__ import annotations

import asyncio
import json

from tests.bot_in_sandbox import PATIENCE

HOME = "LI"


class Walker:
    def __init__(self, sandbox, chat):
        self.sandbox, self.chat = sandbox, chat

    async def choose(self, screen, choice):
        """Press the button of a screen, once the screen is there."""
        found = {}

        def there(messages):
            for message in messages:
                for button in (button for row in message["keyboard"] for button in row):
                    if (button["callback_data"] or "").startswith(f"{screen}:{choice}:"):
                        found["press"] = message["message_id"], button["callback_data"]
            return found

        await self.sandbox.wait(self.chat, there, PATIENCE)
        await self.sandbox.press(self.chat, *found["press"], wait=0)

    async def shown(self, screen):
        await self.sandbox.wait(self.chat, lambda messages: _showing(messages, screen), PATIENCE)

    async def until_quiet(self):
        """Wait until the bot has taken all that was sent, and said all it wanted to say of it."""
        loop = asyncio.get_running_loop()
        end, revision = loop.time() + PATIENCE, -1
        while await self.sandbox.pending() or revision != await self._revision():
            assert loop.time() < end, "never quiet"
            revision = await self._revision()
            await self.sandbox.get("/sandbox/changes", after=revision, timeout=0.3)

    async def _revision(self):
        return (await self.sandbox.get("/sandbox/changes"))["revision"]

    async def leave_everything(self):
        """Start, no luck, try again, sent; they live in Liechtenstein, their account is German."""
        await self.sandbox.start(self.chat)
        await self.choose("start.hello", "facebook")
        await self.choose("start.country", "DE")
        await self.choose("object.where", "browser")
        await self.choose("object.browser", "trouble")
        await self.choose("trouble.what", "gone")
        await self.choose("trouble.gone", "form")
        await self.choose("object.form", "sent")
        await self.choose("sent.live", "no")
        await self.shown("sent.home")
        await self.sandbox.say(self.chat, "Liechtenstein")
        await self.shown("sent.noted")

    async def delete_everything(self):
        """/delete, until the goodbye is there."""
        await self.sandbox.say(self.chat, "/delete")
        await self.choose("data.delete", "yes")
        await self.sandbox.wait(self.chat, lambda messages: not _showing(messages, "data.delete"), PATIENCE)


def _showing(messages, screen):
    keyboards = [button for message in messages for row in message["keyboard"] for button in row]
    return any((button["callback_data"] or "").startswith(f"{screen}:") for button in keyboards)


async def documented(app, chat):
    """What is kept of them, opened with the key."""
    return (await app.store.gather([], [chat])).people[chat].document


def telling(document):
    """What a copy without the key must not tell, as bytes: where they live, and each fact of the case."""
    case = document["cases"][0]
    parts = [f'"residence":{json.dumps(document["residence"])}'.encode(), b'"facts"', b'"residence"']
    return {*parts, *(json.dumps(fact, separators=(",", ":")).encode() for fact in case["facts"])}
