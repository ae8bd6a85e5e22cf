"""Nothing unexpected ends the bot: it is logged, counted, and after a pause it goes on. What must stop it does."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot import faults
from bot.domain.errors import KnowledgeError, SettingsError, StorageError
from bot.faults import outlast, survived
from bot.loops import deliver, look
from bot.loops.announce import Announcer
from bot.storage import Store
from bot.telegram import profile
from bot.telegram.pacing import Pace
from bot.use_cases.closing import ServiceClosing
from bot.use_cases.inline import Inline
from bot.use_cases.looking import Looker
from bot.use_cases.progress import Progress
from bot.use_cases.watching_pages import PageWatch
from bot.web.status import StatusPages
from tests.bot_in_sandbox import running_bot

OPERATOR = 1001


class UnexpectedError(Exception):
    """No part knows it."""


@pytest.fixture
def pauses(monkeypatch):
    """The pauses that were made, in no time."""
    made = []

    async def sleep(seconds):
        made.append(seconds)

    monkeypatch.setattr(faults.asyncio, "sleep", sleep)
    return made


def failing(*errors):
    """A deed that fails with these, one after the other, and then is done."""
    left = list(errors)

    async def deed():
        if left:
            raise left.pop(0)
        return "done"

    return deed


async def test_it_is_tried_again_after_a_pause_that_grows_up_to_a_limit(pauses):
    assert await outlast("looking_failed", failing(*[UnexpectedError()] * 11)) == "done"
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert faults.counted == {"looking_failed": 11}


async def test_what_went_well_for_long_begins_with_a_short_pause_anew(pauses, monkeypatch):
    class Loop:
        now = 0.0

        def time(self):
            return self.now

    loop, lives = Loop(), [1, 1, 1000, 1]
    monkeypatch.setattr(faults.asyncio, "get_running_loop", lambda: loop)

    async def lives_for_a_while():
        if lives:
            loop.now += lives.pop(0)
            raise UnexpectedError

    await outlast("looking_failed", lives_for_a_while)
    assert pauses == [1, 2, 1, 2]


async def test_a_fault_is_one_line_with_its_class_and_places(pauses):
    with capture_logs() as lines:
        await outlast("looking_failed", failing(UnexpectedError("Quirina")))
    [line] = lines
    assert (line["event"], line["log_level"], line["again_in_seconds"]) == ("looking_failed", "error", 1)
    assert isinstance(line["exc_info"], UnexpectedError), "of which the log tells class and places only"


async def test_a_fault_of_the_store_is_said_in_its_words_and_is_no_fault_of_ours(pauses):
    with capture_logs() as lines:
        await outlast("wal_not_emptied", failing(StorageError("The disk is full.")))
    assert [line["why"] for line in lines] == ["The disk is full."]
    assert not faults.counted


@pytest.mark.parametrize("error", [SettingsError("x"), ExceptionGroup("", [UnexpectedError(), SettingsError("x")])])
async def test_what_somebody_has_to_put_right_stops_the_bot(pauses, error):
    with pytest.raises(type(error)):
        await outlast("looking_failed", failing(error))
    assert pauses == []
    assert not faults.counted


async def test_who_is_cancelled_ends():
    never = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(outlast("looking_failed", never.wait))
        await asyncio.sleep(0)
        task.cancel()
    assert task.cancelled()


@pytest.mark.parametrize("error", [UnexpectedError(), KnowledgeError("a record that is read only now")], ids=str)
def test_a_stretch_is_survived_but_for_the_store(error):
    with survived("update_failed"):
        raise error
    with pytest.raises(StorageError), survived("update_failed"):
        raise StorageError("locked")
    assert faults.counted == {"update_failed": 1}


DEEDS = {
    "attending_failed": (Progress, "tell"),
    "looking_failed": (Looker, "round"),
    "reminding_failed": (Store, "wake"),
    "page_watch_failed": (PageWatch, "round"),
    "closing_failed": (ServiceClosing, "round"),
    "delivering_failed": (Pace, "answers"),
    "announcing_failed": (Announcer, "next"),
    "wal_not_emptied": (Store, "vacuum_wal"),
    "pages_not_warmed": (StatusPages, "warm"),
    "profile_not_set": (profile, "introduce"),
    "inline_failed": (Inline, "run"),
}


@pytest.fixture
def broken_once(monkeypatch):
    """Every loop meets something unexpected at its first turn; gives those that went on after it."""
    went_on = set()

    def break_once(what, owner, name):
        whole, tries = getattr(owner, name), []

        def broken(*args, **kwargs):
            tries.append(1)
            if len(tries) == 1:
                raise UnexpectedError
            went_on.add(what)
            return whole(*args, **kwargs)

        monkeypatch.setattr(owner, name, broken)

    for what, (owner, name) in DEEDS.items():
        break_once(what, owner, name)
    monkeypatch.setattr(faults, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(deliver, "REST_SECONDS", 0.01)
    return went_on


async def test_each_loop_goes_on_after_what_nobody_expected(tmp_path, broken_once, monkeypatch):
    monkeypatch.setattr("bot.loops.watch_pages.EVERY", look.AFTER_FAULT / 1000)
    async with running_bot(tmp_path, operator_ids=[OPERATOR]) as town:
        town.provoked |= DEEDS.keys()
        anna = await town.person("Anna", "en")
        anna.reads("Meta")
        await anna.until(lambda: broken_once >= DEEDS.keys() - {"pages_not_warmed"})
        await anna.says("/help")
        anna.reads("help")
    assert faults.counted.keys() == DEEDS.keys()


async def test_a_fault_that_a_test_did_not_provoke_fails_it(tmp_path, monkeypatch):
    monkeypatch.setattr(StatusPages, "warm", failing(UnexpectedError()))
    with pytest.raises(AssertionError, match="pages_not_warmed"):
        async with running_bot(tmp_path) as town:
            await town.person("Anna", "en")
