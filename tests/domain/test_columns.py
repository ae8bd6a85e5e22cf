"""Thirty days, each shown as what it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.columns import SHOWN, Shade, columns, summed
from bot.domain.days import Day

TODAY = date(2026, 12, 1)
counts = st.integers(0, 500)
some_days = st.builds(
    Day, st.dates(date(2026, 10, 1), date(2027, 1, 1)), counts, counts, counts, st.integers(0, 200_000)
)


@given(st.lists(some_days), st.dates(date(2026, 10, 1), date(2027, 1, 1)))
def test_there_is_one_column_for_each_of_the_last_30_days(days, today):
    shown = columns(days, today)
    assert [each.day.day for each in shown] == [today - timedelta(days=back) for back in range(29, -1, -1)]
    assert all(0 <= each.share <= 1 for each in shown)
    told = summed(shown)
    assert told.answered + told.doubtful + told.down + told.unseen == SHOWN


@pytest.mark.parametrize(
    ("day", "shade"),
    [
        (Day(TODAY), Shade.UNSEEN),
        (Day(TODAY, no_data=48), Shade.UNSEEN),
        (Day(TODAY, ok=1), Shade.ANSWERED),
        (Day(TODAY, ok=45, bad=3), Shade.ANSWERED),
        (Day(TODAY, ok=40, bad=8), Shade.DOUBTFUL),
        (Day(TODAY, bad=1), Shade.DOUBTFUL),
        (Day(TODAY, ok=48, down=1), Shade.DOWN),
        (Day(TODAY, bad=48, down=86_400), Shade.DOWN),
    ],
)
def test_a_day_is_shown_as_what_was_seen_on_it(day, shade):
    assert columns([day], TODAY)[-1].shade is shade


def test_the_sum_counts_looks_that_told_something_and_the_time_of_outages():
    told = summed(columns([Day(TODAY, 10, 2, 7, 60), Day(TODAY - timedelta(days=1), 3, 0, 1, 0)], TODAY))
    assert (told.looks, told.seconds_down, told.down, told.answered, told.unseen) == (15, 60, 1, 1, 28)
