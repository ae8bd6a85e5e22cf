"""What follows from looks, kept in a real SQLite file and put on the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.hints import Pause
from bot.domain.incidents import Correction, Proof
from bot.domain.observations import Verdict
from bot.domain.statuses import Condition
from bot.storage import Changes, NewReport
from tests.conversations.pure import NOON
from tests.use_cases.lookout import FACEBOOK, INSTAGRAM, lookout

ANNA = 100


async def down(post, minutes=10):
    """The form goes, and that is confirmed."""
    post.sees("DE", Verdict.ASKS_LOGIN)
    await post.asks("DE")
    await post.passes(minutes=25)
    post.sees("DE", Verdict.GONE)
    await post.passes(minutes=5 + minutes)
    (incident,) = post.board.open_incidents()
    return incident


async def test_an_outage_is_confirmed_by_two_networks_and_dated_back(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)

        assert (incident.started_at, incident.proof) == (NOON + timedelta(minutes=30), Proof.NETWORKS)
        assert set(incident.networks) == {"direct", "proxy:DE"}
        assert incident.confirmed_at - incident.started_at <= timedelta(minutes=7)
        status = post.status()
        assert (status.condition, status.incident, status.from_inside) == (Condition.DOWN, incident.id, True)
        assert await post.store.incidents.open() == [incident]
        assert post.status(form=INSTAGRAM).condition is Condition.ASKS_LOGIN


async def test_the_looks_that_prove_it_are_cited(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        cited = await post.board.observations(incident)

        assert len(cited) >= 4
        assert {look.vantage for look in cited} == {"direct", "proxy:DE"}
        assert all(look.verdict is Verdict.GONE and look.at >= incident.started_at for look in cited)


async def test_two_good_looks_end_it_and_are_cited_too(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        good_from = post.clock.at
        post.sees("DE", Verdict.ASKS_LOGIN)
        await post.passes(minutes=20)

        assert post.board.open_incidents() == []
        ended = await post.board.incident(incident.id)
        assert ended.ended_at >= good_from
        assert post.status().condition is Condition.ASKS_LOGIN
        assert [look.verdict for look in await post.board.observations(ended)][-1] is Verdict.ASKS_LOGIN
        assert post.board.outages(FACEBOOK, "DE", [NOON.date()]) == (ended,)
        assert (await post.board.incidents(since=NOON)) == [ended]


async def test_an_outage_goes_on_after_a_restart(tmp_path):
    async with lookout(tmp_path) as post:
        incident, clock = await down(post), post.clock

    async with lookout(tmp_path, clock=clock) as later:
        assert later.board.open_incidents() == [incident]
        assert later.status().condition is Condition.DOWN
        await later.passes(minutes=25)
        assert later.board.open_incidents() == []
        assert [each.id for each in await later.board.incidents(since=NOON)] == [incident.id]


async def test_a_false_alarm_called_by_another_process_is_noticed_within_a_minute(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        await post.store.incidents.correct(incident.id, Correction.MEASUREMENT, post.clock.at)

        await post.passes(minutes=1)

        assert post.board.open_incidents() == []
        assert post.status().condition is not Condition.DOWN
        assert post.board.outages(FACEBOOK, "DE", [NOON.date()]) == ()
        assert (await post.board.incidents(since=NOON))[0].correction is Correction.MEASUREMENT


async def test_a_correction_between_reading_and_keeping_wins(tmp_path, monkeypatch):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        save, interfered = post.store.incidents.save, []

        async def interfering(*args, **more):
            if not interfered:
                interfered.append(
                    await post.store.incidents.correct(incident.id, Correction.OUR_NETWORK, post.clock.at)
                )
            return await save(*args, **more)

        monkeypatch.setattr(post.store.incidents, "save", interfering)
        await post.passes(minutes=15)

        assert interfered
        assert (await post.board.incident(incident.id)).correction is Correction.OUR_NETWORK
        assert post.board.open_incidents() == []


async def test_a_pause_is_noticed_within_a_minute_and_nothing_is_looked_at(tmp_path):
    async with lookout(tmp_path) as post:
        await post.asks("DE")
        until = post.clock.at + timedelta(hours=2)
        await post.store.pauses.add(Pause(FACEBOOK, None, post.clock.at, until))
        await post.passes(minutes=1)
        assert post.status().condition is Condition.PAUSED
        post.forgets_looks()

        await post.passes(minutes=100)
        assert {form for _, form, _ in post.looked} == {INSTAGRAM}
        await post.passes(minutes=55)
        assert post.status().condition is Condition.ASKS_LOGIN


async def report(post, chats, kind):
    await post.store.save(Changes(post.clock.at, reports=[NewReport(chat, FACEBOOK, "DE", kind) for chat in chats]))


async def test_one_network_is_believed_if_three_people_say_so(tmp_path):
    async with lookout(tmp_path) as post:
        for chat in (1, 2, 3):
            await post.person(chat)
        post.clock.at += timedelta(days=2)
        await post.asks("DE")
        post.sees("DE", Verdict.GONE, places="direct")
        post.sees("DE", Verdict.NO_DATA, places="proxy")
        await post.passes(minutes=50)
        assert post.status().condition is Condition.CHECKING

        await report(post, (1, 2, 3), "not_available")
        await post.passes(minutes=10)

        assert (post.status().condition, post.status().reports) == (Condition.DOWN, 3)
        assert post.board.open_incidents()[0].proof is Proof.PEOPLE


async def test_new_chats_and_missing_codes_never_make_a_form_down(tmp_path):
    async with lookout(tmp_path) as post:
        for chat in (1, 2, 3):
            await post.person(chat)
        post.clock.at += timedelta(days=2)
        newcomers = range(100, 130)
        for chat in newcomers:
            await post.person(chat)
        post.sees("DE", Verdict.GONE, places="direct")
        post.sees("DE", Verdict.NO_DATA, places="proxy")
        await post.asks("DE")
        await report(post, newcomers, "not_available")
        await report(post, (1, 2, 3), "no_code")

        await post.passes(minutes=50)

        assert post.status().condition is Condition.CHECKING
        assert (post.status().reports, post.status().no_code) == (0, 3)


async def test_the_board_shows_thirty_days_with_today(tmp_path):
    async with lookout(tmp_path) as post:
        await down(post)
        days = post.board.recent(FACEBOOK, "DE")

        assert (len(days), days[-1].day) == (30, NOON.date())
        assert days[-1].ok > 0 < days[-1].bad
        assert days[-1].down > 0
        assert list(days[:-1]) == (await post.board.days(FACEBOOK, "DE", since=days[0].day))[:-1]
        assert post.board.recent(FACEBOOK, "FR") == ()


async def test_outages_are_those_of_the_days_asked_for(tmp_path):
    async with lookout(tmp_path) as post:
        incident = await down(post)
        later = replace(incident, id=0, started_at=NOON + timedelta(days=3), ended_at=NOON + timedelta(days=5))
        kept = await post.store.incidents.save(later)
        await post.board.reload_incidents()
        post.clock.at = NOON + timedelta(days=9)
        day = NOON.date()

        met = {n: post.board.outages(FACEBOOK, "DE", [day + timedelta(days=n)]) for n in (-1, 3, 4, 5, 10)}

        assert met == {-1: (), 3: (incident, kept), 4: (incident, kept), 5: (incident, kept), 10: ()}
        assert post.board.outages(INSTAGRAM, "DE", [day]) == ()
