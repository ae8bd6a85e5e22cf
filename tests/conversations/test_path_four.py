"""Katharina runs a group of 5,000 with topics (../shared/conversations.md, path 4): nights, hostility, moves."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.domain.forms import Service
from bot.domain.groups import GroupState
from bot.domain.incidents import Correction
from bot.domain.statuses import Condition
from bot.storage import Changes
from tests.conversations.transcript import SILENCE_SECONDS, town_at


class Village:
    """Katharina's group with topics, and Kurt in it, who likes nothing."""

    def __init__(self, stage, katharina, kurt, group):
        self.stage, self.katharina, self.kurt, self.group = stage, katharina, kurt, group
        self.sandbox, self.app = stage.town.sandbox, stage.town.app

    @classmethod
    async def at(cls, stage, title="Meta & AI", **more):
        katharina = await stage.person("Katharina", "en", country="AT")
        kurt = await stage.person("Kurt", "en", country="AT")
        members, kind = (katharina.chat, kurt.chat), {"forum": True} | more
        return cls(stage, katharina, kurt, await stage.town.sandbox.group(*members, title=title, **kind))

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
                while self._is_told_of() != bool(self.app.board.open_incidents()):
                    await asyncio.sleep(0.01)
                return
            await self.stage.town.at((self.app.clock.now() + timedelta(minutes=3)).isoformat())
            await self.stage.settle()
        raise AssertionError(f"not after {most} steps: {self.app.board.statuses()}")

    def _is_told_of(self):
        return any(each.lasts(self.app.clock.now()) for each in self.app.announcing.all())

    async def fails(self):
        """The Facebook form of Austria was seen to answer; from now on it fails, and looks confirm it."""
        await self.until(lambda: self.is_seen(self.form, Condition.ASKS_LOGIN))
        await self.sandbox.form(self.form, "gone", "AT")
        await self.until(self.app.board.open_incidents)

    @property
    def form(self):
        return self.app.world.form(Service.FACEBOOK, "AT").id

    async def kept(self):
        return (await self.app.store.groups.get(self.group)).group

    async def sent(self, method):
        calls = await self.sandbox.calls(method)
        return [each["params"] for each in calls if str(each["params"].get("chat_id")) == str(self.group)]

    async def recovers(self):
        await self.sandbox.form(self.form, "answers", "AT")
        await self.until(lambda: not self.app.board.open_incidents())

    def is_seen(self, form, condition):
        found = self.app.board.status(form, "AT")
        return found is not None and found.condition is condition

    async def now(self, message, by, label="And now?"):
        """The pop-up that who pressed sees."""
        [data] = [each["callback_data"] for row in message["keyboard"] for each in row if each["text"] == label]
        return (await self.sandbox.press(self.group, message["message_id"], data, by=by.chat, wait=60))["text"]

    async def clock(self, moment):
        await self.stage.at(moment)
        await self.stage.settle()

    async def silent(self, count):
        """Nothing more was posted in the group."""
        await asyncio.sleep(SILENCE_SECONDS)
        assert [each["text"] for each in await self.posts()][count:] == [], self.app.clock.now()

    async def stands(self, deed):
        await self.sandbox.post(f"/sandbox/chats/{self.group}/bot/{deed}", **{"from": self.katharina.chat})


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

        await here.fails()
        await stage.town.at((here.app.clock.now() + timedelta(minutes=3)).isoformat())
        _, alarm = await here.posted(2)
        assert alarm["thread"] == thread
        assert alarm["text"].startswith("Austria: the Facebook objection form has not been reachable since")
        popup = await here.now(alarm, here.kurt)
        assert "Austria: Facebook form: not reachable since" in popup
        assert len(popup) <= 200

        await here.recovers()
        _, alarm, over = await here.posted(3)
        assert "over, from" in alarm["text"]
        assert alarm["keyboard"] == []
        assert (over["reply_to"], over["thread"]) == (alarm["message_id"], thread)
        assert "has answered again since" in over["text"]


