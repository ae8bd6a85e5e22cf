"""When it is looked, from where, and by whom."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import faults
from bot.domain.budgets import Budget
from bot.domain.errors import StorageError
from bot.domain.judging import Value
from bot.domain.observations import Verdict
from bot.domain.statuses import Condition
from bot.loops.look import look_regularly
from tests.use_cases.lookout import FACEBOOK, INSTAGRAM, INTERVAL, Place, lookout


async def test_what_nobody_asked_for_is_not_looked_at(tmp_path):
    async with lookout(tmp_path) as post:
        await post.passes(days=1)

        assert post.looked == []


async def test_a_country_that_somebody_asks_for_is_seen_from_every_place_that_serves_it(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")

        assert set(post.looked) == {
            (place, form, "DE") for place in ("direct", "proxy:DE") for form in (FACEBOOK, INSTAGRAM)
        }
        assert len(post.looked) == 4
        assert post.status().condition is Condition.ASKS_LOGIN
        assert post.viewer.counted == {("direct", Value.OK): 2, ("proxy:DE", Value.OK): 2}


async def test_a_look_serves_everybody_for_ten_minutes(tmp_path):
    async with lookout(tmp_path) as post:
        await asyncio.gather(post.asks("DE"), post.asks("DE"))
        await post.asks("DE")
        assert len(post.looked) == 4

        post.clock.at += timedelta(minutes=9)
        await post.asks("DE")
        assert len(post.looked) == 4
        post.clock.at += timedelta(minutes=1)
        await post.asks("DE")
        assert len(post.looked) == 8


async def test_who_asks_while_a_form_is_looked_at_has_what_that_look_saw(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        begun, answers = asyncio.Event(), asyncio.Event()
        look = Place.look

        async def slow(place: Place, form, country, **more):
            begun.set()
            await answers.wait()
            return await look(place, form, country, **more)

        monkeypatch.setattr(Place, "look", slow)
        await post.wanted.ask("DE", third=False)

        async def asked() -> Condition:
            await post.asks("DE")
            return post.status().condition

        async with asyncio.TaskGroup() as at_once:
            at_once.create_task(post.looker.round())
            await begun.wait()
            answer = at_once.create_task(asked())
            await asyncio.sleep(0.1)
            answers.set()

        assert answer.result() is Condition.ASKS_LOGIN
        assert len(post.looked) == 4


async def test_what_is_in_use_is_looked_at_at_its_interval(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        await post.passes(minutes=29)
        assert len(post.looked) == 4

        await post.passes(hours=5)
        assert len(post.looked) == 4 + 10 * 4


async def test_doubt_is_looked_at_faster(tmp_path):
    async with lookout(tmp_path) as post:
        post.sees("DE", Verdict.GONE, places="direct")
        await post.asks("DE")
        assert post.status().condition is Condition.CHECKING
        post.forgets_looks()

        await post.passes(minutes=28)

        assert len([look for look in post.looked if look[1] == FACEBOOK]) == 2 * 9
        assert [look for look in post.looked if look[1] == INSTAGRAM] == []


async def test_a_country_nobody_asks_for_any_more_is_left_after_a_month_and_a_restart_does_not_renew_it(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        post.clock.at += timedelta(days=29)
        await post.looker.round()
        assert len(post.looked) == 8
        clock = post.clock

    async with lookout(tmp_path, clock=clock) as later:
        later.clock.at += timedelta(days=2)
        await later.passes(hours=2)
        assert later.looked == []


async def test_a_form_that_is_down_stays_looked_at_though_nobody_asks(tmp_path):
    async with lookout(tmp_path) as post:
        post.sees("DE", Verdict.GONE)
        await post.asks("DE")
        await post.passes(minutes=10)
        assert post.status().condition is Condition.DOWN
        post.clock.at += timedelta(days=40)
        post.forgets_looks()

        await post.passes(minutes=1)

        assert {look[1:] for look in post.looked} == {(FACEBOOK, "DE")}


async def test_in_the_open_one_look_of_our_own_network_serves_all_countries(tmp_path):
    async with lookout(tmp_path, played=False) as post:
        await asyncio.gather(post.asks("DE"), post.asks("AT"), post.asks("FR"))

        assert len(post.places[0].looked) == 2
        assert {look[1:] for look in post.looked if look[0] == "proxy:AT"} == {(FACEBOOK, "AT"), (INSTAGRAM, "AT")}
        assert all(post.status(country).condition is Condition.ASKS_LOGIN for country in ("DE", "AT", "FR"))
        await post.passes(minutes=31)
        assert len(post.places[0].looked) == 4


async def test_that_a_form_differed_is_known_after_a_restart(tmp_path):
    async with lookout(tmp_path, played=False) as post:
        await post.asks("DE")
        assert [differed for *_, differed in post.places[0].looked] == [False, False]
        clock = post.clock

    async with lookout(tmp_path, clock=clock, played=False) as later:
        later.clock.at += timedelta(days=200)
        await later.asks("AT")
        assert [differed for *_, differed in later.places[0].looked] == [True, True]
        assert [differed for *_, differed in later.places[2].looked] == [False, False], "another network"


async def test_a_budget_keeps_a_share_for_people(tmp_path):
    async with lookout(tmp_path, budget=Budget(8)) as post:
        await post.wanted.ask("DE")
        await post.wanted.ask("AT")
        await post.looker.round()
        routine = len([look for look in post.looked if look[1] == FACEBOOK])
        assert routine == 4
        for hosts in range(2):
            post.clock.at += timedelta(minutes=10 + hosts)
            await post.asks("FR")
        assert len([look for look in post.looked if look[1:] == (FACEBOOK, "FR")]) == 2


async def test_only_one_process_looks_and_the_other_sees_what_it_saw(tmp_path, caplog):
    async with lookout(tmp_path) as first:
        await first.looker.round()
        async with lookout(tmp_path, clock=first.clock) as second:
            first.sees("DE", Verdict.GONE)
            await second.asks("DE")
            assert second.looked == []

            await first.passes(minutes=10)
            await second.passes(minutes=1)

            assert second.looked == []
            assert replace(second.status(), explanation=()) == replace(first.status(), explanation=())
            assert second.board.open_incidents() == first.board.open_incidents() != []
            assert await second.told(1) == []


async def test_a_full_disk_neither_ends_the_loop_nor_lets_it_look_again_and_again(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await post.wanted.ask("DE")
        pauses = []

        async def full(_looks):
            raise StorageError("The database has no room left.")

        class Clock:
            async def sleep(self, seconds):
                pauses.append(seconds)
                if len(pauses) == 5:
                    raise asyncio.CancelledError
                post.clock.at += timedelta(seconds=seconds)
                if len(pauses) == 4:
                    monkeypatch.undo()
                    post.clock.at += INTERVAL

        monkeypatch.setattr(post.store.looks, "add", full)
        with suppress(asyncio.CancelledError):
            await look_regularly(post.looker, Clock())

        assert pauses[0] == 15
        assert len(post.looked) == 8, "once when it was due and could not be kept, once when it was due again"
        assert len(await post.store.looks.latest()) == 4


async def test_once_the_service_is_closed_nobody_looks(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        post.forgets_looks()
        post.clock.at += INTERVAL
        pauses = []

        class Clock:
            async def sleep(self, seconds):
                pauses.append(seconds)
                raise asyncio.CancelledError

        with suppress(asyncio.CancelledError):
            await look_regularly(post.looker, Clock(), lambda: True)
        assert (pauses, post.looked) == ([60], [])


async def test_what_goes_wrong_with_one_form_leaves_the_others_alone(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await post.wanted.ask("DE")
        whole = post.places[1].look

        async def failing(form, country, **more):
            if form.id == FACEBOOK:
                raise RuntimeError("a mistake of ours")
            return await whole(form, country, **more)

        monkeypatch.setattr(post.places[1], "look", failing)
        await post.looker.round()

        assert post.status(form=INSTAGRAM).condition is Condition.ASKS_LOGIN
        assert post.status().condition is Condition.ASKS_LOGIN, "it was seen from the other place"
        assert faults.counted == {"vantage_failed": 1}


async def test_a_form_that_can_not_be_concluded_leaves_the_others_alone(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await post.wanted.ask("DE")
        whole = post.concluder.conclude

        async def failing(form, country, **more):
            if form == FACEBOOK:
                raise RuntimeError("a mistake of ours")
            return await whole(form, country, **more)

        monkeypatch.setattr(post.concluder, "conclude", failing)
        await post.looker.round()

        assert post.status(form=INSTAGRAM).condition is Condition.ASKS_LOGIN
        assert faults.counted["look_failed"]


async def test_a_clock_set_back_does_not_stop_the_looks(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        post.clock.at -= timedelta(days=3)

        await post.passes(hours=1)

        assert len(post.looked) >= 8


async def rounds(post, number):
    for _ in range(number):
        post.clock.at += INTERVAL
        await post.looker.round()
        await post.store.forget(post.clock.at)
        post.forgets_looks()
    gc.collect()
    return sys.getallocatedblocks()


@pytest.mark.parametrize("number", [20, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(550)])])
async def test_memory_is_flat_over_many_rounds(tmp_path, number):
    """Doubt comes and goes meanwhile. A window holds a day, so a day of rounds goes before."""
    async with lookout(tmp_path) as post:
        post.sees("DE", Verdict.GONE, places="direct")
        await post.asks("DE")
        before = await rounds(post, 50)
        after = await rounds(post, number)

    assert after - before < 2000, f"{after - before} pieces of memory more after {number} rounds"
