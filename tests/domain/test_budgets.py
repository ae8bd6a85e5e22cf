from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budgets import HOUR, Budget

NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)


def test_a_share_is_kept_for_looks_that_somebody_waits_for():
    budget = Budget(8)

    assert [budget.take("a", NOW, asked=False) for _ in range(7)] == [True] * 6 + [False]
    assert [budget.take("a", NOW, asked=True) for _ in range(3)] == [True, True, False]
    assert budget.take("b", NOW, asked=False), "each host has its own"


def test_an_hour_later_there_is_room_again():
    budget = Budget(1)
    assert budget.take("a", NOW, asked=True)

    assert not budget.take("a", NOW + HOUR - timedelta(seconds=1), asked=True)
    assert budget.take("a", NOW + HOUR, asked=True)


def test_a_clock_set_back_locks_nothing():
    budget = Budget(1)
    assert budget.take("a", NOW, asked=True)
    assert budget.take("a", NOW - timedelta(days=1), asked=True)


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=80), st.integers(1, 12))
def test_never_more_than_that_within_an_hour(asked, most):
    budget, now, taken = Budget(most), NOW, []
    for minutes, somebody in asked:
        now += timedelta(minutes=minutes)
        if budget.take("a", now, asked=somebody):
            taken.append(now)
        assert sum(now - each < HOUR for each in taken) <= most