async def test_at_night_nothing_new_is_posted_and_what_is_over_by_morning_is_never_told(tmp_path):
    async with town_at(tmp_path, "2026-12-03 21:00", "Europe/Vienna", announce="auto") as stage:
        here = await Village.at(stage)
        thread = await here.set_up()
        await here.until(lambda: here.is_seen(here.form, Condition.ASKS_LOGIN))
        await here.clock("2026-12-04 02:05")
        await here.fails()
        await here.says("/status", here.kurt, thread=thread)
        [answer] = await here.posted(1)
        assert "Facebook form: not reachable since" in answer["text"]
        assert (await here.sent("sendMessage"))[-1]["disable_notification"] in {True, "true", "True"}
        await here.says("/status", here.kurt, thread=thread)
        await here.recovers()
        await here.clock("2026-12-04 07:01")
        await here.silent(1)

        await here.clock("2026-12-05 02:05")
        await here.fails()
        await here.clock("2026-12-05 06:55")
        await here.silent(1)
        await here.clock("2026-12-05 07:01")
        _, alarm = await here.posted(2)
        assert "has not been reachable since" in alarm["text"]

        [incident] = here.app.board.open_incidents()
        await here.app.store.incidents.correct(incident.id, Correction.OUR_NETWORK, here.app.clock.now())
        await here.until(lambda: not here.app.board.open_incidents())
        _, alarm, reply = await here.posted(3)
        assert "Our measurement was wrong" in alarm["text"]
        assert reply["text"].startswith("Correction: our measurement was wrong.")
        assert reply["reply_to"] == alarm["message_id"]

        await here.katharina.start("group")
        await here.katharina.tap("Meta & AI")
        await here.katharina.tap("What I have posted")
        here.katharina.reads("30 days: 3 messages.", "Outages: 1", "Corrections: 1", "Answers to /status: 1")
        here.katharina.reads("Of these between 22 and 7: 1.")
        await here.katharina.tap("Answers to /status at night: on or off")
        here.katharina.reads("At night I answer no /status.")


