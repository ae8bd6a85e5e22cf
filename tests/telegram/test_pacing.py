"""The pace is held against the limits that the sandbox plays: whoever keeps it is never refused."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.limits import Limits
from bot.telegram.pacing import A_MINUTE, A_SECOND, BURST, SPACING, Pace

ANNA, BERND, CLARA = 1, 2, 3
GROUP = -100
TRIP = 0.05


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


def test_bulk_is_spread_evenly_and_starts_at_once():
    pace = Pace()
    assert pace.bulk_in(100) <= 0
    say(pace, ANNA, 100)
    say(pace, BERND, 100)
    assert round(pace.bulk_in(100), 6) == round(SPACING, 6)
    assert pace.bulk_in(100 + SPACING) <= 0


def test_who_comes_late_takes_nothing_from_the_next():
    pace = Pace()
    for slot in range(10):
        assert pace.bulk_in(100 + slot * SPACING + 0.01) <= 0
        say(pace, slot, 100 + slot * SPACING + 0.01)


def test_bulk_waits_while_answers_fill_the_second():
    pace = Pace()
    for chat in range(A_SECOND):
        say(pace, chat, 100)
    assert pace.bulk_in(100.5) >= 0.5
    assert pace.bulk_in(101.001) <= 0.05


def test_an_answer_waits_a_slot_at_most_and_only_while_bulk_fills_the_second():
    pace, quiet = Pace(), Pace()
    for chat in range(A_SECOND):
        say(pace, chat, 100)
        quiet.departs(100, bulk=False)
    assert pace.answer_in(100.5) == SPACING
    assert 0 < pace.answer_in(100.99) < SPACING
    assert pace.answer_in(101.001) == 0
    assert quiet.answer_in(100.5) == 0


def test_what_is_in_the_air_counts_until_it_has_landed():
    pace = Pace()
    for _ in range(A_SECOND):
        pace.departs(100, bulk=True)
    assert pace.bulk_in(105) > 0
    pace.arrived(ANNA, 100, 105)
    assert pace.bulk_in(105) > 0
    assert pace.bulk_in(106.1) <= 0


def test_the_way_back_takes_half_the_quickest_round_trip_at_least():
    pace = Pace()
    for _ in range(A_SECOND):
        say(pace, ANNA, 100, trip=0.2)
    assert round(pace.bulk_in(100.5), 6) == round(0.2 - 0.1 + 1 - 0.5, 6)


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
    assert not pace._counted_until


@given(st.lists(st.tuples(st.floats(0, 0.4), st.sampled_from((ANNA, BERND, CLARA, GROUP))), max_size=150))
def test_who_keeps_the_pace_is_never_refused(plan):
    pace, limits, now = Pace(), Limits(), 1000.0
    for pause, chat in plan:
        now = max(now + pause, pace.resting(now + pause).get(chat, 0))
        now += max(0.0, pace.bulk_in(now))
        limits.admit(chat, now + 1e-6)
        say(pace, chat, now + 1e-6)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.1)), min_size=70, max_size=100))
def test_nor_is_a_broadcast_whose_trips_take_now_longer_and_now_shorter(trips):
    """A message reaches Telegram somewhere in the first half of its round trip."""
    pace, limits, now, landings, arrivals = Pace(), Limits(), 1000.0, [], []
    for chat, (share, late) in enumerate(trips):
        while (wait := _next(pace, landings, now)) > 0:
            now += wait
        pace.departs(now, bulk=True)
        arrivals.append((now + (TRIP + late) / 2 * share, chat))
        landings.append((now + TRIP + late, now, chat))
    for at, chat in sorted(arrivals):
        limits.admit(chat, at)


def _next(pace, landings, now):
    """Let land what has; how long until one more may go."""
    for landing in sorted(each for each in landings if each[0] <= now):
        landings.remove(landing)
        at, departed, chat = landing
        pace.arrived(chat, departed, at)
    wait = pace.bulk_in(now)
    return min([wait, *(at - now for at, _, _ in landings)]) if wait > 0 else 0
