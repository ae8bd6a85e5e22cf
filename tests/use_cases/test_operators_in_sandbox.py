"""The whole bot beside a sandbox: two operators are asked, announce, see it told, and correct it everywhere."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.domain.groups import Group, GroupState
from bot.domain.incidents import Correction
from bot.storage.groups import StoredGroup
from bot.telegram import pacing
from tests.bot_in_sandbox import PATIENCE, running_bot
from tests.use_cases.test_outage_in_sandbox import FORM

JONAS, ADA = 5_000_000_001, 5_000_000_002
GROUPS = (("German", "de"), ("English", "en"), ("Late", "en"))


async def until(holds):
    end = asyncio.get_running_loop().time() + PATIENCE
    while not await holds():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.02)


async def groups_of(town):
    chats = []
    for title, language in GROUPS:
        chat = await town.sandbox.group(JONAS, title=title, bot="member")
        group = Group(chat, language, "Europe/Berlin", date(2026, 12, 1), ("DE",), state=GroupState.RUNNING)
        await town.app.store.groups.save(StoredGroup(group, 0))
        await town.app.announcing.include(group)
        chats.append(chat)
    return chats


async def posted(town, chat):
    return [each["text"] for each in await town.sandbox.messages(chat) if each["from"] != JONAS]


async def outage(town):
    await town.sandbox.form(FORM, "gone", "DE")
    end = asyncio.get_running_loop().time() + PATIENCE
    while not town.app.board.open_incidents():
        assert asyncio.get_running_loop().time() < end
        await town.passes("10 minutes")  # the looks keep up, so that it does not become night


def says(talk, message_id, text):
    return any(each["message_id"] == message_id and text in each["text"] for each in talk.messages)


async def says_yes(talk):
    """That another one is needed stands in the pressed message; below it may already stand how it is now."""
    pressed = talk.last["message_id"]
    await talk.tap("Yes, send")
    await talk.until(lambda: says(talk, pressed, "Waiting for the second person"))
    return pressed


REPORT = "admin.outage:report.i1::1"


async def report_of(town, talk):
    await town.sandbox.press(talk.chat, talk.last["message_id"], REPORT, forged=True)
    await talk.until(lambda: "document" in (talk.last.get("content") or {}))
    file = talk.last["content"]["document"]
    content = (await town.sandbox.http.get(f"/sandbox/files/{file['file_id']}")).content
    assert (file["file_name"], content[:5]) == ("report.pdf", b"%PDF-")


async def no_report(town, talk):
    await town.sandbox.press(talk.chat, talk.last["message_id"], REPORT, forged=True)
    await talk.until(lambda: "That button is from before" in talk.text)
    assert "document" not in (talk.last.get("content") or {})


@pytest.fixture(autouse=True)
def _tapping_fast(monkeypatch):
    monkeypatch.setattr(pacing, "BURST", 100_000)


async def test_two_operators_are_asked_announce_it_and_correct_it_everywhere(tmp_path):
    async with running_bot(tmp_path, operator_ids=(JONAS, ADA), announce_second=True) as town:
        await town.sandbox.limits(bulk=False)
        await town.at("2026-12-03T10:00:00Z")
        jonas = await town.person("Jonas", "en", id=JONAS, start="de_facebook")
        ada = await town.person("Ada", "en", id=ADA)
        stranger = await town.person("Renate", "en", start="de_facebook")
        chats = await groups_of(town)
        await outage(town)

        await jonas.until(lambda: "Would tell 3 groups, in 2 languages" in jonas.text)
        await ada.until(lambda: "Until you decide, no group is told" in ada.text)
        assert [await posted(town, chat) for chat in chats] == [[], [], []]
        (await jonas.tap("Why")).reads("from a network in Germany: not found (404)", "No look can know")
        await jonas.tap("How it stands")
        (await jonas.tap("Preview")).reads("would read:", "objection form")
        (await jonas.tap("Deutsch")).reads("Deutsch, 1 group would read:", "Deutschland")
        await jonas.tap("How it stands")
        (await jonas.tap("Announce")).reads("3 groups, no private chats")
        waiting = await says_yes(jonas)
        await jonas.until(lambda: "You said yes; it waits for a second person" in jonas.text)
        assert "Announce" not in jonas.buttons
        await town.sandbox.press(JONAS, waiting, "admin.sure:send.a1::8", forged=True)
        await jonas.until(lambda: says(jonas, waiting, "Waiting for the second person"))
        assert [await posted(town, chat) for chat in chats] == [[], [], []], "one person is not two"

        await ada.until(lambda: "One of you said yes" in ada.text)
        await ada.tap("Announce")
        await ada.tap("Yes, send")
        await town.sandbox.advance("10 minutes")  # others of the region are waited for
        await jonas.until(lambda: "3 of 3 groups told" in jonas.text and jonas.last["message_id"] > waiting)
        assert [len(await posted(town, chat)) for chat in chats] == [1, 1, 1]

        await jonas.until(lambda: says(jonas, waiting, "3 of 3 groups told"))

        await town.sandbox.press(JONAS, jonas.last["message_id"], "admin.announcement:hold.a1::3", forged=True)
        await jonas.until(lambda: "Too late for that" in jonas.text)
        await ada.until(lambda: "3 of 3 groups told" in ada.text)
        await ada.tap("Correct")
        (await ada.tap("Our network")).reads("The messages in 3 groups will be edited and answered")
        (await ada.tap("Correct everywhere")).reads("Within a minute")

        async def corrected():
            return [len(await posted(town, chat)) for chat in chats] == [2, 2, 2]

        await until(corrected)
        alarm, reply = await posted(town, chats[1])
        assert "corrected" in alarm
        assert reply.startswith("Correction: our measurement was wrong.")
        (known,) = town.app.board.known().values()
        assert known.correction is Correction.OUR_NETWORK
        await report_of(town, jonas)
        await no_report(town, stranger)
        (await stranger.says("/admin")).reads("I do not have that command")
        (await jonas.says("/admin")).reads("0 outages last", "1 of them corrected", "3 running of 3")