async def test_members_and_strangers_change_nothing(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna", announce="auto") as stage:
        here = await Village.at(stage)
        thread = await here.set_up()
        for text in ("/unwatch", "/settings", "/watch", "/watch@objection_sandbox_bot", "/status@other_bot", "hello"):
            await here.says(text, here.kurt)
        await here.says("/status DE", here.kurt, thread=thread)
        [status] = await here.posted(1)
        assert status["text"].startswith("Germany\nFacebook form: nothing seen yet")
        await here.says("/privacy", here.kurt)
        _, privacy = await here.posted(2)
        assert privacy["text"].startswith("As a member here I see only commands and replies to me. Kept, encrypted:")
        pressed = await here.sandbox.press(
            here.group, status["message_id"], "group.panel:stop::1", by=here.kurt.chat, forged=True, wait=60
        )
        assert pressed["text"] == "Only admins of this group can change this, in a private chat with me."
        assert (await here.kept()).state is GroupState.RUNNING

        await here.kurt.start(f"group{here.group}")
        here.kurt.reads("Only admins of this group can change this.")
        forged = f"group.hello:g{here.group}::{99}"
        await here.sandbox.press(here.kurt.chat, here.kurt.last["message_id"], forged, forged=True)
        assert (await here.kept()).set_up_by == here.katharina.chat

        await here.stands("promote")
        await here.told("I was made an admin there.", "Please undo it")
        await here.says("a secret of the group", here.kurt)
        await here.stands("demote")
        await here.silent(2)


async def test_anonymous_admins_are_vouched_for_and_answered_in_one_line(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna") as stage:
        here = await Village.at(stage)
        await here.set_up()
        other = await here.topic("Everything else")
        await here.says("/watch", anonymous=True, thread=other)
        [line] = await here.posted(1)
        assert line["text"].startswith("Noted: outages will be posted here")
        assert line["keyboard"][0][0]["url"].endswith(f"?start=group{here.group}")
        assert (await here.kept()).topic == other
        await here.says("/watch")
        await here.told("Topic noted.", "In General, as an admin chose.")


async def test_what_happens_to_the_bot_there_is_told_in_private_and_the_settings_stay(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna", announce="auto") as stage:
        here = await Village.at(stage)
        thread = await here.set_up()
        await here.stands("kick")
        await here.told("I was taken out of this group. The settings are kept")
        await here.stands("add")
        await here.told("I can post there again.")
        assert (await here.kept()).state is GroupState.RUNNING
        await here.stands("mute")
        await here.told("I may not write there any more.")
        await here.stands("add")
        await here.told("I can post there again.")

        await here.sandbox.post(f"/sandbox/chats/{here.group}/topics/{thread}", closed=True)
        await here.fails()
        await stage.town.at((here.app.clock.now() + timedelta(minutes=3)).isoformat())
        await here.told("I can't write to the chosen topic: it is closed or deleted.")
        assert await here.posts() == []
        other = await here.topic("Open one")
        await here.says("/watch", thread=other)
        [alarm] = await here.posted(1)
        assert alarm["thread"] == other, "what lasts is told once"

        await here.sandbox.post(f"/sandbox/chats/{here.group}/members", person=here.katharina.chat, status="member")
        here.app.standings.forget(here.group)
        await here.katharina.start("group")
        await here.katharina.tap("Meta & AI")
        here.katharina.reads("You are no admin there any more. Another admin can take over with /watch.")


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna", announce="auto") as stage:
        here = await Village.at(stage, title="Small", type="group", forum=False)
        await here.choose()
        await here.katharina.tap("Start")
        old = here.group
        here.group = (await here.sandbox.post(f"/sandbox/chats/{old}/migrate"))["chat_id"]
        await here.katharina.start("group")
        while await here.app.store.groups.get(here.group) is None:
            await asyncio.sleep(0.01)
        assert await here.app.store.groups.get(old) is None
        await here.katharina.start("group")
        await here.katharina.tap("Small")
        here.katharina.reads("Running.")
        await here.katharina.tap("Test message")
        await here.posted(1)
        await here.katharina.tap("Settings")
        await here.katharina.tap("Stop and forget this group")
        await here.katharina.tap("Yes, stop and forget")
        here.katharina.reads("Stopped and forgotten.")
        assert await here.app.store.groups.everyone() == []


async def test_who_deletes_everything_is_no_longer_known_as_who_set_up_the_group(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna") as stage:
        here = await Village.at(stage, forum=False)
        await here.choose()
        await here.katharina.tap("Start")
        await stage.play(here.katharina, "> /mydata\nB 1 group or channel that you set up\n> Delete everything")
        await here.katharina.tap("Yes, delete everything")
        here.katharina.reads("Everything I kept of you is erased.")
        kept = await here.kept()
        assert (kept.set_up_by, kept.state) == (0, GroupState.RUNNING)


async def test_members_are_counted_in_private_and_shown_in_steps_and_forgotten_with_the_group(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna") as stage:
        here = await Village.at(stage)
        thread = await here.set_up()
        await here.katharina.tap("Settings")
        await here.katharina.tap("Counter")
        here.katharina.reads("Members join in private, each for themself, and can leave.", "/mydata")
        await here.katharina.tap("On")
        here.katharina.reads("Counter: on")
        await here.app.store.save(Changes(here.app.clock.now(), joined=[(each, here.group) for each in range(1, 10)]))
        await here.says("/status", here.kurt, thread=thread)
        [first] = await here.posted(1)
        assert "members of this group" not in first["text"], "nine are nobody's business"

        [join] = [each["url"] for row in first["keyboard"] for each in row if each["text"] == "Take part ↗"]
        token = join.partition("?start=")[2]
        assert str(here.group) not in join
        await here.kurt.start(token)
        here.kurt.reads("shall I count you in this group?", "Nobody there sees who takes part.")
        await here.kurt.tap("Yes, count me")
        here.kurt.reads("You are counted.")
        await stage.play(here.kurt, "> /mydata\nB Counted in 1 group")
        stranger = await stage.person("Bo", "en")
        (await stranger.start(token)).reads("Telegram says that you are not in it")

        await here.says("/status", thread=thread)
        _, second = await here.posted(2)
        assert "At least 10 members of this group object to Meta's AI training." in second["text"]
        await here.says("/status", thread=thread)
        *_, third = await here.posted(3)
        assert "members of this group" not in third["text"], "once a day"

        await here.katharina.tap("Stop and forget this group")
        await here.katharina.tap("Yes, stop and forget")
        await stage.play(here.kurt, "> /mydata\nB All that is kept of you")
        assert "Counted" not in here.kurt.text
