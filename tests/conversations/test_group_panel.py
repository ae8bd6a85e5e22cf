"""Setting up a group in private: rights are looked at again at each tap, and the group's name is not kept. Pure."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.domain.deliveries import Kind, Lane
from bot.domain.groups import HOLD_BACK, GroupState, PostKind
from bot.use_cases import documents
from conversations.effects import ForgetGroup, KeepGroup, SayInGroup
from tests.conversations.pure import CHAT, GROUP, Chat


def chosen(**stands):
    chat = Chat(tongue="de").standing(is_admin=True, **stands).types("/start group").presses("choose")
    return chat.shares()


def kept(chat):
    return chat.groups[GROUP]


def test_a_group_begins_with_what_disturbs_least_and_posts_nothing():
    group = kept(chosen())
    assert (group.state, group.silent, group.hold, group.status_every) == (GroupState.SETTING_UP, True, HOLD_BACK, 10)
    assert (group.countries, group.set_up_by, group.wants) == (("DE",), CHAT, frozenset())


def test_an_old_button_of_a_group_asks_which_group():
    chat = chosen()
    [old] = [data for data in chat.data if ".rate." in data or ":rate:" in data or ":rate" in data][:1]
    aged = chat.types("/start").presses_data(old)
    assert (aged.screen, aged.aside) == ("group/hello", "old_button")
    assert kept(aged) == kept(chat)


def test_the_keyboard_below_the_chat_goes_with_whatever_follows():
    asking = Chat().standing(is_admin=True).types("/start group").presses("choose")
    assert [button["asks"] for row in asking.shown["buttons"] for button in row] == ["group", "channel", "nothing"]
    for after in (asking.shares(), asking.types("None of these"), asking.types("/cases")):
        kinds = [saying.kind for saying in after.turn.sayings]
        assert kinds[0] is Kind.CLEAR
        assert after.screen != "group/choose"
    assert Kind.CLEAR not in [saying.kind for saying in asking.shares().presses("rate").turn.sayings]


def test_where_topics_are_nothing_starts_before_one_is_chosen():
    chat = chosen(is_forum=True)
    assert not {"start", "test"} & set(chat.choices)
    chat.reads("Send /watch in that topic.")
    noted = replace(chat, groups={GROUP: replace(kept(chat), topic=9)}).hears("panel", "topic")
    noted.reads("Topic noted.")
    assert kept(noted.presses("start")).state is GroupState.RUNNING


def test_settings_are_changed_by_taps():
    chat = chosen().presses("rate")
    assert kept(chat).status_every == 60
    assert kept(chat.presses("rate")).status_every == 0
    assert kept(chat.presses("rate", "rate")).status_every == 10
    assert kept(chat.presses("hold")).hold is None
    assert kept(chat.presses("hold", "hold")).hold == HOLD_BACK
    assert not kept(chat.presses("silent")).silent
    assert kept(chat.presses("language", "lde")).language == "de"


def test_countries_are_tapped_or_typed_and_the_clock_follows_the_first():
    chat = chosen().presses("countries", "cDE").types("Austria").types("Finland")
    assert (kept(chat).countries, kept(chat).zone) == (("AT", "FI"), "Europe/Vienna")
    assert kept(chat.types("Thailand")).countries == ("AT", "FI"), "no country that is not served"
    none = chat.presses("cAT", "cFI", "panel")
    assert "start" not in none.choices


@pytest.mark.parametrize(
    ("stands", "screen"),
    [
        ({"is_admin": False}, "group/not_admin"),
        ({"is_admin": None}, "group/unsure"),
        ({"is_admin": None, "is_in": False}, "group/out"),
    ],
)
@pytest.mark.parametrize("tap", ["start", "silent", "countries", "stop", "test", "posted"])
def test_who_is_no_admin_at_this_tap_changes_nothing_and_is_told_why(tap, stands, screen):
    before = chosen()
    after = before.standing(**stands).presses(tap)
    assert after.screen == screen
    assert after.groups == before.groups
    assert not [each for each in after.turn.effects if isinstance(each, KeepGroup | ForgetGroup | SayInGroup)]


def test_who_was_an_admin_hears_that_another_one_can_take_over():
    chosen().standing(is_admin=False).presses("silent").reads("You are no admin there any more.")
    stranger = Chat().standing(is_admin=False).types(f"/start group{GROUP}")
    stranger.reads("Only admins of this group can change this.")
    assert (stranger.person.groups, stranger.groups) == ((), {})


def test_a_settings_button_without_telegrams_word_is_no_way_in():
    chat = replace(chosen(), standings={})
    assert chat.presses("silent").screen == "group/unsure"
    assert replace(chat, person=Chat().person).presses_data("group.panel:start::3").screen == "start/hello"


def test_a_test_message_goes_where_alarms_will_stand_and_counts():
    chat = replace(chosen(is_forum=True), groups={GROUP: replace(kept(chosen(is_forum=True)), topic=9)})
    chat = chat.hears("panel", "topic").presses("test")
    [said] = [each.saying for each in chat.turn.effects if isinstance(each, SayInGroup)]
    assert (said.topic, said.silent, said.screen) == (9, True, "group/in_test")
    assert [each.kind for each in kept(chat).posted] == [PostKind.TEST]


def test_stop_and_forget_asks_once_and_leaves_no_way_back():
    chat = chosen().presses("stop")
    assert GROUP in chat.groups
    gone = chat.presses("yes")
    assert (gone.screen, gone.groups, gone.person.groups) == ("group/forgotten", {}, ())
    assert str(GROUP) not in json.dumps(documents.of_person(gone.person))
    assert "_back" not in gone.choices


def test_news_of_a_group_changes_nothing_of_what_somebody_was_about():
    chat = Chat().types("/start de_facebook").presses("app")
    told = chat.standing(is_admin=True).hears("trouble", "topic")
    assert told.person == chat.person
    assert told.turn.sayings[0].lane is Lane.NOTICE
    told.reads("I can't write to the chosen topic")
    opened = replace(told, groups={GROUP: kept(chosen())}).presses(f"open.{GROUP}")
    assert opened.screen == "group/panel"
    assert kept(replace(told, groups={GROUP: kept(chosen())}).presses(f"pause.{GROUP}")).state is GroupState.PAUSED


def test_the_groups_name_is_in_nothing_that_is_kept():
    chat = chosen()
    assert "title" not in chat.shown["values"]
    assert chat.types("/start group").shown["buttons"][1][0]["names"] == {"group": GROUP}


def test_what_was_posted_can_be_shown_and_answers_at_night_switched_off():
    group = kept(chosen())
    night = chosen().now.replace(hour=1)
    group = group.after_post(PostKind.STATUS, night).after_post(PostKind.ALARM, chosen().now)
    chat = replace(chosen(), groups={GROUP: group}).presses("posted")
    chat.reads("30 days: 2 messages.", "Outages: 1", "Answers to /status: 1", "Of these between 22 and 7: 1.")
    assert not kept(chat.presses("night")).status_at_night
