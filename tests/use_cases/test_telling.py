"""Who wished to know is told, once in effect; nobody else is."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import StorageError
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.domain.statuses import Condition
from bot.storage import Changes, NewReport
from bot.use_cases import telling
from tests.use_cases.lookout import FACEBOOK, INSTAGRAM, lookout
from tests.use_cases.test_concluding import down

WATCHER, OTHER, ELSEWHERE, CODES, CITING, BLOCKED = 1, 2, 3, 4, 5, 6
ANSWERS = (FACEBOOK, "DE", "answers")


async def village(post):
    """One who waits for the form; others who wait for something else."""
    await post.person(WATCHER, ANSWERS)
    await post.person(OTHER, (INSTAGRAM, "DE", "answers"))
    await post.person(ELSEWHERE, (FACEBOOK, "AT", "answers"))
    await post.person(CODES, (FACEBOOK, "DE", "codes"))
    await post.person(CITING, (FACEBOOK, "DE", "cited"))
    await post.person(BLOCKED, ANSWERS, blocked=True)


EVERYBODY = (WATCHER, OTHER, ELSEWHERE, CODES, CITING, BLOCKED)


async def test_the_end_of_an_outage_is_told_to_who_waits_for_it_and_to_nobody_else(tmp_path):
    async with lookout(tmp_path) as post:
        await down(post)
        await village(post)
        await post.passes(minutes=5)
        assert await post.told(*EVERYBODY) == []

        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.passes(minutes=20)

        assert await post.told(*EVERYBODY) == [(WATCHER, "status/again")]
        assert post.promised == 1
        await post.passes(hours=3)
        assert len(await post.told(*EVERYBODY)) == 1
        assert await post.store.watches.waiting(*ANSWERS) == []


async def test_who_began_to_wait_in_a_doubt_is_told_when_it_is_cleared_without_an_outage(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        post.sees("DE", Verdict.GONE, places="direct")
        await post.passes(minutes=30)
        assert post.status().condition is Condition.CHECKING
        await post.person(WATCHER, ANSWERS)
        await post.passes(minutes=5)
        assert await post.told(WATCHER) == []

        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.passes(minutes=30)

        assert await post.told(WATCHER) == [(WATCHER, "status/again")]
        await post.passes(hours=3)
        assert len(await post.told(WATCHER)) == 1
        assert await post.board.load() is None
        assert post.board.open_incidents() == []


async def test_what_is_told_says_since_when_and_until_when(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        await post.person(WATCHER, ANSWERS)
        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.passes(minutes=20)

        (row,) = (await post.store.rows_of(WATCHER))["deliveries"]
        ended = await post.board.incident(incident.id)
        assert row["lane"] == 2
        assert (
            row["sealed"]["values"].items()
            >= {
                "service": "facebook",
                "country": "DE",
                "since": ended.started_at.isoformat(),
                "until": ended.ended_at.isoformat(),
            }.items()
        )


async def test_who_wishes_after_the_end_waits_for_the_next(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await down(post)
        post.sees("DE", Verdict.ASKS_LOGIN)
        with monkeypatch.context() as patched:
            patched.setattr(post.telling, "tell_news", post.store.marks)
            await post.passes(minutes=20)
        await post.person(WATCHER, ANSWERS)

        await post.passes(minutes=5)

        assert await post.told(WATCHER) == []
        assert len(await post.store.watches.waiting(*ANSWERS)) == 1


async def test_a_round_and_somebody_who_asks_tell_the_same_news_once(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await down(post)
        await post.person(WATCHER, ANSWERS)
        post.sees("DE", Verdict.ASKS_LOGIN)
        with monkeypatch.context() as patched:
            patched.setattr(post.telling, "tell_news", post.store.marks)
            await post.passes(minutes=20)

        await asyncio.gather(post.telling.tell_news(), post.telling.tell_news())

        assert await post.told(WATCHER) == [(WATCHER, "status/again")]


@pytest.mark.parametrize("survived", range(5))
async def test_a_kill_between_two_commits_loses_nobody_and_doubles_nobody(tmp_path, monkeypatch, survived):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    chats = range(1, 8)
    async with lookout(tmp_path) as post:
        await down(post)
        for chat in chats:
            await post.person(chat, ANSWERS)
        post.sees("DE", Verdict.ASKS_LOGIN)
        save, commits = post.store.save, []

        async def dying(changes):
            if changes.fulfilled and len(commits) == survived:
                raise StorageError("killed")
            commits.append(await save(changes))

        monkeypatch.setattr(post.store, "save", dying)
        try:
            await post.passes(minutes=20)
        except StorageError:
            assert len(await post.told(*chats)) == min(2 * survived, 7)
        clock = post.clock

    async with lookout(tmp_path, clock=clock) as later:
        await later.passes(minutes=2)
        assert await later.told(*chats) == [(chat, "status/again") for chat in chats]


async def test_a_false_alarm_that_lasts_is_told_as_one(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        await village(post)
        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.store.incidents.correct(incident.id, Correction.OUR_NETWORK, post.clock.at)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(telling, "PAPER_CORRECTED", "status/codes")  # papers bring their own screen
            await post.passes(minutes=1)

        assert await post.told(*EVERYBODY) == [(WATCHER, "status/corrected"), (CITING, "status/codes")]
        await post.passes(hours=1)
        assert len(await post.told(*EVERYBODY)) == 2


async def test_a_correction_after_the_end_reaches_papers_and_nobody_who_waits_now(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.passes(minutes=20)
        await village(post)
        await post.store.incidents.correct(incident.id, Correction.FORM_CHANGED, post.clock.at)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(telling, "PAPER_CORRECTED", "status/codes")
            await post.passes(minutes=1)

        assert await post.told(*EVERYBODY) == [(CITING, "status/codes")]


async def test_codes_that_arrive_are_told(tmp_path):
    async with lookout(tmp_path) as post:
        for chat in (11, 12, 13, 14):
            await post.person(chat)
        await post.person(CODES, (FACEBOOK, "DE", "codes"))
        post.clock.at += timedelta(days=2)
        await post.asks("DE")
        missing = [NewReport(14, FACEBOOK, "DE", "no_code")]
        came = [NewReport(chat, FACEBOOK, "DE", "code_came") for chat in (11, 12, 13)]
        await post.store.save(Changes(post.clock.at, reports=missing + came[:2]))
        await post.passes(minutes=11)
        assert await post.told(CODES) == []

        await post.store.save(Changes(post.clock.at, reports=came[2:]))
        await post.passes(minutes=11)

        assert await post.told(CODES, 11, 14) == [(CODES, "status/codes")]
