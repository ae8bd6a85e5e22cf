"""What two do at once comes out as if one had done it after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import StorageError
from bot.domain.groups import Group, GroupState
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.domain.orders import Decision
from bot.domain.wishes import WishKind
from bot.storage import Changes, Watch
from tests.conversations.pure import KNOWLEDGE
from tests.gates import gate_at, meanwhile
from tests.storage.seen import an_incident
from tests.use_cases.lookout import FACEBOOK, lookout
from tests.use_cases.many_groups import many_groups
from tests.use_cases.test_deciding import JONAS, office  # noqa: F401  # a fixture

KEY = (FACEBOOK, "DE")
RENATE, LUC = 11, 12
GROUP = Group(-1, "de", "Europe/Vienna", date(2026, 12, 1), ("AT", "DE"), state=GroupState.RUNNING, hold=None)


async def seen_to_be_gone(post):
    """Often enough for an outage, and nobody concluded it yet."""
    post.sees("DE", Verdict.ASKS_LOGIN)
    await post.viewer.view(KNOWLEDGE.forms[FACEBOOK], "DE", asked=False)
    post.sees("DE", Verdict.GONE)
    for _ in range(5):
        post.clock.at += timedelta(minutes=5)
        await post.viewer.view(KNOWLEDGE.forms[FACEBOOK], "DE", asked=False)


async def test_two_who_conclude_at_once_open_one_outage(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await seen_to_be_gone(post)
        gate = gate_at(monkeypatch, post.store, "window")
        await meanwhile(gate, post.concluder.conclude(*KEY), post.concluder.conclude(*KEY))
        assert len(await post.store.incidents.open()) == 1


async def test_who_concluded_from_older_looks_does_not_have_the_last_word(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await seen_to_be_gone(post)
        gate = gate_at(monkeypatch, post.store, "window")

        async def look_again():
            post.clock.at += timedelta(minutes=5)
            await post.viewer.view(KNOWLEDGE.forms[FACEBOOK], "DE", asked=False)
            await post.concluder.conclude(*KEY)

        await meanwhile(gate, post.concluder.conclude(*KEY), look_again())
        assert post.status().as_of == post.clock.at


async def test_an_outage_noted_while_the_board_is_read_anew_stays_on_it(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        gate = gate_at(monkeypatch, post.store.incidents, "since")

        async def opens():
            post.board.note(await post.store.incidents.save(an_incident(form=FACEBOOK)))

        await meanwhile(gate, post.board.reload_incidents(), opens())
        assert [each.form for each in post.board.open_incidents()] == [FACEBOOK]


async def test_who_asks_while_a_look_is_being_kept_has_what_it_saw(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        gate, answers = gate_at(monkeypatch, post.store.looks, "add", before=True), []

        async def asks():
            await post.asks()
            answers.append(post.status())

        await meanwhile(gate, post.asks(), asks())
        assert [each.as_of for each in answers] == [post.clock.at]


async def test_a_country_asked_for_while_what_is_in_use_is_read_is_in_use(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        gate = gate_at(monkeypatch, post.store.wanted, "days")
        await meanwhile(gate, post.wanted.load(), post.wanted.ask("DE"))
        assert KEY in post.wanted.now()


async def test_what_is_in_doubt_anew_while_people_are_told_is_told_again_when_it_is_over(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await post.asks()
        gate = gate_at(monkeypatch, post.telling, "tell_cleared")
        post.looker._cleared = {KEY}

        async def doubted_and_well_again():
            await post.person(RENATE, (*KEY, WishKind.ANSWERS))
            post.looker._cleared.add(KEY)

        await meanwhile(gate, post.looker.hear(), doubted_and_well_again())
        await post.looker.hear()
        assert [chat for chat, _ in await post.told(RENATE)] == [RENATE]


async def test_who_waits_is_told_though_the_store_was_away_at_first(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        await post.asks()
        await post.person(RENATE, (*KEY, WishKind.ANSWERS))
        post.looker._cleared = {KEY}
        with monkeypatch.context() as away:
            away.setattr(post.telling, "tell_cleared", fails)
            with pytest.raises(StorageError):
                await post.looker.hear()
        await post.looker.hear()
        assert [chat for chat, _ in await post.told(RENATE)] == [RENATE]


async def fails(*_args):
    raise StorageError("locked")


async def test_a_correction_is_heard_though_the_store_was_away_at_first(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        kept = await post.store.incidents.save(an_incident(form=FACEBOOK))
        await post.looker.hear()
        await post.store.incidents.correct(kept.id, Correction.MEASUREMENT, post.clock.at)
        with monkeypatch.context() as away:
            away.setattr(post.board, "reload_incidents", fails)
            with pytest.raises(StorageError):
                await post.looker.hear()
        await post.looker.hear()
        assert post.board.known()[kept.id].corrected_at == post.clock.at


@pytest.mark.parametrize("deed", ["takes it back", "erases everything"])
async def test_who_wishes_to_know_no_more_while_all_are_told_is_not_told(tmp_path, monkeypatch, deed):
    async with lookout(tmp_path) as post:
        await post.asks()
        for chat in (RENATE, LUC):
            await post.person(chat, (*KEY, WishKind.ANSWERS))
        gate = gate_at(monkeypatch, post.store, "gather")

        async def wishes_no_more():
            if deed == "takes it back":
                wish = Watch(RENATE, *KEY, WishKind.ANSWERS)
                await post.store.save(Changes(post.clock.at, unwatch=[wish]))
            else:
                await post.store.erase(RENATE, post.clock.at)

        await meanwhile(gate, post.telling.tell_cleared(post.status()), wishes_no_more())
        assert [chat for chat, _ in await post.told(RENATE, LUC)] == [LUC]


async def test_a_group_that_comes_meanwhile_puts_no_announcement_back_to_what_it_was(tmp_path, monkeypatch):
    async with many_groups(tmp_path, [GROUP]) as there:
        there.opens("AT")
        await there.settle()
        gate = gate_at(monkeypatch, there.store.announcements, "keep", before=True)
        there.opens("DE")
        await meanwhile(gate, there.announcing.include(replace(GROUP, chat_id=-2)), there.announcing.sync())
        [kept] = await there.store.announcements.since(there.clock.at - timedelta(days=1))
        assert kept == there.announcing.get(kept.id)
        assert {line.country for line in kept.lines} == {"AT", "DE"}


async def test_nothing_is_kept_of_a_group_that_was_forgotten_meanwhile(tmp_path):
    async with many_groups(tmp_path, [GROUP]) as there:
        there.opens("AT")
        await there.store.groups.forget(GROUP.chat_id)  # and nobody heard of it yet
        await there.announcing.sync()
        await there.announcing.include(GROUP)
        assert await there.store.rows_of(GROUP.chat_id) == {}


async def test_operators_see_the_newest_state_whoever_began_to_read_first(office, monkeypatch):  # noqa: F811  # the fixture
    gate = gate_at(monkeypatch, office.store.pauses, "current")

    async def says_yes():
        await office.orders(JONAS, Decision.YES)
        await office.desk.refresh()

    await meanwhile(gate, office.desk.refresh(), says_yes())
    [matter] = office.desk.view(JONAS).matters
    assert matter.first
