"""The pace is held against the limits that the sandbox plays: whoever keeps it is never refused."""

from itertools import pairwise
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.sandbox.limits import Limits
from bot.telegram.pacing import A_MINUTE, A_SECOND, BURST, LATE, SECOND, SPACING, Pace
from tests.telegram.broadcasting import Broadcast

ANNA, BERND, CLARA = 1, 2, 3
GROUP = -100


def say(pace, chat, at, trip=0.0):
    pace.departs(at, bulk=True)
    pace.arrived(chat, at, at + trip)


def test_five_messages_go_at_once_then_one_a_second():
    pace, times, now = Pace(), [], 100.0
    while len(times) < 9:
        now = pace.resting(now).get(ANNA, now)
        say(pace, ANNA, now)
        times.append(now - 100)
    assert times == [0, 0, 0, 0, 0, 1, 2, 3, 4]


def test_after_a_rest_five_go_again():
    pace = Pace()
    for _ in range(BURST):
        say(pace, ANNA, 100)
    assert ANNA in pace.resting(100)
    for _ in range(BURST):
        assert ANNA not in pace.resting(110)
        say(pace, ANNA, 110)
    assert ANNA in pace.resting(110)


def test_one_chat_waits_only_for_itself():
    pace = Pace()
    for _ in range(BURST):
        say(pace, ANNA, 100)
    assert set(pace.resting(100)) == {ANNA}
    assert pace.resting(101) == {}


def test_a_group_takes_twenty_in_a_minute():
    pace, now = Pace(), 100.0
    for _ in range(A_MINUTE):
        now = pace.resting(now).get(GROUP, now)
        say(pace, GROUP, now)
    assert pace.resting(now) == {GROUP: 160}
    assert pace.resting(160) == {}


def test_a_private_chat_has_no_such_limit():
    pace = Pace()
    for each in range(A_MINUTE):
        say(pace, ANNA, 100 + each)
    assert pace.resting(100 + A_MINUTE) == {}


def test_bulk_is_spread_evenly():
    pace, now, times = Pace(), 100.0, []
    for chat in range(100):
        now += max(0.0, pace.bulk_in(now))
        say(pace, chat, now)
        times.append(now)
    assert all(abs(after - before - SPACING) < 1e-6 for before, after in pairwise(times))


def test_who_comes_late_takes_nothing_from_the_next():
    pace = Pace()
    say(pace, ANNA, 100)
    for slot in range(1, 10):
        assert pace.bulk_in(100 + slot * SPACING + 0.01) <= 0
        say(pace, slot, 100 + slot * SPACING + 0.01)


def test_bulk_waits_while_answers_fill_the_second():
    pace = Pace()
    for chat in range(A_SECOND):
        say(pace, chat, 100)
    assert pace.bulk_in(100.5) >= 0.5
    assert pace.bulk_in(101.001) <= 0.05


def test_an_answer_waits_only_while_bulk_fills_the_second():
    pace, quiet = Pace(), Pace()
    for chat in range(A_SECOND):
        say(pace, chat, 100)
        quiet.departs(100, bulk=False)
    assert (pace.answer_in(100.5) > 0, pace.answers(100.5, 64)) == (True, 0)
    assert (pace.answer_in(101.011) <= 0, pace.answers(101.011, 64)) == (True, 64)
    assert (quiet.answer_in(100.5) <= 0, quiet.answers(100.5, 64)) == (True, 64)


def test_as_many_answers_go_as_the_second_has_room_for():
    pace = Pace()
    for chat in range(A_SECOND - 3):
        say(pace, chat, 100)
    assert pace.answers(100.5, 64) == 3
    assert pace.answers(100.5, 2) == 2


def test_what_is_in_the_air_counts_until_it_has_landed():
    pace = Pace()
    for _ in range(A_SECOND):
        pace.departs(100, bulk=True)
    assert pace.bulk_in(105) > 0
    pace.arrived(ANNA, 100, 105)
    assert pace.bulk_in(105) > 0
    assert pace.bulk_in(106.1) <= 0


def test_what_took_longer_than_the_quickest_counts_so_much_longer():
    pace = Pace()
    say(pace, ANNA, 90, trip=0.2)
    for _ in range(A_SECOND):
        say(pace, ANNA, 100, trip=0.5)
    assert 0.3 - 0.02 <= pace.bulk_in(100.5) - (SECOND - 0.5) <= 0.3


