"""The whole bot beside a sandbox: two operators write to groups in two languages, and one stops it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.cases import QuietHours
from bot.domain.groups import HOLD_BACK, Group, GroupState, PostKind
from bot.loops import attend
from bot.loops.announce import Announcer
from bot.storage.groups import StoredGroup
from bot.telegram import pacing
from tests.bot_in_sandbox import Talk, living_bot
from tests.sandbox_server import running_sandbox
from tests.use_cases.test_operators_in_sandbox import ADA, JONAS, posted, until

TWO = {"operator_ids": (JONAS, ADA), "announce_second": True}


@pytest.fixture(autouse=True)
def _tapping_fast(monkeypatch):
    monkeypatch.setattr(pacing, "BURST", 100_000)
    monkeypatch.setattr(attend, "IDLE_SECONDS", 0.2)


async def groups_of(town, *, late=HOLD_BACK):
    """Two that are told at any hour, and one that holds back at night."""
    chats = []
    for title, language, hold in (
        ("German", "de", {"hold": None}),
        ("English", "en", {"hold": None}),
        ("Late", "en", {"hold": late}),
    ):
        chat = await town.sandbox.group(JONAS, title=title, bot="member")
        group = Group(chat, language, "Europe/Berlin", date(2026, 12, 1), ("DE",), state=GroupState.RUNNING, **hold)
        await town.app.store.groups.save(StoredGroup(group, 0))
        await town.app.announcing.include(group)
        chats.append(chat)
    return chats


async def everybody_has(town, chats, *counts):
    async def have():
        return tuple([len(await posted(town, chat)) for chat in chats]) == counts

    await until(have)


async def taps(talk, label, answer):
    """The answer may be followed at once by what all operators are told."""
    await talk.tap(label)
    await talk.until(lambda: any(answer in each["text"] for each in talk.messages))


async def asks_for_a_second_yes(talk):
    await talk.says("/admin")
    await talk.tap("Message to groups")
    await talk.tap("Meta changed its rules")
    await talk.tap("Today")
    (await talk.tap("People must act")).reads("3 groups, no private chats", "English: 2", "Deutsch: 1")
    (await talk.tap("Deutsch")).reads("Deutsch, 1 group would read:", "3. Dezember 2026")
    await talk.tap("Whom it reaches")
    await taps(talk, "Yes, send", "Waiting for the second person")


async def writes_own_words(talk):
    await talk.says("/admin")
    await talk.tap("Message to groups")
    await talk.tap("Own words")
    for label in ("Deutsch", "English", "Write the texts"):
        await talk.tap(label)
    (await talk.says("Siehe https://facebook.com.evil-form.com")).reads("Not taken: evil-form.com")
    (await talk.says("Guten <b>Tag</b> & willkommen: https://www.cnil.fr")).reads("1 text is noted", "English")
    (await talk.says("Good day")).reads("3 groups")
    await taps(talk, "Yes, send", "Waiting for the second person")


async def test_two_operators_write_to_groups_and_one_stops_it(tmp_path, monkeypatch):
    async with running_sandbox() as sandbox:
        with monkeypatch.context() as silenced:
            silenced.setattr(Announcer, "next", _nobody_is_told)
            async with living_bot(sandbox, tmp_path, **TWO) as town:
                chats = await decided(town)
        async with living_bot(sandbox, tmp_path, **TWO) as town:
            await told_after_the_start(town, chats)
            await stopped(town, chats)


async def _nobody_is_told(_announcer, _busy):
    return None


async def decided(town):
    """Decided and planned; the bot ends before it told anybody."""
    await town.sandbox.limits(bulk=False)
    await town.at("2026-12-03T11:00:00Z")
    jonas = await town.person("Jonas", "en", id=JONAS)
    ada = await town.person("Ada", "en", id=ADA)
    chats = await groups_of(town)
    await asks_for_a_second_yes(jonas)
    await ada.until(lambda: "One of you said yes; a second person is needed" in ada.text)
    await jonas.until(lambda: "You said yes" in jonas.text)
    await ada.tap("Send")
    await taps(ada, "Yes, send", "The groups are being told")

    async def planned():
        return (await town.app.store.announcements.progress(1)).wanted == 3

    await until(planned)
    await everybody_has(town, chats, 0, 0, 0)
    return chats


async def told_after_the_start(town, chats):
    await everybody_has(town, chats, 1, 1, 1)
    for operator in (Talk(town.sandbox, JONAS, town.app), Talk(town.sandbox, ADA, town.app)):
        await operator.until(lambda talk=operator: "3 of 3 groups told" in talk.text)
    [german], [english], _ = [await posted(town, chat) for chat in chats]
    assert german.startswith("Meta hat seine Regeln")
    assert english.startswith("Meta changed its rules on information for AI, as of")
    calls = [each for each in await town.sandbox.calls("sendMessage") if each["params"]["chat_id"] in chats]
    assert all(each["params"]["disable_notification"] for each in calls), "these groups want no sound"
    kept = (await town.app.store.groups.get(chats[0])).group
    assert [each.kind for each in kept.posted] == [PostKind.OPERATOR], "“What I have posted” counts it"


async def stopped(town, chats):
    """In the evening: who holds back waits for the morning, and is told nothing, for it was stopped."""
    jonas, ada = Talk(town.sandbox, JONAS, town.app), Talk(town.sandbox, ADA, town.app)
    await town.at("2026-12-03T22:00:00Z")
    await writes_own_words(ada)
    await jonas.says("/admin")
    await jonas.tap("Announcements")
    await jonas.tap(next(each for each in jonas.buttons if each.startswith("Message: own words")))
    jonas.reads("Message to groups: own words", "Would tell 3 groups")
    await jonas.tap("Send")
    await taps(jonas, "Yes, send", "The groups are being told")
    await everybody_has(town, chats, 2, 2, 1)
    assert (await posted(town, chats[0]))[1].endswith("Guten <b>Tag</b> & willkommen: https://www.cnil.fr")
    await taps(jonas, "How it stands", "2 of 3 groups told")
    await taps(jonas, "Stop", "Stopped. Who is not told yet is told nothing")
    await town.at("2026-12-04T08:00:00Z")
    await taps(jonas, "How it stands", "Stopped. 2 of 3 groups told")
    await everybody_has(town, chats, 2, 2, 1)
    stranger = await town.person("Renate", "en")
    (await stranger.says("/admin")).reads("I do not have that command")


async def test_what_was_sent_is_corrected_by_two_operators(tmp_path):
    async with running_sandbox() as sandbox, living_bot(sandbox, tmp_path, **TWO) as town:
        await town.sandbox.limits(bulk=False)
        await town.at("2026-12-03T19:00:00Z")
        jonas, ada = await town.person("Jonas", "en", id=JONAS), await town.person("Ada", "en", id=ADA)
        chats = await groups_of(town, late=QuietHours(19, 7))
        await writes_own_words(ada)
        await jonas.until(lambda: "One of you said yes" in jonas.text)
        await jonas.tap("Send")
        await taps(jonas, "Yes, send", "The groups are being told")
        await everybody_has(town, chats, 1, 1, 0)
        [message] = [each for each in await town.sandbox.messages(chats[1]) if each["by_bot"]]
        await town.sandbox.ok("deleteMessage", chat_id=chats[1], message_id=message["message_id"])
        await corrects(jonas)
        await ada.until(lambda: "2 groups have got it" in ada.text)
        await ada.tap("Send")
        await taps(ada, "Yes, send", "The groups are being told")
        await reads_the_correction(town, chats)
        await town.at("2026-12-04T08:00:00Z")
        await everybody_has(town, chats, 1, 1, 1)
        assert (await posted(town, chats[2]))[0].endswith("Good evening"), "who waited reads the new text alone"


async def corrects(talk):
    await taps(talk, "How it stands", "2 of 3 groups told")
    await talk.tap("Correct")
    talk.reads("Deutsch", "Now it says:", "Guten <b>Tag</b> & willkommen")
    (await talk.says("Guten Abend")).reads("English", "Good day")
    (await talk.says("Good evening")).reads("2 groups have got it", "1 group that has not got it yet")
    (await talk.tap("English")).reads("Good evening", "Corrected on Thu 3 December 2026")
    await talk.tap("Whom it reaches")
    await taps(talk, "Yes, send", "Waiting for the second person")


async def reads_the_correction(town, chats):
    async def read():
        german, english = [await posted(town, chat) for chat in chats[:2]]
        answered = ["Correction: this stands in the place of" in each for each in english]
        return ["Berichtigt am" in each for each in german] == answered == [True]

    await until(read)
