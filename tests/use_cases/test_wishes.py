"""Wishes are kept in the commit of the press, seen in /mydata and the export, and gone with /delete."""

from __future__ import annotations

import json

import pytest

from bot.domain.forms import Service
from bot.domain.wishes import WishKind
from bot.storage import Seal, Store
from bot.storage.changes import Changes, Watch
from bot.use_cases.exporting import exported
from bot.use_cases.handling import Handler
from conversations.events import Command, Event, Press
from tests.conversations.pure import NOON, StoppedClock, read, world_at

ANNA = 7
FORM = world_at(NOON.date()).form(Service.FACEBOOK, "AT").id
WATCH = Watch(ANNA, FORM, "AT", "answers")


class Desk:
    """Anna's chat with a real handler; of Austria an outage is confirmed."""

    def __init__(self, store: Store) -> None:
        self.store, self.updates = store, 0
        self.handler = Handler(store, world_at(NOON.date()), StoppedClock(NOON))

    def types(self, text: str) -> Event:
        name, _, argument = text[1:].partition(" ")
        return self._event(Command(name, argument, read(argument, "en")))

    def presses(self, screen: str, choice: str, revision: int, case: str = "1") -> Event:
        return self._event(Press("1", 1, f"{screen}:{choice}:{case}:{revision}"))

    def _event(self, happening) -> Event:
        self.updates += 1
        return Event(ANNA, happening, "en", self.updates)

    async def waiting(self) -> list[Watch]:
        return await self.store.watches.waiting(FORM, "AT", WishKind.ANSWERS)

    async def shown(self):
        rows = (await self.store.rows_of(ANNA)).get("deliveries", [])
        return max(rows, key=lambda row: row["id"])["sealed"]


@pytest.fixture
async def desk(tmp_path):
    seal = Seal.from_file(tmp_path / "keys" / "data.key", on=NOON.date())
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db", seal, now=NOON, backups=tmp_path)
    yield Desk(store)
    await store.close()


def way(desk: Desk) -> list[Event]:
    return [desk.types("/start at_facebook"), desk.presses("start.linked", "app", 1, "")]


async def test_a_wish_is_kept_by_the_press_and_comes_with_all_that_is_kept(desk):
    await desk.handler.take([*way(desk), desk.presses("object.app", "answers", 2)])
    assert await desk.waiting() == [WATCH]
    assert (await desk.shown())["screen"] == "status/wished"
    await desk.handler.take([desk.types("/mydata")])
    assert (await desk.shown())["values"]["wishes"] == [{"country": "AT", "service": "facebook", "kind": "answers"}]
    [row] = json.loads(await exported(desk.store, ANNA))["also"]["watches"]
    assert row["sealed"] == {"form": FORM, "country": "AT", "kind": "answers"}


async def test_a_wish_wished_twice_is_told_once(desk):
    await desk.handler.take([*way(desk), desk.presses("object.app", "answers", 2)])
    await desk.handler.take([desk.presses("status.wished", "back", 3)])
    assert await desk.waiting() == []
    await desk.handler.take([desk.presses("status.unwished", "again", 4)])
    await desk.handler.take([desk.types("/status Austria")])
    assert await desk.waiting() == [WATCH]


@pytest.mark.parametrize(("last", "left"), [("unwished", []), ("wished", [WATCH])])
async def test_of_a_wish_and_its_end_in_one_commit_the_last_counts(desk, last, left):
    events = [*way(desk), desk.presses("object.app", "answers", 2), desk.presses("status.wished", "back", 3)]
    if last == "wished":
        events.append(desk.presses("status.unwished", "again", 4))
    await desk.handler.take(events)
    assert await desk.waiting() == left


async def test_what_was_told_meanwhile_is_not_waited_for_any_more(desk):
    await desk.handler.take([*way(desk), desk.presses("object.app", "answers", 2)])
    await desk.store.save(Changes(NOON, unwatch=[WATCH]))
    await desk.handler.take([desk.types("/mydata")])
    assert (await desk.shown())["values"]["wishes"] == []


async def test_deletion_takes_the_wishes_and_reports_along_those_of_the_same_commit_too(desk):
    before = [*way(desk), desk.presses("object.app", "trouble", 2), desk.presses("trouble.what", "gone", 3)]
    wish = desk.presses("trouble.gone", "answers", 4)
    await desk.handler.take([*before, wish, desk.types("/delete"), desk.presses("data.delete", "yes", 6)])
    assert set(await desk.store.rows_of(ANNA)) == {"deliveries"}, "the goodbye alone"
    assert await desk.waiting() == []
    assert await desk.store.reports.people(FORM, "AT", "not_available", since=NOON) == 0


async def test_kinds_that_this_version_does_not_know_are_left_alone(desk):
    await desk.handler.take(way(desk))
    await desk.store.save(Changes(NOON, watches=[Watch(ANNA, FORM, "AT", "group")]))
    await desk.handler.take([desk.types("/mydata")])
    assert (await desk.shown())["values"]["wishes"] == []
