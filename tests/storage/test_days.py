"""The looks of a day added up, for ever; and outages laid over them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot.domain.days import Day
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.storage import days, looks
from bot.storage.schema import metadata
from tests.storage.conftest import NOW
from tests.storage.seen import FORM, an_incident, ended, look

TODAY = NOW.date()
VERDICTS = [Verdict.ANSWERS, Verdict.ASKS_LOGIN, Verdict.GONE, Verdict.NO_DATA]


def of_day(day, *verdicts):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return [look(noon + timedelta(minutes=number), verdict) for number, verdict in enumerate(verdicts)]


async def one_day(store, day, now=NOW):
    (found,) = await store.days.between(FORM, "DE", day, day, now=now)
    return found


async def test_a_day_counts_the_three_values(store):
    await store.looks.add(of_day(TODAY, *VERDICTS))

    assert await one_day(store, TODAY) == Day(TODAY, ok=2, bad=1, no_data=1)
    assert await store.days.between(FORM, "AT", TODAY, TODAY, now=NOW) == [Day(TODAY)]


async def test_a_day_is_the_same_before_and_after_its_looks_are_forgotten(store):
    await store.looks.add(of_day(TODAY, *VERDICTS) + of_day(TODAY + timedelta(days=1), Verdict.GONE))
    week = (TODAY - timedelta(days=1), TODAY + timedelta(days=3))
    before = await store.days.between(FORM, "DE", *week, now=NOW)

    for later in (1, 2, 2, 50, 95, 400):
        await store.forget(NOW + timedelta(days=later))
        assert await store.days.between(FORM, "DE", *week, now=NOW) == before

    assert await store.looks.latest() == []
    assert [day.ok + day.bad + day.no_data for day in before] == [0, 4, 1, 0, 0]


async def test_a_look_that_is_kept_late_is_counted(store):
    await store.looks.add(of_day(TODAY, Verdict.ANSWERS))
    await store.days.roll_up(TODAY + timedelta(days=1))
    await store.looks.add(of_day(TODAY, Verdict.GONE))

    assert await one_day(store, TODAY) == Day(TODAY, ok=1, bad=1)
    await store.forget(NOW + timedelta(days=1))
    await store.forget(NOW + timedelta(days=95))
    assert await one_day(store, TODAY) == Day(TODAY, ok=1, bad=1)


async def test_what_a_kill_left_undone_is_done_the_next_time(store, monkeypatch):
    await store.looks.add(of_day(TODAY, *VERDICTS))
    whole = looks.forget
    monkeypatch.setattr(looks, "forget", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await store.forget(NOW + timedelta(days=95))
    monkeypatch.setattr(looks, "forget", whole)
    assert len(await store.looks.history(FORM, "DE", since=NOW - timedelta(days=1))) == 4

    await store.forget(NOW + timedelta(days=95))

    assert await one_day(store, TODAY) == Day(TODAY, ok=2, bad=1, no_data=1)


@settings(max_examples=40)
@given(
    seen=st.lists(st.tuples(st.integers(0, 6), st.sampled_from(VERDICTS)), max_size=20),
    tidied=st.lists(st.integers(0, 400), max_size=6),
)
def test_no_order_of_tidying_changes_a_day(seen, tidied):
    """Neither tidying often, nor late, nor with a clock that steps back takes a look from its day."""
    engine = create_engine("sqlite://")
    stretch = days.Stretch(FORM, "DE", TODAY, TODAY + timedelta(days=6))
    with engine.begin() as connection:
        metadata.create_all(connection)
        looks.add(connection, [each for day, v in seen for each in of_day(TODAY + timedelta(days=day), v)])
        before = days.between(connection, stretch, NOW)
        for later in tidied:
            days.roll_up(connection, TODAY + timedelta(days=later))
            looks.forget(connection, NOW + timedelta(days=later - 90))
        assert days.between(connection, stretch, NOW) == before
    engine.dispose()


async def test_an_outage_is_laid_over_its_days(store):
    start = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    await store.incidents.save(ended(an_incident(start), minutes=25 * 60))

    found = await store.days.between(FORM, "DE", date(2026, 11, 19), date(2026, 11, 22), now=NOW)

    assert [day.down for day in found] == [0, 3600, 86400, 0]


async def test_an_open_outage_lasts_until_now(store):
    await store.incidents.save(an_incident(NOW - timedelta(minutes=10)))

    assert (await one_day(store, TODAY)).down == 600


async def test_a_corrected_outage_is_none(store):
    kept = await store.incidents.save(an_incident(NOW - timedelta(minutes=10)))
    await store.incidents.correct(kept.id, Correction.OUR_NETWORK, NOW)

    assert (await one_day(store, TODAY)).down == 0
