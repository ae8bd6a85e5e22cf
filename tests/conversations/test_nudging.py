"""What comes by itself, by the person's own clock: the pure engine, woken whenever it asked to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import FactKind, QuietHours
from bot.domain.deliveries import Lane
from conversations import nudging, registry
from tests.conversations.pure import Chat, sent


def test_a_sent_objection_is_asked_about_at_four_moments_and_kept_a_year():
    assert sent().wakes() == [
        ("2026-12-04 10:00", "nudge/confirmed"),
        ("2026-12-10 10:00", "nudge/confirmed"),
        ("2027-01-05 10:00", "nudge/month_over"),
        ("2027-01-12 10:00", "nudge/month_over"),
        ("2027-12-21 10:00", "nudge/expiry"),
    ]


def test_what_is_not_sent_is_asked_about_twice():
    chat = Chat().types("/start de_facebook").presses("app", "later")
    assert chat.wakes()[:2] == [("2026-12-04 10:00", "nudge/not_sent"), ("2026-12-10 10:00", "nudge/not_sent")]
    assert [screen for _, screen in chat.wakes()[2:]] == ["nudge/expiry"]


def test_who_never_began_hears_nothing():
    assert Chat().types("/start").wakes() == []
    assert Chat().types("/start").wake_at is None


def test_reminders_wait_behind_answers():
    assert sent().until_woken().turn.sayings[0].lane is Lane.REMINDER


def test_all_that_is_due_on_a_day_comes_in_one_message():
    chat = sent().types("/cases").presses("another", "instagram").types("Germany").presses("app", "form", "sent")
    woken = chat.until_woken()
    assert woken.screen == "nudge/several"
    assert woken.choices[:2] == ["c1", "c2"]
    assert woken.presses("c2").screen == "nudge/confirmed"
    assert woken.presses("c2").person.session.case == 2
    assert woken.is_woken().turn.sayings == (), "not twice a day"


def test_each_button_of_an_old_nudge_speaks_of_its_own_case():
    chat = sent().until_woken()
    old = chat.data
    other = chat.types("/cases").presses("another", "instagram").types("France").presses("app")
    answered = other.presses_data(next(data for data in old if ":no:" in data))
    assert answered.screen == "nudge/waiting"
    assert answered.person.session.case == 1
    assert answered.aside == ""


def test_a_nudge_for_a_case_that_is_gone_leads_on_kindly():
    chat = sent().until_woken()
    old = chat.data[0]
    gone = chat.types("/cases").presses("c1", "change", "remove", "yes").presses_data(old)
    assert (gone.screen, gone.aside) == ("start/hello", "old_button")


def test_at_night_nothing_is_said_and_in_the_morning_it_comes():
    chat = sent("CH").on("2026-12-04T02:10")
    assert chat.is_woken().turn.sayings == ()
    assert replace(chat, now=chat.wake_at).is_woken().local == "2026-12-04 10:00"
    late = chat.on("2026-12-04T21:30").is_woken()
    assert late.turn.sayings == ()
    assert replace(late, now=late.wake_at).local == "2026-12-05 10:00"


def test_after_downtime_a_nudge_comes_once_and_says_that_it_is_late():
    late = sent().on("2026-12-20T12:00").is_woken()
    assert late.shown["values"]["late"] is True
    late.reads("This comes late: I was not reachable.")
    assert [moment[:10] for moment, _ in late.wakes()] == ["2027-01-05", "2027-01-12", "2027-12-21"]


def test_what_is_told_on_its_day_is_not_late():
    assert sent().until_woken().shown["values"]["late"] is False


def test_who_blocked_the_bot_is_not_woken_until_they_are_back():
    chat = sent()
    blocked = replace(chat, person=replace(chat.person, blocked=True))
    assert blocked.wake_at is None
    assert blocked.on("2026-12-04T12:00").is_woken().turn.sayings == ()
    assert blocked.types("/start").wake_at is not None


def test_stop_means_stop_and_can_be_taken_back():
    stopped = sent().until_woken().presses("stop")
    assert [screen for _, screen in stopped.wakes()] == ["nudge/expiry"]
    again = stopped.types("/settings").presses("resume")
    assert again.wakes()[0] == ("2026-12-10 10:00", "nudge/confirmed")
    asked = stopped.presses("on")
    assert asked.wakes()[0] == ("2026-12-11 10:00", "nudge/confirmed")


def test_a_snooze_is_kept_to_the_day():
    assert sent().until_woken().presses("week").wakes()[0] == ("2026-12-11 10:00", "nudge/confirmed")


def test_the_notice_of_the_deletion_comes_once_whatever_is_pressed():
    chat = sent().presses("confirmed", "mail")
    noticed = chat.until_woken()
    assert noticed.local == "2027-12-21 10:00"
    noticed.reads("On Tue 4 January 2028 I erase everything I keep of you.")
    for choice in ("export", "delete"):
        assert noticed.presses(choice).types("/start").wakes() == []


def test_who_wants_to_be_kept_is_kept_and_told_again_a_year_later():
    kept = sent().presses("confirmed", "mail").until_woken().presses("keep")
    kept.reads("I keep it until Wed 20 December 2028.")
    assert kept.wakes() == [("2028-12-06 10:00", "nudge/expiry")]


def test_the_notice_can_be_read_again_after_a_step_back():
    noticed = sent().presses("confirmed", "mail").until_woken()
    back = noticed.presses("delete", "_back")
    back.reads("On Tue 4 January 2028 I erase everything I keep of you.")


def test_what_expires_before_anybody_could_be_told_is_not_announced():
    chat = sent().presses("confirmed", "mail").on("2029-01-01T12:00")
    assert chat.is_woken().turn.sayings == ()
    assert chat.wake_at == chat.now + nudging.NOT_AGAIN_BEFORE


def test_a_clock_moved_west_brings_no_second_message_on_one_day():
    chat = sent("CH").until_woken()
    west = replace(chat, person=replace(chat.person, zone="Pacific/Honolulu"))
    assert west.local[:10] == "2026-12-03"
    assert west.is_woken().turn.sayings == ()
    assert west.wake_at > west.now


def test_the_zone_that_was_chosen_stays():
    chat = (
        sent("PT")
        .types("/settings")
        .presses("clock")
        .types("Greece")
        .types("/settings")
        .presses("home")
        .types("Ireland")
    )
    assert chat.person.zone == "Europe/Athens"
    assert chat.wakes()[0] == ("2026-12-04 10:00", "nudge/confirmed")


@pytest.mark.parametrize("kind", [kind for kind in FactKind if kind is not FactKind.BEGUN])
def test_every_nudge_is_one_of_the_screens(kind):
    chat = sent()
    chat = replace(chat, person=chat.person.with_case(chat.case.with_fact(kind, today=chat.scene().today)))
    for _, screen in chat.wakes():
        assert screen in registry.STEPS
        assert registry.STEPS[screen].lasting


@settings(max_examples=60)
@given(
    st.sampled_from(["Europe/Lisbon", "Europe/Athens", "Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu"]),
    st.integers(0, 23),
    st.integers(0, 23),
    st.lists(st.sampled_from(["week", "stop", "no", "yes", "nothing", "on", ""]), max_size=12),
    st.integers(0, 60 * 24),
)
def test_nobody_is_woken_at_night_twice_a_day_or_without_end(zone, start, end, pressed, minutes):
    chat = sent().later(minutes=minutes)
    person = replace(chat.person, zone=zone, zone_chosen=True, quiet=QuietHours(start, end))
    chat, days, rounds = replace(chat, person=person), [], 0
    while chat.wake_at is not None:
        rounds += 1
        assert rounds < 60, days
        assert chat.wake_at > chat.now
        chat = replace(chat, now=chat.wake_at).is_woken()
        if chat.turn.sayings:
            days.append(chat.local[:10])
            hour = int(chat.local[11:13])
            assert not (start <= hour < end if start <= end else hour >= start or hour < end)
        if pressed and pressed[0] in chat.choices:
            chat = chat.presses(pressed.pop(0)).later(minutes=1)
        elif pressed:
            pressed.pop(0)
    assert len(set(days)) == len(days)
    assert len(days) <= 5 + 12
    assert chat.later(days=1).is_woken().turn.sayings == ()


def test_a_year_passes_without_a_wake_that_does_nothing():
    chat, idle = sent(), 0
    while chat.wake_at is not None:
        chat = replace(chat, now=chat.wake_at).is_woken()
        idle += not chat.turn.sayings
        chat = chat.later(minutes=0)
    assert idle == 0
    assert chat.now - sent().now < timedelta(days=400)
