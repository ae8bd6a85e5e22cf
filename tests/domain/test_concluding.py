"""When a form is called down, and when it answers again (DESIGN promise 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.concluding import Change, Hints, Pause, conclude
from bot.domain.incidents import Cause, Correction, Proof
from bot.domain.statuses import Condition
from bot.rendering.messages import renderer
from tests.domain.watching import KINDS, Story, at, look

BAD = ("gone", "moved", "silent", "certificate", "error", "platform")
NO_DATA = ("wall", "blind", "alike")
GOOD = ("good", "login")


def down(kind="gone"):
    """Two networks have seen it fail since minute 10; sure at minute 16."""
    return Story().see(0, "good", proxy="good").all_see((10, 13, 16), kind)


def test_without_a_look_nothing_is_said():
    story = Story().at(0)
    assert story.condition is Condition.UNSEEN
    assert "no look within 24 hours" in story.explained


def test_a_good_look_is_said_with_its_time_and_place():
    status = Story().see(0, "good").at(5).last.status
    assert (status.condition, status.as_of, status.since, status.networks) == (
        Condition.ANSWERS,
        at(0),
        at(0),
        ("direct",),
    )


def test_a_login_is_said_as_a_login():
    assert Story().see(0, "login").condition is Condition.ASKS_LOGIN


def test_a_login_outvotes_nobody_who_saw_the_form():
    assert Story().see(0, "good", proxy="login").condition is Condition.ANSWERS


def test_one_bad_look_is_only_checked():
    story = Story().see(0, "good").see(30, "gone")
    assert story.condition is Condition.CHECKING
    assert story.last.status.since == at(30)
    assert story.changes == []


@pytest.mark.parametrize("kind", BAD)
def test_two_networks_that_see_it_fail_make_it_down_from_their_first_bad_look_on(kind):
    story = down(kind)
    assert story.changes == [Change.OPENED]
    assert story.condition is Condition.DOWN
    assert (story.open.started_at, story.open.proof) == (at(10), Proof.NETWORKS)
    assert story.open.networks == ("direct", "proxy:DE")


def test_it_is_sure_with_the_second_look_of_both_networks_and_not_before():
    story = Story().see(10, "gone", proxy="gone")
    assert story.changes == []
    assert story.see(13, "gone", proxy="gone").open.confirmed_at == at(13)


def test_three_of_five_are_enough():
    story = Story().see(0, "gone").see(3, "gone", proxy="gone").see(6, "good", proxy="gone").see(9, "gone")
    assert story.open.proof is Proof.NETWORKS


def test_one_network_alone_never_makes_it_down():
    story = Story()
    for minute in range(0, 24 * 60, 10):
        story.see(minute, "gone", proxy="good")
    assert story.changes == []
    assert story.condition is Condition.CHECKING
    assert "one network alone proves nothing" in story.explained


def test_one_vantage_alone_never_makes_it_down():
    story = Story()
    for minute in range(0, 300, 10):
        story.see(minute, "gone")
    assert story.changes == []


def test_an_odd_network_and_two_failures_of_another_are_no_outage():
    story = Story()
    for minute in range(0, 600, 10):
        story.see(minute, "good", proxy="gone")
    story.see(600, "silent", proxy="gone").see(603, "silent", proxy="gone")
    assert story.changes == []
    story.see(606, "silent", proxy="gone")
    assert story.open.started_at == at(600), "three of its own do, and the start is theirs"
    assert story.open.looks == 6


def test_inside_a_country_two_networks_are_enough_though_others_see_it_well():
    story = Story(Hints(inside=frozenset({"proxy:DE", "service:DE"})))
    for minute in (0, 3, 6):
        story.see(minute, "good", proxy="gone", service="gone")
    assert story.open.networks == ("proxy:DE", "service:DE")
    assert story.last.status.from_inside


def test_from_outside_it_is_not_said_to_be_seen_from_inside():
    assert not Story(Hints(inside=frozenset({"proxy:DE"}))).see(0, "good").last.status.from_inside


@pytest.mark.parametrize("people", [0, 2])
def test_one_network_and_too_few_people_are_not_enough(people):
    assert Story(Hints(people=people)).see(0, "gone").see(3, "gone").see(6, "gone").changes == []


def test_one_network_and_three_people_are():
    story = Story(Hints(people=3)).see(0, "gone").see(3, "gone")
    assert story.changes == []
    assert story.see(6, "gone").open.proof is Proof.PEOPLE


def test_a_login_seen_elsewhere_does_not_outvote_people():
    story = Story(Hints(people=3))
    for minute in (0, 3, 6):
        story.see(minute, "gone", proxy="login")
    assert story.open.proof is Proof.PEOPLE


def test_the_form_itself_seen_elsewhere_does():
    story = Story(Hints(people=1000))
    for minute in (0, 3, 6, 9):
        story.see(minute, "gone", proxy="good")
    assert story.changes == []


@pytest.mark.parametrize("kind", [*GOOD, *NO_DATA])
def test_reports_alone_never_make_it_down(kind):
    story = Story(Hints(people=1000, no_code=1000))
    for minute in range(0, 120, 5):
        story.see(minute, kind, proxy=kind)
    assert story.changes == []
    assert (story.last.status.reports, story.last.status.no_code) == (1000, 1000)
    assert "1000 people reported trouble" in story.explained


def test_missing_codes_never_make_it_down():
    story = Story(Hints(no_code=50)).see(0, "gone").see(3, "gone").see(6, "gone")
    assert story.changes == []
    assert "50 people wait for a code" in story.explained


def test_one_network_and_an_operator_for_whom_it_does_not_open_are_enough():
    story = Story(Hints(broken_for_operator=at(-5))).see(0, "gone").see(3, "gone").see(6, "gone")
    assert story.open.proof is Proof.OPERATOR
    assert "it did not open for an operator" in story.explained


@pytest.mark.parametrize("minute", [-120, 99])
def test_an_operator_who_met_it_long_before_or_in_the_future_is_not_counted(minute):
    story = Story(Hints(broken_for_operator=at(minute))).see(0, "gone").see(3, "gone").see(6, "gone")
    assert story.changes == []


def test_an_operator_who_opened_it_since_makes_bad_looks_start_anew():
    story = Story().see(0, "gone", proxy="gone").hint(opened_by_operator=at(2))
    assert story.see(3, "gone", proxy="gone").changes == []
    assert "an operator opened it, logged in" in story.explained
    assert story.see(6, "gone", proxy="gone").changes == [Change.OPENED]


def test_an_operator_who_opened_it_outvotes_people():
    hints = Hints(people=9, opened_by_operator=at(-60), broken_for_operator=at(-90))
    assert Story(hints).see(0, "gone").see(3, "gone").see(6, "gone").changes == []


def test_the_later_word_of_an_operator_holds():
    hints = Hints(opened_by_operator=at(-60), broken_for_operator=at(-10))
    assert Story(hints).see(0, "gone").see(3, "gone").see(6, "gone").open.proof is Proof.OPERATOR


@pytest.mark.parametrize("kind", NO_DATA)
def test_no_data_moves_nothing(kind):
    story = Story().see(0, "good", proxy="good")
    story.all_see((3, 6, 9), kind).all_see((12,), "gone").all_see((15, 18), kind)
    assert story.changes == []
    assert story.all_see((21,), "gone").changes == [Change.OPENED]
    story.all_see((24, 27, 30), kind).see(33, "good")
    assert story.changes == [Change.OPENED]
    assert story.see(36, kind).changes == [Change.OPENED]
    assert story.see(39, "good").changes == [Change.OPENED, Change.ENDED]


def test_rare_failures_behind_a_wall_never_add_up():
    story = Story(Hints(people=1000))
    for minute in range(0, 24 * 60, 5):
        story.see(minute, "silent" if minute % 100 == 0 else "wall", proxy="silent" if minute % 95 == 0 else "wall")
    assert story.changes == []


def test_a_network_that_has_long_been_silent_proves_nothing():
    story = Story().see(0, "gone").see(3, "gone")
    for minute in (200, 203, 206):
        story.see(minute, proxy="gone")
    assert story.changes == []


def test_a_bad_look_before_a_long_silence_is_another_matter():
    story = Story().see(0, "gone", proxy="gone").see(200, "gone", proxy="gone").see(203, "gone", proxy="gone")
    assert story.open.started_at == at(200)


def test_one_lucky_good_look_closes_nothing():
    story = down().see(20, "good").see(23, "gone", proxy="gone")
    assert story.changes == [Change.OPENED]
    assert story.condition is Condition.DOWN


def test_two_good_looks_in_a_row_end_it_at_the_first():
    story = down().see(30, "good").see(33, "good")
    assert story.changes == [Change.OPENED, Change.ENDED]
    assert story.past[0].ended_at == at(30)
    assert (story.condition, story.last.status.since, story.last.status.incident) == (Condition.ANSWERS, at(30), None)
    assert story.at(34).condition is Condition.ANSWERS


def test_the_good_looks_of_two_networks_count_together():
    assert down().see(30, "login", proxy="good").past[0].ended_at == at(30)


def test_a_network_that_never_saw_it_fail_does_not_end_it():
    story = Story()
    for minute in (0, 3, 6, 9, 12):
        story.see(minute, "good", proxy="gone", service="gone")
    assert story.see(15, "good").see(18, "good").changes == [Change.OPENED]


def test_it_does_if_those_that_saw_it_are_silent():
    story = Story()
    for minute in (0, 3, 6):
        story.see(minute, "good", proxy="gone", service="gone")
    for minute in range(10, 140, 10):
        story.see(minute, "good", proxy="blind", service="blind")
    assert story.changes == [Change.OPENED, Change.ENDED]


def test_bad_looks_are_used_up_by_the_end():
    story = down().all_see((30,), "good").see(33, "gone")
    assert story.changes == [Change.OPENED, Change.ENDED]
    assert story.condition is Condition.CHECKING


def test_an_operator_who_opened_it_counts_as_one_good_look():
    story = down().hint(opened_by_operator=at(25))
    assert story.see(26, "gone").changes == [Change.OPENED]
    story.hint(opened_by_operator=at(27)).at(28)
    assert story.changes == [Change.OPENED]
    assert story.see(30, "good").changes == [Change.OPENED, Change.ENDED]


def test_causes_are_kept_in_order_each_once():
    story = down("silent").see(20, "error").see(23, "error").see(26, "silent").see(29, "moved")
    assert story.open.causes == (Cause.CONNECTION, Cause.SERVER_ERROR, Cause.MOVED)
    assert story.changes == [Change.OPENED, Change.CAUSE, Change.CAUSE]


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        ("gone", Cause.GONE),
        ("moved", Cause.MOVED),
        ("silent", Cause.CONNECTION),
        ("certificate", Cause.CERTIFICATE),
        ("error", Cause.SERVER_ERROR),
        ("platform", Cause.PLATFORM_DOWN),
    ],
)
def test_each_cause_has_its_name(kind, cause):
    assert down(kind).open.causes == (cause,)


def test_bad_looks_and_networks_are_counted_on():
    story = down()
    sure = story.open.looks
    story.see(20, "gone", service="gone").see(23, "gone", service="gone")
    assert story.open.looks == sure + 1 + 2, "a third network counts once it has seen it twice"
    assert story.open.networks == ("direct", "proxy:DE", "service:DE")
    assert (story.open.last_bad_at, story.last.status.bad_looks) == (at(23), story.open.looks)


def test_without_a_look_for_long_the_status_is_old_and_the_incident_stays():
    story = down().at(16 + 6 * 60 + 1)
    assert story.condition is Condition.UNSEEN
    assert (story.last.status.incident, story.last.status.as_of) == (1, at(16))
    assert story.open.is_open


def test_if_nothing_was_seen_for_long_the_end_is_the_last_bad_look():
    story = down()
    late = 16 + 9 * 60
    story.see(late, "good").see(late + 3, "good")
    assert story.past[0].ended_at == at(16)


def test_the_end_of_an_incident_older_than_the_looks_is_found():
    story = down().see(60 * 30, "gone").see(60 * 30 + 5, "good").see(60 * 30 + 8, "good")
    assert story.past[0].ended_at == at(60 * 30 + 5)


def test_an_incident_kept_without_its_last_bad_look_can_end():
    story = down()
    story.open = replace(story.open, last_bad_at=None)
    story.see(30, "good").see(33, "good")
    assert story.past[0].ended_at == at(30)


def test_a_form_that_goes_to_and_fro_is_called_unstable_until_it_is_calm():
    story = Story()
    for hour in range(3):
        story.all_see((hour * 60, hour * 60 + 3), "gone").all_see((hour * 60 + 30,), "good")
    assert story.changes == [Change.OPENED, Change.ENDED] * 2 + [Change.OPENED]
    assert story.condition is Condition.UNSTABLE
    story.all_see((160, 170), "gone").all_see((180, 190), "good")
    assert (story.condition, len(story.changes)) == (Condition.UNSTABLE, 5)
    story.all_see(range(200, 301, 20), "good")
    assert story.changes[-1] is Change.ENDED
    assert story.past[-1].ended_at == at(180)


def test_false_alarms_are_not_counted_as_flapping():
    story = Story()
    for hour in range(2):
        story.all_see((hour * 60, hour * 60 + 3), "gone").correct(hour * 60 + 4, Correction.MEASUREMENT)
        story.all_see((hour * 60 + 30, hour * 60 + 33), "good")
    assert story.all_see((120, 123), "gone").condition is Condition.DOWN


def test_what_was_called_a_false_alarm_stays_one_until_it_was_seen_well():
    story = down().correct(18, Correction.OUR_NETWORK)
    story.all_see(range(20, 60, 3), "gone")
    assert story.changes == [Change.OPENED]
    assert story.condition is Condition.CHECKING
    story.all_see((60,), "good").all_see((63, 66), "gone")
    assert story.changes == [Change.OPENED, Change.OPENED]


def test_a_pause_wins_at_once_and_freezes():
    story = Story().all_see((0,), "gone").hint(pause=Pause(None, None, at(1), at(60))).all_see((3, 6, 9), "gone")
    assert (story.condition, story.last.status.since, story.changes) == (Condition.PAUSED, at(1), [])
    story.all_see((61,), "gone")
    assert (story.condition, story.changes) == (Condition.CHECKING, []), "it starts afresh"
    assert story.all_see((64,), "gone").open.started_at == at(61)


def test_an_open_incident_is_frozen_by_a_pause():
    story = down()
    before = story.open
    story.hint(pause=Pause("form", "DE", at(20), at(60))).all_see((25, 30), "good").all_see((40,), "gone")
    assert story.open == before
    story.see(61, "good")
    assert story.open
    assert story.see(64, "good").past[0].ended_at == at(61)


@pytest.mark.parametrize("hours", [0, 5])
def test_a_form_that_never_differed_from_its_decoy_is_unjudgeable_from_there(hours):
    status = Story().see(0, "alike").at(hours * 60).last.status
    assert (status.condition, status.networks, status.as_of) == (Condition.UNJUDGEABLE, ("direct",), None)


def test_where_another_network_can_judge_it_it_is_judged():
    assert Story().see(0, "alike", proxy="login").condition is Condition.ASKS_LOGIN


def test_a_wall_for_days_leaves_it_unseen():
    story = Story().see(0, "good").all_see(range(10, 1000, 30), "wall")
    assert story.condition is Condition.UNSEEN
    assert "a wall against programs" in story.explained


def test_only_bad_looks_that_do_not_count_are_still_being_checked():
    story = Story(Hints(opened_by_operator=at(5))).see(0, "gone").at(6)
    assert (story.condition, story.last.status.since) == (Condition.CHECKING, None)


def test_a_clock_that_was_set_back_ends_nothing_by_looks_of_before():
    story = Story().all_see((0, 10), "good").all_see((190, 193), "gone")
    assert story.see(20, "gone").changes == [Change.OPENED]
    assert story.see(23, "good").see(26, "good").changes == [Change.OPENED, Change.ENDED]
    assert story.past[0].ended_at >= story.past[0].started_at


def test_a_clock_that_ran_a_year_ahead_locks_nothing_for_a_year():
    year = 365 * 24 * 60
    story = Story().all_see((year, year + 3), "gone").all_see((0,), "good")
    assert story.changes == [Change.OPENED, Change.ENDED]
    assert story.all_see((20, 23), "gone").changes[-1] is Change.OPENED


def test_incidents_from_the_future_and_words_from_there_change_nothing():
    story = Story(Hints(opened_by_operator=at(9999)))
    story.past = [replace(down().open, ended_at=at(9999)), replace(down().open, corrected_at=at(9999))]
    assert story.all_see((0, 3), "gone").changes == [Change.OPENED]


def test_the_explanation_says_how_often_from_where_since_when_and_what():
    story = down()
    assert "6 bad in a row since 1 Mar 2027, 12:10, from direct, proxy:DE" in story.explained
    assert "control page: fine each time" in story.explained
    assert "what was seen: not found" in story.explained
    assert story.explained.endswith("therefore: not reachable")


def test_the_explanation_says_that_the_whole_platform_fails():
    assert "control page: fails too" in down("platform").explained


def test_doubt_is_over_after_two_good_looks():
    story = Story().see(0, "gone").see(3, "good")
    assert story.condition is Condition.CHECKING
    assert story.see(6, "good").condition is Condition.ANSWERS


def test_doubt_is_over_when_the_network_that_had_it_has_long_been_silent():
    story = Story().see(0, "good", proxy="gone").see(60, "good")
    assert story.condition is Condition.CHECKING
    assert story.see(121, "good").condition is Condition.ANSWERS


def test_a_network_whose_last_look_was_good_does_not_see_it():
    story = Story().see(0, "gone").see(3, "gone").see(6, "good", proxy="gone").see(9, "wall", proxy="gone")
    assert story.changes == []


def test_two_networks_are_outvoted_by_three_that_see_it_well():
    story = Story()
    for minute in range(0, 60, 3):
        story.see(minute, "good", one="good", other="good", proxy="gone", service="gone")
    assert story.changes == []


def test_an_operator_who_opened_it_the_day_before_outvotes_nobody():
    hints = Hints(people=3, opened_by_operator=at(-25 * 60))
    assert Story(hints).see(0, "gone").see(3, "gone").see(6, "gone").open.proof is Proof.PEOPLE


def test_another_network_that_sees_it_well_does_not_lift_a_correction():
    story = down().correct(18, Correction.MEASUREMENT)
    for minute in range(20, 60, 3):
        story.see(minute, "gone", service="good", proxy="gone")
    assert story.changes == [Change.OPENED]


def test_an_outage_that_is_seen_while_the_clock_is_set_back_begins_no_later_than_it_is_sure():
    story = Story().all_see((190,), "gone").all_see((20,), "gone")
    assert story.open.started_at == story.open.confirmed_at == at(20)


def test_one_network_that_still_sees_it_fail_keeps_it_open():
    story = Story()
    for minute in (0, 3, 6):
        story.see(minute, "good", proxy="gone", service="gone")
    for minute in range(10, 200, 10):
        story.see(minute, "good", proxy="gone", service="blind")
    assert story.changes == [Change.OPENED]


def test_a_single_network_that_sees_it_fail_for_long_after_the_others_does_not():
    story = down()
    for minute in range(20, 140, 10):
        story.see(minute, "good", proxy="gone")
    assert story.changes == [Change.OPENED]
    story.see(141, "good", proxy="gone")
    assert (story.changes, story.past[0].ended_at) == ([Change.OPENED, Change.ENDED], at(20))
    for minute in range(150, 400, 10):
        story.see(minute, "good", proxy="gone")
    assert len(story.changes) == 2


def test_a_silent_network_does_not_help_the_single_one():
    story = Story()
    for minute in (0, 3):
        story.see(minute, "gone", proxy="gone", service="gone")
    for minute in range(10, 140, 10):
        story.see(minute, "good", service="gone")
    assert (story.changes, story.past[0].ended_at) == ([Change.OPENED, Change.ENDED], at(10))


def test_a_word_from_the_future_is_no_good_look():
    assert down().hint(opened_by_operator=at(9999)).see(30, "good").changes == [Change.OPENED]


def test_another_network_in_trouble_does_not_shift_the_end():
    story = down().see(30, "good", service="gone").see(33, "good")
    assert story.last.status.since == story.past[0].ended_at == at(30)


@pytest.mark.parametrize(
    "change", [{"corrected_at": at(-10)}, {"ended_at": at(-25 * 60)}], ids=["corrected", "ended long ago"]
)
def test_only_outages_of_the_last_day_that_were_some_make_it_unstable(change):
    story = Story()
    before = replace(down().open, started_at=at(-200), ended_at=at(-100))
    story.past = [replace(before, **change)] * 2
    story.all_see((0,), "good")
    assert story.all_see((3, 6, 9), "gone").condition is Condition.DOWN


def test_looks_of_more_than_a_day_ago_are_not_counted():
    assert "no look within 24 hours" in Story().all_see((0, 3), "good").at(25 * 60).explained


def test_what_answered_today_is_not_called_unjudgeable():
    assert Story().see(0, "good").all_see(range(10, 430, 30), "alike").condition is Condition.UNSEEN


def test_that_it_was_unjudgeable_grows_old_too():
    assert Story().see(0, "alike").at(7 * 60).condition is Condition.UNSEEN


def test_the_look_that_is_shown_is_the_one_that_saw_most():
    status = Story().see(0, "good").see(3, proxy="login").last.status
    assert (status.seen.vantage, status.as_of, status.networks) == ("direct", at(0), ("direct",))


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("other", ["good", "gone", "wall"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_step_has_words_in_every_language(kind, other, language):
    hints = Hints(people=2, no_code=1, opened_by_operator=at(2), broken_for_operator=at(1))
    story = Story(hints).all_see((0, 3), "good")
    for minute in (10, 13, 16):
        story.see(minute, kind, proxy=other)
    assert all(renderer(language).reasoned(story.last.status.explanation, "Europe/Berlin"))


def test_looks_of_the_store_are_explained_without_their_steps():
    looks = [replace(look(0, "gone"), explanation=())]
    status = conclude("form", "DE", looks, None, (), Hints(), at(0)).status
    [last] = [each for each in status.explanation if each.name == "last"]
    assert (last.values["verdict"], last.values["reason"]) == ("gone", "not_found")


def test_without_numbers_looks_are_taken_in_the_order_given():
    assert Story(ids=False).all_see((0, 3), "gone").changes == [Change.OPENED]


kinds = st.sampled_from(sorted(KINDS))
rounds = st.lists(st.tuples(st.integers(1, 200), kinds, kinds), max_size=40)


def told(steps, hints=None):
    story, minute = Story(hints or Hints()), 0
    for gap, direct, proxy in steps:
        minute += gap
        yield story.see(minute, direct, proxy=proxy)


@given(rounds, st.integers(0, 5))
def test_whatever_is_seen_the_record_holds_together(steps, people):
    for story in told(steps, Hints(people=people)):
        incident = story.last.incident
        assert (story.last.change is Change.NONE) or incident
        if incident:
            assert incident.started_at <= incident.confirmed_at <= at(10**6)
            assert incident.ended_at is None or incident.ended_at >= incident.started_at
            assert len(set(incident.causes)) == len(incident.causes) > 0
            assert incident.looks >= 3
            assert len(incident.networks) >= (2 if incident.proof is Proof.NETWORKS else 1)
        if story.condition is Condition.DOWN:
            assert story.open
        assert story.last.status.explanation[-1].name == "therefore"


@given(rounds)
def test_changes_alternate(steps):
    changes = []
    for story in told(steps):
        changes = [change for change in story.changes if change is not Change.CAUSE]
    assert all(change is (Change.ENDED if place % 2 else Change.OPENED) for place, change in enumerate(changes))


@given(st.lists(st.tuples(st.integers(1, 60), kinds, st.sampled_from(["good", "login", *NO_DATA])), max_size=40))
def test_one_network_never_makes_it_down_whatever_it_sees(steps):
    for story in told(steps):
        assert story.changes == []


@given(rounds, st.integers(0, 39), st.sampled_from(NO_DATA))
def test_a_look_without_data_changes_no_incident(steps, place, kind):
    stories = list(told(steps[: place + 1]))
    if not stories:
        return
    story = stories[-1]
    minute = (story.looks[-1].at - at(0)) / timedelta(minutes=1)
    before = (story.open, story.changes[:])
    story.see(minute, kind)
    assert (story.open, story.changes) == before
