"""What a change of a watched page is, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.watched_pages import (
    ASKED_AGAIN,
    EVERY,
    ONCE_MORE,
    PageState,
    Ruling,
    after_reading,
    is_to_be_asked,
    is_to_be_told,
    next_reading,
    words_hash,
)
from tests.domain.test_judging import CONTROL, RULES, failed, page, redirect

URL = "https://www.facebook.com/privacy/genai"
WORDS = "<p>" + "How we use information for generative AI models and your rights. " * 6 + "Since 27 May 2025.</p>"
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def words_of(body=WORDS, control=CONTROL, **more):
    return words_hash(page(body=body, url=URL, **more), control, RULES)


def read(*words, state=None):
    """The state after readings, two hours apart."""
    state = state or PageState("genai")
    for number, each in enumerate(words):
        state = after_reading(state, each, NOON + number * 2 * HOUR)
    return state


def test_the_words_count_and_nothing_else_of_the_page():
    assert words_of() == words_of(f"<div id='a1'><script>x=7</script>{WORDS.upper()}</div><!-- 9 -->")
    assert words_of() == words_of(WORDS) != ""
    assert words_of(f"{WORDS} a1b2c3d4e5f6g7h8") == words_of(f"{WORDS} z9y8x7w6v5u4t3s2")
    assert words_of() != words_of(WORDS.replace("2025", "2027"))


@pytest.mark.parametrize(
    "seen",
    [
        failed(),
        page(403, WORDS),
        page(429, WORDS),
        page(500, WORDS),
        page(404, WORDS),
        page(200, f"You must log in to continue {WORDS}"),
        page(200, f'<form id="login_form"></form>{WORDS}'),
        page(200, f"Are you a robot? {WORDS}"),
        page(200, f"This content isn't available right now {WORDS}"),
        page(200, "<h1>AI at Meta</h1>"),
        page(200, WORDS, truncated=True),
        redirect("https://www.facebook.com/login/?next=x", url=URL),
        redirect("https://www.facebook.com/checkpoint/1", url=URL),
        redirect("https://elsewhere.example/", url=URL),
    ],
)
def test_a_login_a_wall_an_error_or_no_words_are_no_reading(seen):
    assert words_hash(seen, CONTROL, RULES) == ""


@pytest.mark.parametrize("control", [failed(), page(500), page(403), page(body=WORDS)])
def test_beside_a_control_page_that_fails_or_says_the_same_nothing_is_read(control):
    assert words_of(control=control) == ""


def test_the_first_words_are_no_change():
    assert read("a").never_read is False
    assert read("a", "a") == PageState("genai", "a", NOON, read_at=NOON + 2 * HOUR)


def test_a_page_that_never_gave_words_says_so():
    assert read("", "", "").never_read
    assert not read("", "a").never_read


def test_other_words_count_when_they_were_read_twice():
    known = read("a", "a")
    assert read("b", state=known).ruling is Ruling.NONE
    changed = read("b", "b", state=known)
    assert (changed.text, changed.ruling, changed.changes, changed.since) == ("b", Ruling.OPEN, 1, NOON)


@pytest.mark.parametrize("words", ["bcb", "bab", "b", "bc", "bcbc"])
def test_words_that_come_and_go_are_no_change(words):
    assert read(*words, state=read("a", "a")).changes == 0


def test_two_readings_in_one_hour_of_the_clock_are_one():
    state = read("a", "a")
    for minute in (1, 30, 59):
        state = after_reading(state, "b", NOON + timedelta(minutes=minute))
    assert state.changes == 0
    assert after_reading(state, "b", NOON + HOUR).changes == 1


def test_a_later_change_is_asked_and_told_anew():
    decided = replace(read("a", "a", "b", "b"), ruling=Ruling.NOBODY, asked_at=NOON, ruled_at=NOON, told_at=NOON)
    again = read("c", "c", state=decided)
    assert (again.changes, again.ruling, again.asked_at, again.told_at) == (2, Ruling.OPEN, None, None)


@given(st.lists(st.sampled_from(["", "a"]), max_size=20))
@settings(max_examples=40)
def test_walls_between_the_same_words_never_make_a_change(words):
    assert read(*words).changes == 0


@given(st.floats(0, 1))
@settings(max_examples=20)
def test_a_page_is_read_about_once_a_day_and_sooner_only_in_doubt(chance):
    assert next_reading(PageState("genai"), chance, NOON) == NOON
    state = PageState("genai", "a", NOON, read_at=NOON)
    assert EVERY * 0.8 <= next_reading(state, chance, NOON) - NOON <= EVERY * 1.2
    assert next_reading(replace(state, candidate="b"), chance, NOON) == NOON + ONCE_MORE
    assert next_reading(state, chance, NOON - HOUR) == NOON - HOUR, "the clock was set back"


def test_operators_are_asked_at_once_and_once_a_day_but_not_again_at_night():
    state = read("a", "a", "b", "b")
    assert is_to_be_asked(state, NOON, quiet=True)
    state = replace(state, asked_at=NOON)
    assert not is_to_be_asked(state, NOON + ASKED_AGAIN - HOUR, quiet=False)
    assert is_to_be_asked(state, NOON + ASKED_AGAIN, quiet=False)
    assert not is_to_be_asked(state, NOON + ASKED_AGAIN, quiet=True)
    for ruling in set(Ruling) - {Ruling.OPEN}:
        assert not is_to_be_asked(replace(state, ruling=ruling, asked_at=None), NOON, quiet=False)


def test_who_wished_to_know_is_told_of_a_decision_once():
    state = read("a", "a", "b", "b")
    assert {ruling for ruling in Ruling if is_to_be_told(replace(state, ruling=ruling))} == {
        Ruling.NOBODY,
        Ruling.PEOPLE,
    }
    assert not is_to_be_told(replace(state, ruling=Ruling.PEOPLE, told_at=NOON))
