"""When the service closes: two yeses where two are asked for, and nobody is told what is not so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.closing import (
    CallOff,
    Close,
    Closing,
    ClosingState,
    decided,
    is_to_be_told,
    known_of,
    may_be,
)
from bot.domain.people import Person

NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)
DAY = date(2026, 12, 31)
SOMEBODY = Person(7, "en", "UTC", since=NOW.date(), seen=NOW.date())
ANNOUNCED = Closing(DAY, ClosingState.ANNOUNCED, "", NOW)

orders = st.one_of(
    st.builds(Close, st.sampled_from([DAY, DAY + timedelta(days=7)]), st.booleans()),
    st.builds(CallOff, st.sampled_from([DAY, DAY + timedelta(days=7)])),
)
acts = st.lists(st.tuples(orders, st.sampled_from(["ada", "jonas"]), st.integers(0, 40)), max_size=12)


def test_one_yes_is_enough_where_one_is_asked_for():
    assert decided(None, Close(DAY), "ada", NOW) == ANNOUNCED


def test_two_yeses_are_those_of_two_people_to_the_same_day():
    half = decided(None, Close(DAY, second=True), "ada", NOW)
    assert half == Closing(DAY, ClosingState.HALF, "ada", NOW)
    assert decided(half, Close(DAY, second=True), "ada", NOW) == half
    other = DAY + timedelta(days=1)
    assert decided(half, Close(other, second=True), "jonas", NOW) == Closing(other, ClosingState.HALF, "jonas", NOW)
    assert decided(half, Close(DAY, second=True), "jonas", NOW) == ANNOUNCED


@pytest.mark.parametrize(("days", "fits"), [(6, False), (7, True), (366, True), (367, False)])
def test_the_day_lies_between_a_week_and_a_year_ahead(days, fits):
    assert may_be(NOW.date() + timedelta(days=days), NOW.date()) == fits
    assert (decided(None, Close(NOW.date() + timedelta(days=days)), "ada", NOW) is not None) == fits


def test_it_can_be_called_off_until_its_hour_and_not_after():
    off = decided(ANNOUNCED, CallOff(DAY), "ada", ANNOUNCED.at - timedelta(seconds=1))
    assert off
    assert off.state is ClosingState.CALLED_OFF
    assert decided(ANNOUNCED, CallOff(DAY), "ada", ANNOUNCED.at) == ANNOUNCED
    assert decided(ANNOUNCED, CallOff(DAY + timedelta(days=1)), "ada", NOW) == ANNOUNCED, "an older button"


def test_what_only_one_wanted_can_be_called_off():
    half = decided(None, Close(DAY, second=True), "ada", NOW)
    off = decided(half, CallOff(DAY), "jonas", NOW)
    assert off == Closing(DAY, ClosingState.CALLED_OFF, "", NOW, None, NOW), "some may wait to hear that it goes on"


def test_everybody_is_told_once_and_who_was_told_hears_once_that_it_goes_on():
    off = replace(ANNOUNCED, state=ClosingState.CALLED_OFF)
    assert is_to_be_told(SOMEBODY, ANNOUNCED)
    told = replace(SOMEBODY, closes=known_of(ANNOUNCED))
    assert not is_to_be_told(told, ANNOUNCED)
    assert is_to_be_told(told, off)
    assert not is_to_be_told(replace(told, closes=known_of(off)), off)
    assert not is_to_be_told(SOMEBODY, off), "who never heard of it"
    assert is_to_be_told(told, replace(ANNOUNCED, day=DAY + timedelta(days=30))), "another day is news"


@given(acts)
def test_whatever_operators_order_nothing_is_announced_by_one_who_asks_for_two_and_nothing_opens_again(ordered):
    closing, now = None, NOW
    for order, who, hours in ordered:
        before, now = closing, now + timedelta(hours=hours)
        closing = decided(before, order, who, now)
        over = before is not None and before.is_over(now)
        if over:
            assert closing == before, "what is over stays"
        if closing != before and closing and closing.is_announced:
            assert isinstance(order, Close)
            assert not order.second or (before and before.state is ClosingState.HALF and before.first != who)
            assert closing.first == "", "whose yes it was is not kept once it is decided"
