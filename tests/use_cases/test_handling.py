"""Events take effect in a real SQLite file: once, in order, and none of them holds up the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import StorageError
from bot.loops.remind import Reminder
from bot.storage import Seal, Store
from bot.storage.changes import Outdated
from bot.use_cases import documents
from bot.use_cases.handling import POISON_PAUSE, TRIES, Handler
from conversations import registry
from conversations.effects import AnswerPress
from conversations.events import Command, Event, Membership, Nudged, Press, Text
from tests.conversations.pure import NOON, StoppedClock, read, world_at

if TYPE_CHECKING:
    from bot.domain.people import Person

ANNA, BERND = 7, 8


class Office:
    """A handler with its store and its clock."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.updates = store, StoppedClock(NOON), 0
        self.world = world_at(NOON.date())

    @property
    def handler(self) -> Handler:
        return Handler(self.store, self.world, self.clock)

    def event(self, happening, chat=ANNA, language="de"):
        self.updates += 1
        return Event(chat, happening, language, self.updates)

    def types(self, text, **more):
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self.event(Command(name, argument, read(argument, "de")), **more)
        return self.event(Text(1, read(text, "de")), **more)

    async def person(self, chat=ANNA) -> Person | None:
        found = (await self.store.gather([], [chat])).people.get(chat)
        return documents.to_person(found.document) if found else None

    async def said(self):
        found = [
            (chat, row) for chat in (ANNA, BERND) for row in (await self.store.rows_of(chat)).get("deliveries", [])
        ]
        documents_said = [(chat, row["sealed"]) for chat, row in sorted(found, key=lambda each: each[1]["id"])]
        return [(chat, document["screen"], document["aside"]) for chat, document in documents_said]


@pytest.fixture
async def office(tmp_path):
    seal = Seal.from_file(tmp_path / "keys" / "data.key", on=NOON.date())
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db", seal, now=NOON, backups=tmp_path)
    yield Office(store)
    await store.close()


async def test_an_update_takes_effect_once(office):
    event = office.types("/start")
    await office.handler.take([event, event])
    await office.handler.take([event])
    assert await office.said() == [(ANNA, "start/hello", "")]
    assert (await office.person()).session.revision == 1


async def test_several_updates_of_several_chats_share_a_commit(office):
    await office.handler.take(
        [office.types("/start de_facebook"), office.types("/start", chat=BERND), office.types("/help")]
    )
    assert (await office.person()).session.screen == "help/doors"
    assert (await office.person(BERND)).session.screen == "start/hello"


async def test_nothing_is_done_for_nothing(office):
    assert await office.handler.take([]) == []
    assert await office.handler.take([], known=[5, 5]) == []
    assert (await office.store.gather([5], [])).seen == {5}
    assert await office.handler.take([], known=[5]) == []


async def test_effects_are_handed_on_with_their_chat(office):
    await office.handler.take([office.types("/start")])
    effects = await office.handler.take([office.event(Press("77", 1, "x"))])
    assert effects == [(ANNA, AnswerPress("77"))]


async def test_a_stranger_is_met_in_their_language_and_by_their_countrys_clock(office):
    for chat, language in enumerate(("de-AT", "fr", "el", "xx", None), 10):
        await office.handler.take([office.types("/start", chat=chat, language=language)])
    met = [await office.person(chat) for chat in range(10, 15)]
    assert [(person.language, person.zone) for person in met] == [
        ("de", "Europe/Berlin"),
        ("en", "Europe/Paris"),
        ("en", "Europe/Athens"),
        ("en", "Europe/London"),
        ("en", "Europe/London"),
    ]


async def test_a_stranger_who_blocks_the_bot_is_not_kept(office):
    await office.handler.take([office.event(Membership(blocked=True)), Event(BERND, Nudged())])
    assert await office.person() is None
    assert await office.person(BERND) is None


