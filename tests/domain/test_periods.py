"""Regulation 1182/71, with every example of facts §6b. The calendars are the real ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jurisdictions import Period, PeriodKind
from bot.domain.periods import end_of, extension_in_time, months_after, working_day_from
from bot.knowledge.holidays_calendar import days_off

MONTH = Period(PeriodKind.MONTHS, length=1, extended=3, article="Art. 12(3) GDPR")
WITHOUT_EXTENSION = Period(PeriodKind.MONTHS, length=3, extended=None, article="Art. 78(2) GDPR")
IRELAND, ENGLAND = days_off("IE"), days_off("GB-ENG")
DAYS = st.dates(date(2018, 1, 1), date(2060, 12, 31))
CALENDARS = st.sampled_from([IRELAND, ENGLAND])


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 3)),
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2026, 1, 30), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2019, 9, 10), date(2019, 10, 10)),
        (date(2026, 3, 5), date(2026, 4, 5)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_numbered_day_or_on_the_last_of_the_month(received, due):
    assert months_after(received, 1) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 25), date(2026, 12, 28)),  # Christmas Day, then the weekend
        (date(2027, 1, 1), date(2027, 2, 2)),  # St Brigid's
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2027, 2, 26), date(2027, 3, 26)),  # Good Friday is no public holiday
        (date(2027, 11, 27), date(2027, 12, 27)),  # no substitute day
        (date(2026, 12, 3), date(2027, 1, 4)),
        (date(2026, 12, 10), date(2027, 1, 11)),
        (date(2026, 12, 14), date(2027, 1, 14)),
    ],
)
def test_an_irish_month_ends_on_a_working_day(received, due):
    assert end_of(received, MONTH, IRELAND) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [(date(2027, 2, 26), date(2027, 3, 30)), (date(2027, 11, 27), date(2027, 12, 29))],
)
def test_an_english_month_knows_good_friday_and_substitute_days(received, due):
    assert end_of(received, MONTH, ENGLAND) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 30), date(2027, 3, 1)),
        (date(2026, 12, 3), date(2027, 3, 3)),
        (date(2029, 10, 31), date(2030, 1, 31)),  # one plus two months would end on the 30th
    ],
)
def test_an_extended_month_is_three_months_from_receipt(received, due):
    assert end_of(received, MONTH, IRELAND, extended=True) == due


def test_a_period_without_extension_stays_as_it_is():
    received = date(2027, 1, 19)
    assert end_of(received, WITHOUT_EXTENSION, IRELAND, extended=True) == date(2027, 4, 19)


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (date(2026, 12, 2), False),  # before the receipt
        (date(2026, 12, 3), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), True),  # the first month ends on this Monday
        (date(2027, 1, 5), False),
    ],
)
def test_an_extension_counts_only_if_told_within_the_first_month(told, counts):
    assert extension_in_time(date(2026, 12, 3), told, MONTH, IRELAND) is counts


def test_where_the_law_knows_no_extension_none_counts():
    assert not extension_in_time(date(2026, 12, 3), date(2026, 12, 4), WITHOUT_EXTENSION, IRELAND)


@given(DAYS, st.integers(1, 36))
def test_months_are_clamped_only_at_the_end_of_a_month(day, months):
    end = months_after(day, months)
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)
    assert (end.year - day.year) * 12 + end.month - day.month == months


@given(DAYS, CALENDARS, st.booleans())
def test_no_period_ends_before_its_months_or_on_a_day_off(received, calendar, extended):
    end = end_of(received, MONTH, calendar, extended=extended)
    assert end >= months_after(received, 3 if extended else 1)
    assert not calendar(end)


@given(DAYS, CALENDARS)
def test_every_day_that_a_period_was_moved_over_is_off(received, calendar):
    end, month = end_of(received, MONTH, calendar), months_after(received, 1)
    assert all(calendar(month + timedelta(days=passed)) for passed in range((end - month).days))


@given(DAYS, DAYS, CALENDARS, st.booleans())
def test_what_came_earlier_is_never_due_later(one, other, calendar, extended):
    first, second = sorted((one, other))
    ends = [end_of(received, MONTH, calendar, extended=extended) for received in (first, second)]
    assert ends == sorted(ends)


@given(DAYS)
def test_three_months_from_receipt_are_never_shorter_than_one_plus_two(received):
    assert months_after(received, 3) >= months_after(months_after(received, 1), 2)


@given(DAYS, CALENDARS)
def test_an_extension_never_shortens_a_period(received, calendar):
    assert end_of(received, MONTH, calendar, extended=True) > end_of(received, MONTH, calendar)


def test_a_working_day_is_not_moved():
    assert working_day_from(date(2026, 11, 23), IRELAND) == date(2026, 11, 23)
