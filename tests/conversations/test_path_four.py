"""Katharina runs a group of 5,000 with topics (../shared/conversations.md, path 4): set-up, nights, hostility, moves."""

from __future__ import annotations

from tests.conversations.transcript import town_at

FACEBOOK = "facebook-2025"


async def village(stage, name="Meta & AI", **more):
    """Katharina's group with topics, and Kurt in it, who likes nothing."""
    sandbox = stage.town.sandbox
    katharina = await stage.person("Katharina", "en", country="AT")
    kurt = await stage.person("Kurt", "en", country="AT")
    group = await sandbox.group(katharina.chat, kurt.chat, title=name, **({"forum": True} | more))
    return katharina, kurt, group


async def set_up(stage, katharina, group, topic="Meta & AI"):
    sandbox = stage.town.sandbox
    await katharina.start("group")
    katharina.reads("In a group or channel I post one message for each outage")
    await katharina.tap("Choose the group")
    await katharina.until(lambda: "below the chat" in katharina.text)
    await sandbox.post(f"/sandbox/chats/{katharina.chat}/share", chat_id=group)
    await katharina.until(lambda: "Send /watch in that topic" in katharina.text)
    thread = (await sandbox.post(f"/sandbox/chats/{group}/topics", name=topic))["thread"]
    await sandbox.say(group, "/watch", by=katharina.chat, thread=thread)
    await katharina.until(lambda: "Topic noted." in katharina.text)
    return thread


async def test_she_sets_up_in_private_and_nobody_in_the_group_sees_it(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna") as stage:
        katharina, _, group = await village(stage)
        thread = await set_up(stage, katharina, group)
        assert await by_bot(stage, group) == []
        await katharina.tap("Countries")
        await katharina.says("Austria")
        await katharina.tap("Settings")
        katharina.reads("Austria", "Silent", "held back from 22 to 7", "once in 10 minutes")
        await katharina.tap("Test message")
        [test] = await posted(stage, group, 1)
        assert (test["thread"], test["text"].startswith("This is a test")) == (thread, True)
        await katharina.tap("Start")
        katharina.reads("Running. If I can't write there I tell you here and use no other topic.")
        await katharina.tap("What I have posted")
        katharina.reads("30 days: 1 message.", "Test messages: 1")


async def by_bot(stage, group):
    found = await stage.town.sandbox.messages(group)
    return [each for each in found if each["by_bot"] and each["text"]]


async def posted(stage, group, count):
    await stage.town.sandbox.wait(group, lambda found: sum(bool(each["by_bot"] and each["text"]) for each in found) >= count)
    found = await by_bot(stage, group)
    assert len(found) == count, found
    return found
