"""An event that breaks its commit is left out of it: remembered, apologised for, and the others take effect."""

from __future__ import annotations

import pytest

from bot.use_cases.intake import Intake
from conversations.events import Event, Text
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