def test_a_quick_refusal_is_no_quick_way():
    pace, refused = Pace(), Pace()
    for each in (pace, refused):
        say(each, ANNA, 90, trip=0.2)
        each.departs(95, bulk=True)
    refused.arrived(BERND, 95, 95.001, refused=True)
    pace.arrived(BERND, 95, 95.2)
    for each in (pace, refused):
        for _ in range(A_SECOND):
            say(each, ANNA, 100, trip=0.5)
    assert abs(pace.bulk_in(100.5) - refused.bulk_in(100.5)) < 0.01


def test_a_refused_chat_stops_alone():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    assert pace.resting(120) == {ANNA: 130}
    assert pace.bulk_in(120) <= 0
    assert pace.resting(130) == {}


def test_a_chat_refused_twice_stops_nobody_else():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    pace.refused(ANNA, 30, 100.5)
    assert pace.bulk_in(101) <= 0


def test_two_chats_refused_within_a_second_stop_the_bulk_lanes():
    pace = Pace()
    pace.refused(ANNA, 5, 100)
    pace.refused(BERND, 8, 100.9)
    assert pace.bulk_in(101) > 0
    assert pace.bulk_in(108.8) > 0
    assert pace.bulk_in(108.9) <= 0


def test_two_chats_refused_at_other_times_stop_nothing():
    pace = Pace()
    pace.refused(ANNA, 5, 100)
    pace.refused(BERND, 5, 102)
    assert pace.bulk_in(102) <= 0
    assert set(pace.resting(102)) == {ANNA, BERND}


def test_a_shorter_pause_never_shortens_a_longer_one():
    pace = Pace()
    pace.refused(ANNA, 30, 100)
    pace.refused(ANNA, 1, 101)
    assert pace.resting(102) == {ANNA: 130}


def test_the_memory_stays_flat():
    pace = Pace()
    for chat in range(25_000):
        say(pace, -chat, chat / 20)
    now = 25_000 / 20
    assert len(pace._full_at) <= 10_001
    assert len(pace._in_group) <= 10_001
    assert len(pace.resting(now)) < 100
    assert pace.bulk_in(now + 2) <= 0
    assert not pace._landed


@given(st.lists(st.tuples(st.floats(0, 0.4), st.sampled_from((ANNA, BERND, CLARA, GROUP))), max_size=150))
def test_who_keeps_the_pace_is_never_refused(plan):
    pace, limits, now = Pace(), Limits(), 1000.0
    for pause, chat in plan:
        now = max(now + pause, pace.resting(now + pause).get(chat, 0))
        now += max(0.0, pace.bulk_in(now))
        limits.admit(chat, now + 1e-6)
        say(pace, chat, now + 1e-6)


QUESTIONS = st.lists(st.floats(0, 4), max_size=25)
JITTER, STALL = st.floats(0, 0.01), st.floats(0, 0.01)


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(QUESTIONS, JITTER, STALL, st.integers())
def test_whoever_asks_during_a_broadcast_no_second_is_crowded_and_answers_go_first(asked, jitter, stall, seed):
    """Ways that take up to `jitter` longer each, a sender that wakes up to `stall` late."""
    told = Broadcast(Random(seed), jitter, stall).run(6, asked)
    assert told.fullest <= A_SECOND
    assert len(told.answered) == len(asked)
    late = 2 * jitter + stall
    few = [wait for wait, others in zip(told.waits, told.others, strict=True) if others <= 1]
    assert max(few, default=0) <= SPACING + late, "the first two answers in a second wait a slot at most"
    assert max(told.waits, default=0) <= 3 * SPACING + late, "more of them little longer than for each other"


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(st.floats(0, 0.8), QUESTIONS, JITTER, st.integers())
def test_a_way_that_opens_slowly_crowds_no_second(opening, asked, jitter, seed):
    """The first messages reach Telegram together, and how quick the way is shows only after them."""
    assert Broadcast(Random(seed), jitter, opening=opening).run(4, asked).fullest <= A_SECOND


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(QUESTIONS, JITTER, STALL, st.integers())
def test_a_broadcast_gets_what_answers_leave(asked, jitter, stall, seed):
    told = Broadcast(Random(seed), jitter, stall).run(20, asked)
    assert len(told.arrivals) >= 28.5 * 20


def test_a_machine_that_was_late_catches_up_a_little_and_no_more():
    pace = Pace()
    say(pace, ANNA, 100)
    late = 100 + 20 * SPACING
    made_up = 0
    while pace.bulk_in(late) <= 0:
        say(pace, BERND, late)
        made_up += 1
    assert made_up == round(LATE / SPACING)
