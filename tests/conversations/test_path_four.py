"""Katharina runs a group of 5,000 with topics (../shared/conversations.md, path 4): set-up, nights, hostility, moves."""

from __future__ import annotations

import time
from datetime import timedelta

from bot.domain.forms import Service
from bot.domain.statuses import Condition
from tests.conversations.transcript import town_at


class Village:
    """Katharina's group with topics, and Kurt in it, who likes nothing."""

    def __init__(self, stage, katharina, kurt, group):
        self.stage, self.katharina, self.kurt, self.group = stage, katharina, kurt, group
        self.sandbox, self.app = stage.town.sandbox, stage.town.app

    @classmethod
    async def at(cls, stage, title="Meta & AI", **more):
        katharina = await stage.person("Katharina", "en", country="AT")
        kurt = await stage.person("Kurt", "en", country="AT")
        kind = {"forum": True} | more
        return cls(stage, katharina, kurt, await stage.town.sandbox.group(katharina.chat, kurt.chat, title=title, **kind))

    async def choose(self):
        await self.katharina.start("group")
        self.katharina.reads("In a group or channel I post one message for each outage")
        await self.katharina.tap("Choose the group")
        await self.katharina.until(lambda: "below the chat" in self.katharina.text)
        await self.sandbox.post(f"/sandbox/chats/{self.katharina.chat}/share", chat_id=self.group)
        await self.katharina.until(lambda: "You are an admin there" in self.katharina.text)

    async def topic(self, name="Meta & AI"):
        return (await self.sandbox.post(f"/sandbox/chats/{self.group}/topics", name=name))["thread"]

    async def says(self, text, by=None, **more):
        return await self.sandbox.say(self.group, text, by=(by or self.katharina).chat, **more)

    async def set_up(self):
        """Austria alone, in a topic, running."""
        await self.choose()
        thread = await self.topic()
        await self.says("/watch", thread=thread)
        await self.told("Topic noted.")
        await self.katharina.tap("Countries")
        await self.katharina.tap("United Kingdom ✓")
        await self.katharina.says("Austria")
        await self.katharina.tap("Settings")
        await self.katharina.tap("Start")
        await self.told("Running.")
        return thread

    async def told(self, *parts):
        await self.katharina.until(lambda: all(part in self.katharina.text for part in parts))

    async def posts(self):
        found = await self.sandbox.messages(self.group)
        return [each for each in found if each["by_bot"] and each["text"]]

    async def posted(self, count):
        def are_there(found):
            return sum(bool(each["by_bot"] and each["text"]) for each in found) >= count

        await self.sandbox.wait(self.group, are_there)
        found = await self.posts()
        assert len(found) == count, found
        return found

    async def until(self, holds, most=40):
        """Time goes on in steps of three minutes, as the looks want it."""
        for _ in range(most):
            if holds():
                return
            await self.stage.town.at((self.app.clock.now() + timedelta(minutes=3)).isoformat())
            await self.stage.settle()
        raise AssertionError(f"not after {most} steps: {self.app.board.statuses()}")

    async def fails(self):
        """The Facebook form of Austria was seen to answer; from now on it fails, and looks confirm it."""
        form = self.app.world.form(Service.FACEBOOK, "AT").id
        await self.until(lambda: self.is_seen(form, Condition.ASKS_LOGIN))
        await self.sandbox.form(form, "gone", "AT")
        await self.until(self.app.board.open_incidents)

    async def recovers(self):
        await self.sandbox.form(self.app.world.form(Service.FACEBOOK, "AT").id, "answers", "AT")
        await self.until(lambda: not self.app.board.open_incidents())

    def is_seen(self, form, condition):
        found = self.app.board.status(form, "AT")
        return found is not None and found.condition is condition

    async def now(self, message, by, label="And now?"):
        """The pop-up that who pressed sees."""
        [data] = [each["callback_data"] for row in message["keyboard"] for each in row if each["text"] == label]
        return (await self.sandbox.press(self.group, message["message_id"], data, by=by.chat))["text"]


async def test_an_outage_by_day_is_one_message_edited_and_answered_when_it_is_over(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna", announce="auto") as stage:
        here = await Village.at(stage)
        thread = await here.set_up()
        assert await here.posts() == [], "nobody is greeted"
        here.katharina.reads("If I can't write there I tell you here and use no other topic.")
        await here.katharina.tap("Settings")
        here.katharina.reads("Austria", "Silent", "held back from 22 to 7 (Vienna)", "once in 10 minutes")
        await here.katharina.tap("Test message")
        [test] = await here.posted(1)
        assert (test["thread"], test["text"].startswith("This is a test")) == (thread, True)

        t = time.time()
        await here.fails()
        print("fails", time.time() - t)
        await stage.town.at((here.app.clock.now() + timedelta(minutes=3)).isoformat())
        _, alarm = await here.posted(2)
        assert alarm["thread"] == thread
        assert alarm["text"].startswith("Austria: the Facebook objection form has not been reachable since")
        popup = await here.now(alarm, here.kurt)
        assert "Austria: Facebook form: not reachable since" in popup
        assert len(popup) <= 200

        t = time.time()
        await here.recovers()
        print("recovers", time.time() - t)
        _, alarm, over = await here.posted(3)
        assert "over, from" in alarm["text"]
        assert alarm["keyboard"] == []
        assert (over["reply_to"], over["thread"]) == (alarm["message_id"], thread)
        assert "answers again since" in over["text"]
