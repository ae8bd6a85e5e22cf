"""While groups are told, the operator's own message counts along: edited every few seconds, in no answer's way."""

from __future__ import annotations

import pytest

from bot.domain.announcing import Approval
from bot.domain.deliveries import Kind, Lane
from bot.domain.desk import Matter
from bot.domain.errors import StorageError
from bot.domain.orders import Decision
from bot.use_cases.progress import EVERY, Progress
from conversations.events import Event, Press
from tests.use_cases.test_deciding import ADA, JONAS, Office, office  # noqa: F401  # a fixture

MESSAGE = 77


class Round:
    """An announcement that both said yes to, and how many of two groups are told of it."""

    def __init__(self, post: Office) -> None:
        self.office, self.told = post, 0
        self.progress = Progress(post.store, self, post.operators, post.post.world, post.post.clock)

    async def refresh(self) -> None:
        await self.office.desk.refresh()

    async def matters(self) -> tuple[Matter, ...]:
        [kept] = await self.office.desk.matters()
        return (Matter(kept.announcement, wanted=2 if self.is_on(kept) else 0, posted=self.told, settled=self.told),)

    @staticmethod
    def is_on(matter: Matter) -> bool:
        return matter.announcement.approval is Approval.YES

    def presses(self, choice: str, by: int = JONAS, screen: str = "sure", message: int = MESSAGE) -> None:
        self.progress.heard(Event(by, Press("1", message, f"admin.{screen}:{choice}::1")))

    async def edits(self) -> list[tuple[int, int]]:
        rows = [(chat, row) for chat in (JONAS, ADA) for row in (await self.office.store.rows_of(chat))["deliveries"]]
        return [(chat, row["sealed"]["message_id"]) for chat, row in rows if row["sealed"]["kind"] == Kind.EDIT]

    async def yes(self) -> None:
        for chat in (JONAS, ADA):
            await self.office.orders(chat, Decision.YES)
        await self.office.announcing.hear()


@pytest.fixture
async def here(office):  # noqa: F811  # the fixture
    await office.operators.tell()
    return Round(office)


async def test_the_message_of_who_said_yes_counts_along_at_most_every_few_seconds(here):
    here.presses("send.a1")
    assert await here.progress.tell() == 0, "before a second person said yes nothing is told"
    await here.yes()
    assert await here.progress.tell() == 1
    here.told = 1
    assert await here.progress.tell() == 0, "too soon"
    here.office.post.clock.at += EVERY
    assert await here.progress.tell() == 1
    here.office.post.clock.at += EVERY
    assert await here.progress.tell() == 0, "nothing moved"
    here.told = 2
    assert await here.progress.tell() == 1
    here.told, here.office.post.clock.at = 0, here.office.post.clock.at + EVERY
    assert await here.progress.tell() == 0, "told to all of them, the message stays as it is"
    assert await here.edits() == [(JONAS, MESSAGE)] * 3


async def test_it_never_goes_ahead_of_an_answer(here):
    here.presses("open.a1")
    await here.yes()
    await here.progress.tell()
    lanes = {row["lane"] for row in (await here.office.store.rows_of(JONAS))["deliveries"]
             if row["sealed"]["kind"] == Kind.EDIT}  # fmt: skip
    assert lanes == {int(Lane.NOTICE)}


@pytest.mark.parametrize("choice", ["why.a1", "desk", "stop.a1", "preview.a1", "open.i1"])
async def test_who_reads_something_else_in_that_message_is_left_alone(here, choice):
    here.presses("open.a1")
    here.presses(choice, screen="announcement")
    await here.yes()
    assert await here.progress.tell() == 0


async def test_each_operators_last_message_counts_and_others_of_theirs_do_not(here):
    here.presses("send.a1")
    here.presses("send.a1", by=ADA, message=5)
    here.presses("desk", by=ADA, message=6)
    await here.yes()
    assert await here.progress.tell() == 2
    assert await here.edits() == [(JONAS, MESSAGE), (ADA, 5)]


@pytest.mark.parametrize("moment", ["matters", "refresh"])
async def test_who_turns_to_something_else_meanwhile_ends_nothing_but_the_counting(here, monkeypatch, moment):
    here.presses("open.a1")
    await here.yes()
    read = getattr(here, moment)

    async def meanwhile():
        here.presses("desk", screen="announcement")
        return await read()

    monkeypatch.setattr(here, moment, meanwhile)
    assert await here.progress.tell() == 0
    assert await here.edits() == []


async def test_what_could_not_be_kept_is_shown_with_the_next_round(here, monkeypatch):
    here.presses("send.a1")
    await here.yes()
    here.told = 2

    async def away(_changes):
        raise StorageError("locked")

    with monkeypatch.context() as locked:
        locked.setattr(here.office.store, "save", away)
        with pytest.raises(StorageError):
            await here.progress.tell()
    assert await here.progress.tell() == 1, "else it would say for ever that nobody is told yet"


async def test_who_presses_something_while_it_is_kept_is_followed_there(here, monkeypatch):
    here.presses("send.a1")
    await here.yes()
    save = here.office.store.save

    async def meanwhile(changes):
        await save(changes)
        here.presses("desk", screen="announcement")

    monkeypatch.setattr(here.office.store, "save", meanwhile)
    assert await here.progress.tell() == 1
    here.told, here.office.post.clock.at = 1, here.office.post.clock.at + EVERY
    assert await here.progress.tell() == 0