async def test_after_the_goodbye_who_writes_in_the_same_commit_is_a_stranger(office):
    await office.handler.take([office.types("/start de_facebook"), office.types("/delete")])
    data = f"data.delete:yes::{(await office.person()).session.revision}"
    await office.handler.take([office.event(Press("1", 1, data)), office.types("hello")])
    again = await office.person()
    assert again.session.screen == "start/hello"
    assert again.cases == ()
    assert [screen for _, screen, _ in await office.said()] == ["data/goodbye", "start/hello"]


async def test_what_fails_three_times_is_set_aside_with_an_apology_and_the_others_go_on(office, monkeypatch):
    tries = []

    def suggested(_scene, language):
        tries.append(language)
        raise RuntimeError("a fault of ours")

    await office.handler.take([office.types("/start")])
    broken = replace(registry.STEPS["start/country"], choices=lambda scene: suggested(scene, "de"))
    monkeypatch.setitem(registry.STEPS, "start/country", broken)
    data = f"start.hello:facebook::{(await office.person()).session.revision}"
    await office.handler.take([office.event(Press("1", 1, data)), office.types("/help", chat=BERND)])
    assert len(tries) == TRIES
    assert (ANNA, "help/doors", "set_aside") in await office.said()
    assert (BERND, "help/doors", "") in await office.said()
    assert (await office.person()).session.screen == "help/doors"


async def test_a_reminder_that_fails_is_put_off(office, monkeypatch):
    await office.handler.take([office.types("/start")])

    def broken(_scene):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("conversations.nudging.nudged", broken)
    await office.handler.take([Event(ANNA, Nudged())])
    assert await office.store.next_wake(office.clock.now()) == NOON + POISON_PAUSE
    await office.handler.take([Event(BERND, Nudged())])
    assert await office.person(BERND) is None


async def test_who_cannot_even_be_apologised_to_holds_up_nobody(office, monkeypatch):
    def broken(*_arguments, **_more):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("conversations.engine.show", broken)
    await office.handler.take([office.types("/start")])
    assert await office.said() == []
    assert (await office.store.gather([1], [])).seen == {1}


async def test_a_nudge_is_told_and_the_next_one_planned(office):
    await office.handler.take([office.types("/start de_facebook")])
    for choice in ("start.linked:app", "object.app:later"):
        case = "1" if "object" in choice else ""
        data = f"{choice}:{case}:{(await office.person()).session.revision}"
        await office.handler.take([office.event(Press("1", None, data))])
    office.clock.at = NOON + timedelta(days=1, hours=1)
    [woken] = await office.store.wake(office.clock.at, 10)
    await office.handler.take([Event(woken.chat_id, Nudged())])
    assert (await office.said())[-1] == (ANNA, "nudge/not_sent", "")
    assert await office.store.wake(office.clock.at, 10) == []


async def test_who_is_overtaken_decides_again_and_gives_up_at_last(office, monkeypatch):
    saves = []

    async def overtaken(changes):
        saves.append(changes)
        raise Outdated("somebody was faster")

    monkeypatch.setattr(office.store, "save", overtaken)
    with pytest.raises(StorageError):
        await office.handler.take([office.types("/start")])
    assert len(saves) == TRIES


async def test_a_person_whose_row_cannot_be_opened_is_passed_over(office, monkeypatch):
    gather = office.store.gather

    async def damaged(update_ids, chat_ids):
        return replace(await gather(update_ids, chat_ids), damaged=frozenset({ANNA}))

    monkeypatch.setattr(office.store, "gather", damaged)
    await office.handler.take([office.types("/start")])
    assert await office.said() == []
    assert (await gather([1], [])).seen == {1}


async def test_who_becomes_due_while_the_reminder_looks_is_woken_at_once(office):
    await office.handler.take([office.types("/start de_facebook")])
    for choice in ("start.linked:app", "object.app:later"):
        case = "1" if "object" in choice else ""
        data = f"{choice}:{case}:{(await office.person()).session.revision}"
        await office.handler.take([office.event(Press("1", None, data))])
    due = await office.store.next_wake(office.clock.at)
    reminder = Reminder(office.store, office.clock, office.handler.take)
    woken = await reminder._round()
    office.clock.at = due + timedelta(minutes=1)
    assert await reminder._pause(woken) < timedelta()
