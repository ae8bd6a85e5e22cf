"""When the next look is due, and who takes part in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scheduling import VantageFacts, codes_arrive, networks_to_ask, next_look
from bot.domain.statuses import Condition, Status
from tests.domain.watching import at, look

INTERVAL = timedelta(minutes=30)
DIRECT, PROXY = VantageFacts("direct", "", costly=False), VantageFacts("proxy:DE", "DE", costly=False)
SERVICE = VantageFacts("globalping:DE", "DE", costly=True)


def status(condition, **more):
    return Status("form", "DE", condition, **more)


def minutes(status, *, wanted=True, jitter=0.5, interval=INTERVAL):
    due = next_look(status, wanted=wanted, interval=interval, now=at(0), jitter=jitter)
    return due and (due - at(0)) / timedelta(minutes=1)


def test_what_was_never_seen_is_looked_at_now():
    assert minutes(None) == 0


def test_what_nobody_wants_costs_nothing():
    assert minutes(None, wanted=False) is None
    assert minutes(status(Condition.ANSWERS), wanted=False) is None


@pytest.mark.parametrize("condition", [Condition.ANSWERS, Condition.ASKS_LOGIN, Condition.UNSEEN, Condition.PAUSED])
def test_the_ordinary_gap_is_the_operators(condition):
    assert minutes(status(condition)) == 30


def test_doubt_is_looked_at_faster_even_if_nobody_wants_it_any_more():
    doubt = status(Condition.CHECKING, since=at(-10))
    assert minutes(doubt) == minutes(doubt, wanted=False) == 3


def test_old_doubt_and_doubt_that_does_not_count_are_looked_at_as_ever():
    assert minutes(status(Condition.CHECKING, since=at(-121))) == 30
    assert minutes(status(Condition.CHECKING)) == 30


def test_what_is_down_is_looked_at_until_it_is_over():
    assert minutes(status(Condition.DOWN, incident=7, seen=look(0, "gone")), wanted=False) == 10


def test_the_first_good_look_after_an_outage_is_followed_by_a_fast_one():
    assert minutes(status(Condition.DOWN, incident=7, seen=look(0, "good"))) == 3


def test_nothing_is_slower_than_the_operator_wants():
    fast = timedelta(minutes=2)
    assert minutes(status(Condition.CHECKING, since=at(0)), interval=fast) == 2
    assert minutes(status(Condition.DOWN, incident=7), interval=fast) == 2


@given(st.floats(0, 1), st.sampled_from(Condition), st.booleans())
def test_the_gap_varies_by_a_fifth_to_both_sides(jitter, condition, has_incident):
    now = status(condition, since=at(-1), incident=1 if has_incident else None)
    middle = minutes(now)
    assert 0.8 * middle - 1e-6 <= minutes(now, jitter=jitter) <= 1.2 * middle + 1e-6


@pytest.mark.parametrize(
    ("seen", "asked"),
    [
        (None, (DIRECT, PROXY, SERVICE)),
        (status(Condition.UNSEEN), (DIRECT, PROXY, SERVICE)),
        (status(Condition.CHECKING), (DIRECT, PROXY, SERVICE)),
        (status(Condition.ANSWERS), (DIRECT, PROXY)),
        (status(Condition.DOWN, incident=1, seen=look(0, "gone")), (DIRECT, PROXY)),
        (status(Condition.DOWN, incident=1, seen=look(0, "good")), (DIRECT, PROXY, SERVICE)),
        (status(Condition.PAUSED), ()),
    ],
)
def test_costly_networks_are_asked_in_doubt_only(seen, asked):
    assert networks_to_ask(seen, (DIRECT, PROXY, SERVICE)) == asked


def test_where_there_are_only_costly_ones_they_are_asked():
    assert networks_to_ask(status(Condition.ANSWERS), (SERVICE,)) == (SERVICE,)


@pytest.mark.parametrize(
    ("came", "missing", "arrive"), [(3, 0, True), (2, 0, False), (4, 2, True), (4, 3, False), (0, 0, False)]
)
def test_codes_arrive_if_they_came_for_several_and_for_most(came, missing, arrive):
    assert codes_arrive(came, missing) is arrive
