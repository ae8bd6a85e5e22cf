"""However many read, the page is made once in ten seconds, one at a time, and memory stays small."""

from __future__ import annotations

import asyncio

import pytest

from bot.web.answering import KEPT_FOR, PLACES, WAITING, Answer, Kept, TooMany
from tests.web.boards import eventful
from tests.web.status_pages import reader_of


class Watch:
    """A clock of seconds, moved by hand."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def kept(watch):
    return Kept(watch)


async def test_a_hundred_readers_at_once_cost_one_page():
    board = eventful()
    async with reader_of(board) as reader:
        answers = await asyncio.gather(*(reader.get("/status") for _ in range(50)))
        assert {each.status_code for each in answers} == {200}
        assert len({each.text for each in answers}) == 1
        assert board.asked == 1


async def test_after_ten_seconds_it_is_made_anew(kept, watch):
    made = []

    async def make():
        made.append(watch.seconds)
        return Answer(b"%d" % len(made), "text/plain")

    for watch.seconds in (0, 5, KEPT_FOR - 0.1, KEPT_FOR, KEPT_FOR + 1):
        answer = await kept.get("page", make)
    assert made == [0, KEPT_FOR]
    assert answer.body == b"2"


async def test_one_is_made_at_a_time_and_who_finds_too_many_waiting_is_sent_away(kept):
    opened, at_once = asyncio.Event(), []

    async def make():
        at_once.append(1)
        assert len(at_once) == 1
        await opened.wait()
        at_once.pop()
        return Answer(b"", "text/plain")

    async with asyncio.TaskGroup() as group:
        for number in range(WAITING):
            group.create_task(kept.get(number, make))
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await kept.get("one more", make)
        opened.set()
    assert await kept.get(3, make) is not None


async def test_too_many_at_once_is_said_in_words(monkeypatch):
    async def too_many(*_):
        raise TooMany

    monkeypatch.setattr(Kept, "get", too_many)
    async with reader_of(eventful()) as reader:
        answer = await reader.get("/status?lang=en")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Please try again in a few seconds." in answer.text


async def test_a_page_that_fails_keeps_nobody_waiting(kept):
    async def fails():
        raise RuntimeError("no such board")

    async def make():
        return Answer(b"fine", "text/plain")

    for _ in range(WAITING + 1):
        with pytest.raises(RuntimeError):
            await kept.get("page", fails)
    assert (await kept.get("page", make)).body == b"fine"


async def test_memory_is_bounded_whatever_is_asked_for(kept):
    async def nothing():
        return None

    for number in range(PLACES * 3):
        assert await kept.get(number, nothing) is None
    assert len(kept._answers) == PLACES
