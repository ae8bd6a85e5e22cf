"""What operators decide, and when they are told: pure rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcing import Announcement, Approval, Line
from bot.domain.desk import Matter, Said, news_of
from bot.domain.forms import Service
from bot.domain.incidents import Cause
from bot.domain.orders import Decide, Decision, decided

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
JONAS, ADA = "jonas", "ada"
OPEN = (Line(1, "AT", NOON, Cause.GONE, 4, 2),)
OVER = (replace(OPEN[0], until=NOON + MINUTE),)


def after(*orders, second=True, approval=Approval.ASKED):
    first = ""
    for who, decision in orders:
        approval, first = decided(approval, first, Decide(1, decision, second=second), who)
    return approval


def matter(approval, lines=OPEN, **more):
    return Matter(Announcement(1, Service.FACEBOOK, NOON, approval, lines), **more)


def told(one, minutes=0, *, quiet=False):
    return news_of(one, NOON + minutes * MINUTE, quiet=quiet)


def test_two_different_people_are_needed_if_two_are_asked_for():
    assert after((JONAS, Decision.YES)) is Approval.HALF
    assert after((JONAS, Decision.YES), (JONAS, Decision.YES)) is Approval.HALF
    assert after((JONAS, Decision.YES), (ADA, Decision.YES)) is Approval.YES
    assert after((JONAS, Decision.YES), second=False) is Approval.YES


def test_after_a_hold_both_are_needed_anew():
    held = ((JONAS, Decision.YES), (ADA, Decision.HOLD))
    assert after(*held) is Approval.HELD
    assert after(*held, (ADA, Decision.YES)) is Approval.HALF
    assert after(*held, (ADA, Decision.YES), (JONAS, Decision.YES)) is Approval.YES


def test_what_is_told_can_be_stopped_and_told_on():
    assert after((JONAS, Decision.YES), (ADA, Decision.STOP), second=False) is Approval.STOPPED
    stopped = ((JONAS, Decision.STOP), (JONAS, Decision.YES), (ADA, Decision.YES))
    assert after(*stopped, approval=Approval.YES) is Approval.YES
    assert after((JONAS, Decision.STOP)) is Approval.ASKED, "nothing was being told"


def test_until_two_want_to_tell_on_it_stays_stopped():
    """Some groups know of it: it is not undecided."""
    one = ((JONAS, Decision.STOP), (JONAS, Decision.YES))
    assert after(*one, approval=Approval.YES) is Approval.STOPPED
    assert after(*one, (JONAS, Decision.YES), approval=Approval.YES) is Approval.STOPPED


def test_that_a_second_yes_to_telling_on_is_missing_is_told_once():
    half = matter(Approval.STOPPED, first="me", said=Said.ASKED, said_at=NOON, wanted=3, posted=1)
    assert told(half) is Said.HALF
    assert told(replace(half, said=Said.HALF)) is None
    assert told(replace(half, first="")) is None


ORDERS = st.lists(st.tuples(st.sampled_from([JONAS, ADA]), st.sampled_from(Decision)), max_size=8)


@given(ORDERS, st.booleans())
def test_no_order_of_one_person_alone_tells_groups_where_two_are_asked_for(orders, second):
    alone = [(JONAS, decision) for _, decision in orders]
    assert after(*alone, second=True) is not Approval.YES
    if (JONAS, Decision.NO) in orders and not {Decision.YES} & {decision for _, decision in orders}:
        assert after(*orders, second=second) is not Approval.YES


@given(ORDERS)
def test_our_fault_is_final(orders):
    assert after((JONAS, Decision.NO), *orders) is Approval.NO


def test_a_new_announcement_is_asked_about_at_once_even_at_night():
    assert told(matter(Approval.ASKED), quiet=True) is Said.ASKED


@pytest.mark.parametrize("approval", [Approval.ASKED, Approval.HELD, Approval.HALF])
def test_undecided_it_is_asked_again_after_half_an_hour_but_not_at_night(approval):
    said = Said.HALF if approval is Approval.HALF else Said.ASKED
    one = matter(approval, said=said, said_at=NOON)
    assert told(one, 29) is None
    assert told(one, 30) is said
    assert told(one, 30, quiet=True) is None


def test_that_one_said_yes_is_told_once():
    assert told(matter(Approval.HALF, said=Said.ASKED, said_at=NOON), 1) is Said.HALF
    assert told(matter(Approval.HALF, said=Said.HALF, said_at=NOON), 1) is None


def test_that_every_group_is_told_is_told_once():
    assert told(matter(Approval.YES, said=Said.ASKED, wanted=3, posted=1, settled=2)) is None
    assert told(matter(Approval.YES, said=Said.ASKED, wanted=3, posted=2, settled=3)) is Said.TOLD
    assert told(matter(Approval.YES, said=Said.TOLD, wanted=3, posted=2, settled=3)) is None


def test_that_it_is_over_is_told_once_to_who_heard_of_it():
    assert told(matter(Approval.ASKED, OVER, said=Said.ASKED, said_at=NOON), 1) is Said.OVER
    assert told(matter(Approval.YES, OVER, said=Said.TOLD, wanted=3, posted=3, settled=3)) is Said.OVER
    assert told(matter(Approval.YES, OVER, said=Said.OVER, wanted=3, posted=3)) is None
    assert told(matter(Approval.ASKED, OVER)) is None
    assert told(matter(Approval.NO, OVER, said=Said.ASKED)) is None, "they said themselves that it was none"
