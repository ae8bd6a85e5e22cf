"""An event that breaks its commit is left out of it: remembered, apologised for, and the others take effect."""

from __future__ import annotations

import asyncio

import pytest

from bot import faults
from bot.domain.errors import SealError
from bot.use_cases.intake import SHARE, Intake
from conversations.events import Command, Event, Text
from tests.conversations.pure import read
from tests.use_cases.test_handling import ANNA, BERND, office

__all__ = ["office"]  # the fixture


@pytest.fixture
def breaking(office, monkeypatch):
    """The commits in which Anna is answered fail; real ones did with a text that no database takes."""
    save, broken = office.store.save, []

    async def saved(changes):
        if any(
            delivery.chat_id == ANNA and delivery.document["screen"] != "help/doors" for delivery in changes.deliveries
        ):
            broken.append(len(changes.updates))
            raise ValueError("unpaired surrogate")
        await save(changes)

    monkeypatch.setattr(office.store, "save", saved)
    return broken


def intake(office):
    return Intake(office.handler, read, lambda _effects: None)


async def test_who_sent_it_is_told_and_the_others_are_answered(office, breaking):
    events = [office.types("/start"), office.types("/start", chat=BERND)]
    await intake(office).take_events(events)
    assert await office.said() == [(ANNA, "help/doors", "set_aside"), (BERND, "start/hello", "")]
    assert breaking == [2, 1]
    assert (await office.store.gather([1, 2], [])).seen == {1, 2}


async def test_it_is_apologised_for_once(office, breaking):
    event = office.types("/start")
    await intake(office).take_events([event])
    await intake(office).take_events([event])
    assert await office.said() == [(ANNA, "help/doors", "set_aside")]
    assert breaking


async def test_who_cannot_be_apologised_to_holds_up_nobody(office, monkeypatch):
    save = office.store.save

    async def saved(changes):
        if changes.deliveries:
            raise ValueError("unpaired surrogate")
        await save(changes)

    monkeypatch.setattr(office.store, "save", saved)
    await intake(office).take_events([Event(ANNA, Text(1, read("hello", "de")), "de", 5)])
    assert await office.said() == []
    assert (await office.store.gather([5], [])).seen == {5}


class Letters:
    """Updates, as far as the intake looks at them."""

    def __init__(self, update_id, chat):
        self.update_id, self.chat = update_id, chat


@pytest.fixture
def gathering(office, monkeypatch):
    """An intake beside which nothing can be gathered for Anna; gives it and how often that was tried."""
    tries = []

    async def gathered(update, event):
        if update.chat == ANNA:
            tries.append(update.update_id)
            raise ZeroDivisionError
        return event

    def started(update, _read):
        return Event(update.chat, Command("start", "", read("", "de")), "de", update.update_id)

    monkeypatch.setattr("bot.use_cases.intake.event_of", started)
    return Intake(office.handler, read, lambda _effects: None, gathered), tries


async def test_an_update_for_which_nothing_can_be_gathered_is_set_aside_and_told(office, gathering):
    taking, tries = gathering
    updates = [Letters(1, ANNA), Letters(2, BERND)]
    await taking.take(updates)
    await taking.take(updates)  # Telegram sends them again
    assert await office.said() == [(ANNA, "help/doors", "set_aside"), (BERND, "start/hello", "")]
    assert (await office.store.gather([1, 2], [])).seen == {1, 2}
    assert tries == [1] * 6


async def test_a_damaged_row_that_breaks_a_commit_sets_its_update_aside(office, monkeypatch):
    """Nobody could mend it by sending the update again and again."""
    save = office.store.save

    async def saved(changes):
        if any(each.chat_id == ANNA and each.document["screen"] != "help/doors" for each in changes.deliveries):
            raise SealError("damaged")
        await save(changes)

    monkeypatch.setattr(office.store, "save", saved)
    await intake(office).take_events([office.types("/start"), office.types("/start", chat=BERND)])
    assert await office.said() == [(ANNA, "help/doors", "set_aside"), (BERND, "start/hello", "")]


async def test_an_apology_is_made_though_the_person_does_something_meanwhile(office, gathering, monkeypatch):
    """Between reading who it is and apologising another update of theirs is kept."""
    taking, _ = gathering
    await office.handler.take([office.event(Command("start", "", read("", "de")))])
    save, meanwhile = office.store.save, [Event(ANNA, Command("help", "", read("", "de")), "de", 98)]

    async def saved(changes):
        if meanwhile and changes.set_aside:
            await office.handler.take([meanwhile.pop()])
        await save(changes)

    monkeypatch.setattr(office.store, "save", saved)
    await taking.take([Letters(99, ANNA)])
    assert (ANNA, "help/doors", "set_aside") in await office.said()
    assert faults.counted == {"gathering_failed": 3}


class Slow:
    """A handler whose commits are let go one by one."""

    def __init__(self):
        self.begun, self.may_go, self.taken = asyncio.Event(), asyncio.Semaphore(0), []

    async def take(self, events, *, known=()):
        self.begun.set()
        await self.may_go.acquire()
        self.taken.extend(events)
        return []


async def test_who_waits_is_kept_though_the_one_who_keeps_for_all_is_cancelled():
    handler = Slow()
    taking = Intake(handler, read, lambda _effects: None)
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        first = group.create_task(taking.take_events(["first"]))
        await handler.begun.wait()
        keeper = group.create_task(taking.take_events(["keeper"]))
        other = group.create_task(taking.take_events(["other"]))
        handler.begun.clear()
        handler.may_go.release()
        await first
        await handler.begun.wait()  # the keeper keeps for both
        keeper.cancel()
        await asyncio.wait([keeper])
        handler.may_go.release()
    assert not other.cancelled()
    assert "other" in handler.taken


async def test_who_comes_behind_many_that_went_away_is_kept_too():
    handler = Slow()
    taking = Intake(handler, read, lambda _effects: None)
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(taking.take_events(["first"]))
        await handler.begun.wait()
        gone = [group.create_task(taking.take_events([number])) for number in range(SHARE)]
        last = group.create_task(taking.take_events(["last"]))
        await asyncio.sleep(0)
        for each in gone:
            each.cancel()
        await asyncio.wait(gone)
        for _ in range(3):
            handler.may_go.release()
        await last
    assert "last" in handler.taken
