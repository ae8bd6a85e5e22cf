"""The pace is held against the limits that the sandbox plays: whoever keeps it is never refused."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.limits import Limits
from bot.telegram.pacing import A_SECOND, BURST, RESERVE, Pace

ANNA, BERND, CLARA = 1, 2, 3


def test_five_messages_go_at_once_then_one_a_second():
    pace, times, now = Pace(), [], 100.0
    while len(times) < 9:
        now = pace.resting(now).get(ANNA, now)
        pace.sent(ANNA, now)
        times.append(now - 100)
    assert times == [0, 0, 0, 0, 0, 1, 2, 3, 4]


def test_after_a_rest_five_go_again():
    pace = Pace()
    for _ in range(BURST):
        pace.sent(ANNA, 100)
    assert ANNA in pace.resting(100)
    for _ in range(BURST):
        assert ANNA not in pace.resting(110)
        pace.sent(ANNA, 110)
    assert ANNA in pace.resting(110)


def test_one_chat_waits_only_for_itself():
    pace = Pace()
    for _ in range(BURST):
        pace.sent(ANNA, 100)
    assert set(pace.resting(100)) == {ANNA}
    assert pace.resting(101) == {}


def test_bulk_keeps_a_reserve_and_takes_what_answers_left():
    pace = Pace()
    assert pace.bulk_slots(100) == A_SECOND - RESERVE == 28
    for chat in range(20):
        pace.sent(chat, 100)
    assert pace.bulk_slots(100.5) == 8
    for chat in range(20):
        pace.sent(100 + chat, 100.6)
    assert pace.bulk_slots(100.7) == 0
    assert pace.bulk_slots(101.1) == 8
    assert pace.bulk_slots(102) == 28


def test_a_refused_chat_stops_alone():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    assert pace.resting(120) == {ANNA: 130}
    assert pace.bulk_slots(120) == 28
    assert pace.resting(130) == {}


def test_a_chat_refused_twice_stops_nobody_else():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    pace.refused(ANNA, 30, 100.5)
    assert pace.bulk_slots(101) == 28


def test_two_chats_refused_within_a_second_stop_the_bulk_lanes():
    pace = Pace()
    pace.refused(ANNA, 5, 100)
    pace.refused(BERND, 8, 100.9)
    assert pace.bulk_slots(101) == 0
    assert pace.bulk_slots(108.8) == 0
    assert pace.bulk_slots(108.9) == 28


def test_two_chats_refused_at_other_times_stop_nothing():
    pace = Pace()
    pace.refused(ANNA, 5, 100)
    pace.refused(BERND, 5, 102)
    assert pace.bulk_slots(102) == 28
    assert set(pace.resting(102)) == {ANNA, BERND}


def test_a_shorter_pause_never_shortens_a_longer_one():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    pace.refused(ANNA, 1, 101)
    assert pace.resting(102) == {ANNA: 130}


def test_the_memory_stays_flat():
    pace = Pace()
    for chat in range(25_000):
        pace.sent(chat, chat / 20)
    assert len(pace._full_at) <= 10_001
    assert len(pace.resting(25_000 / 20)) < 100


@given(st.lists(st.tuples(st.floats(0, 0.4), st.sampled_from((ANNA, BERND, CLARA))), max_size=150))
def test_who_keeps_the_pace_is_never_refused(plan):
    pace, limits, now = Pace(), Limits(), 1000.0
    for pause, chat in plan:
        now = max(now + pause, pace.resting(now + pause).get(chat, 0))
        while pace.bulk_slots(now) == 0:
            now += 0.05
        limits.admit(chat, now + 1e-6)
        pace.sent(chat, now + 1e-6)
