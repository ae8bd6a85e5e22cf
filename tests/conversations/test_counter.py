"""A group's counter: joined in private, shown in steps of five from ten on, once a day, only where it is on. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.groups import in_steps
from bot.domain.people import MAX_GROUPS
from bot.domain.standings import Standing
from bot.use_cases import documents
from conversations.effects import CountNoMore, Leave, TakePart
from conversations.events import Invited
from conversations.group.deciding import decide
from tests.conversations.pure import GROUP, NOON, Chat
from tests.conversations.test_group_panel import chosen
from tests.conversations.test_groups import ADMIN, MEMBER, RUNNING, command, scene

COUNTING = replace(RUNNING, counter=True)


def said(count, group=COUNTING, standing=MEMBER, now=NOON):
    """What /status is answered while so many take part."""
    turn = decide(replace(scene(command("status"), group, standing, now=now), counted=count, join="token"))
    [saying] = turn.sayings
    return saying, turn.group


def member(*, belongs: bool | None = True, **more):
    """Somebody who opens the link in the group."""
    group = replace(COUNTING, chat_id=GROUP)
    chat = Chat(groups={GROUP: group}, standings={GROUP: Standing(None, belongs=belongs)})
    return replace(chat, **more).happens(Invited(GROUP))


def effects(chat, *kinds):
    return [each for each in chat.turn.effects if isinstance(each, kinds)]


@given(st.integers(0, 10_000))
def test_the_number_shown_is_never_exact_below_ten_and_never_too_high(count):
    shown = in_steps(count)
    assert (shown == 0) is (count < 10)
    assert shown % 5 == 0
    assert shown <= count
    assert count < 10 or count - shown < 5


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (9, 0), (10, 10), (14, 10), (15, 15), (23, 20)])
def test_status_says_it_in_steps_of_five_from_ten_on(count, shown):
    saying, _ = said(count)
    assert saying.values["count"] == shown


def test_it_is_said_once_a_day_by_the_groups_clock_whoever_asks():
    saying, group = said(12)
    assert saying.values["count"] == 10
    saying, group = said(25, group, ADMIN, NOON + timedelta(hours=6))
    assert saying.values["count"] == 0
    saying, _ = said(25, group, ADMIN, NOON.replace(hour=23, minute=30))
    assert saying.values["count"] == 25, "in Vienna it is the next day"


def test_the_way_to_join_leads_into_the_private_chat_and_says_nothing_of_the_group():
    urls = [each["url"] for row in said(0)[0].buttons for each in row]
    assert urls[-1] == "https://t.me/objection_sandbox_bot?start=join_token"
    assert not [each for row in said(0)[0].buttons for each in row if "data" in each], "no button there that writes"


def test_where_the_counter_is_off_nothing_of_it_is_seen():
    turn = decide(replace(scene(command("status"), RUNNING), counted=40))
    assert turn.sayings[0].values["count"] == 0
    assert "join_" not in json.dumps(turn.sayings[0].buttons)
    assert turn.group.counted_on is None


def test_an_admin_reads_what_it_means_before_it_is_on_and_off_forgets_who_took_part():
    asked = chosen().presses("counter").reads("steps of five from ten on, once a day", "/mydata")
    assert not asked.groups[GROUP].counter
    assert not asked.presses("no").groups[GROUP].counter
    on = asked.presses("on").reads("Counter: on")
    assert on.groups[GROUP].counter
    off = on.presses("counter", "off").reads("Counter: off")
    assert effects(off, CountNoMore) == [CountNoMore(GROUP)]


@pytest.mark.parametrize("stands", [{"is_admin": False}, {"is_admin": None}])
def test_nobody_else_switches_it(stands):
    before = chosen().presses("counter")
    after = before.standing(**stands).presses("on")
    assert after.groups == before.groups


def test_a_member_joins_and_leaves_and_who_only_looks_leaves_no_trace():
    asked = member().reads("shall I count you in this group?", "/mydata")
    assert effects(asked, TakePart) == []
    assert str(GROUP) not in json.dumps(documents.of_person(asked.person))
    assert effects(asked.presses("no").reads("I kept nothing of it"), TakePart) == []
    joined = asked.presses(f"yes.{GROUP}").reads("You are counted.")
    assert effects(joined, TakePart) == [TakePart(GROUP)]
    assert effects(joined.happens(Invited(GROUP)).reads("You are counted."), TakePart) == []
    left = joined.presses(f"out.{GROUP}").reads("not counted there any more")
    assert (effects(left, Leave), left.counted) == ([Leave(GROUP)], frozenset())


def test_what_is_counted_stands_in_mydata_and_can_be_left_there():
    chat = member().presses(f"yes.{GROUP}").types("/mydata").reads("Counted in 1 group")
    listed = replace(chat, standings={}).presses("counted")
    left = replace(listed, standings={GROUP: Standing(None)}).presses(f"off.{GROUP}")
    assert left.counted == frozenset()
    assert "counted" not in left.types("/mydata").choices


def test_only_members_are_counted_where_telegram_tells_and_where_it_does_not_nobody_is_kept_out():
    outside = member(belongs=False).reads("Telegram says that you are not in it")
    assert effects(outside, TakePart) == []
    forged = outside.presses_data(f"counter.join:yes.{GROUP}::1")
    assert effects(forged, TakePart) == []
    assert effects(member(belongs=None).presses(f"yes.{GROUP}"), TakePart) == [TakePart(GROUP)]


def test_leaving_by_a_button_from_before_the_group_moved_never_says_that_nothing_is_kept():
    joined = member().presses(f"yes.{GROUP}")
    moved = replace(joined, groups={}, counted=frozenset({-1002200000009}))
    asked = moved.presses(f"out.{GROUP}").reads("The groups in which I count you")
    assert f"off.{-1002200000009}" in asked.choices
    twice = joined.presses(f"out.{GROUP}").presses_data(f"counter.joined:out.{GROUP}::1")
    assert twice.screen == "counter/left"


def test_who_is_counted_and_no_member_any_more_hears_so_and_can_leave():
    counted = member(belongs=False, counted=frozenset({GROUP})).reads("You are counted.")
    assert counted.presses(f"out.{GROUP}").counted == frozenset()


def test_a_link_from_before_the_group_moved_says_where_the_present_one_stands():
    replace(member(), groups={}).happens(Invited(GROUP)).reads("no counter behind this now", "/status")


def test_a_button_pressed_after_the_counter_was_switched_off_counts_nobody():
    late = replace(member(), groups={GROUP: replace(COUNTING, chat_id=GROUP, counter=False)})
    assert effects(late.presses(f"yes.{GROUP}").reads("no counter behind this now"), TakePart) == []
    gone = replace(member(), groups={}, standings={}).presses_data("counter.join:yes.-5::1")
    assert effects(gone, TakePart) == []


def test_nobody_is_counted_in_more_groups_than_are_kept():
    full = member(counted=frozenset(range(-MAX_GROUPS, 0))).reads("as many as I keep")
    assert effects(full.presses_data(f"counter.join:yes.{GROUP}::1"), TakePart) == []


def test_a_token_that_means_nothing_is_a_plain_start():
    assert Chat().types("/start join_nothing").screen == "start/hello"
