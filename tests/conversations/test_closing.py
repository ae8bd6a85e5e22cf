"""The service closes: how operators decide it, and what everybody is told. Pure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.closing import CallOff, Close, Closing, ClosingState
from bot.domain.deliveries import Lane
from bot.domain.groups import Group, GroupState
from bot.rendering.messages import rendered
from bot.use_cases import documents
from conversations.closing.telling import in_group
from conversations.events import Membership
from tests.conversations.desk import ALONE, CLOSERS, DAY, OPERATOR
from tests.conversations.pure import NOON, Chat, sent

ANNOUNCED = Closing(DAY, ClosingState.ANNOUNCED, "", NOON)
OFF = replace(ANNOUNCED, state=ClosingState.CALLED_OFF)
HALF_MINE, HALF, TELLING, TOLD, CALLED_OFF, CLOSED = CLOSERS


def at_the_desk(chat_id=OPERATOR):
    return replace(Chat(), person=replace(Chat().person, chat_id=chat_id))


def ordered(chat):
    return [each for each in chat.turn.effects if isinstance(each, Close | CallOff)]


def said(chat):
    return [saying.screen for saying in chat.turn.sayings if saying.screen]


def test_an_operator_sees_what_it_means_and_chooses_a_day():
    chat = at_the_desk(CALLED_OFF).types("/admin").presses("closing")
    chat.reads("then everything of persons and groups is erased", "312 people, 57 open cases, 41 groups")
    chat = at_the_desk(ALONE).types("/admin").presses("closing", "choose").reads("type a day")
    assert "In 4 weeks: Thu 31 December 2026" in chat.labels
    chat = chat.presses("day.2026-12-31").reads("Close on Thu 31 December 2026?")
    assert ordered(chat) == []
    chat = chat.presses("close.2026-12-31").reads("it closes on Thu 31 December 2026")
    assert ordered(chat) == [Close(DAY)]


def test_a_typed_day_counts_if_people_have_a_week_at_least():
    chat = at_the_desk(ALONE).types("/admin").presses("closing", "choose")
    assert chat.types("31.12.2026").screen == "admin/closing_sure"
    chat.types("8.12.2026").reads("between a week and a year ahead")
    chat.types("8.12.2026").types("31.12.2026").presses("close.2026-12-31").reads("Noted")


def test_the_first_of_two_waits_and_the_second_closes():
    chat = at_the_desk(OPERATOR).presses_data("admin.closing_sure:close.2026-12-31::1").reads("Waiting for the second")
    assert ordered(chat) == [Close(DAY, second=True)]
    mine = at_the_desk(HALF_MINE).presses_data("admin.desk:closing::1").reads("You want to close it on")
    assert "day.2026-12-31" not in mine.choices
    other = at_the_desk(HALF).presses_data("admin.desk:closing::1").reads("One of you wants to close it")
    chat = other.presses("day.2026-12-31", "close.2026-12-31").reads("Noted: it closes on Thu 31 December 2026")
    assert ordered(chat) == [Close(DAY, second=True)]


@pytest.mark.parametrize("chat_id", [HALF_MINE, HALF, TELLING, TOLD])
def test_it_is_called_off_after_a_question(chat_id):
    chat = at_the_desk(chat_id).presses_data("admin.desk:closing::1").presses("ask.2026-12-31")
    assert ordered(chat) == []
    assert ordered(chat.presses("off.2026-12-31").reads("it goes on")) == [CallOff(DAY)]


@pytest.mark.parametrize(
    ("chat_id", "data"),
    [
        (CALLED_OFF, "admin.closing_off:off.2026-12-31::1"),
        (CLOSED, "admin.closing_off:off.2026-12-31::1"),
        (TOLD, "admin.closing_off:off.2026-12-30::1"),
        (TOLD, "admin.closing_sure:close.2026-12-31::1"),
        (OPERATOR, "admin.closing_sure:close.2026-12-04::1"),
    ],
)
def test_what_is_decided_or_over_is_answered_by_how_it_stands(chat_id, data):
    assert ordered(at_the_desk(chat_id).presses_data(data).reads("Too late for that")) == []


def test_nobody_else_can_close_anything():
    chat = Chat().types("/start de_facebook").presses_data("admin.closing_sure:close.2026-12-31::1")
    assert (ordered(chat), chat.aside) == ([], "old_button")


def test_the_preview_shows_what_people_and_groups_would_read():
    chat = at_the_desk(TOLD).presses_data("admin.desk:closing::1").presses("text.2026-12-31")
    chat.reads("This bot closes on Thu 31 December 2026", "I post nothing more")
    chat.presses("text.2026-12-31.de").reads("Dieser Bot schließt am Donnerstag, 31. Dezember 2026")


def test_everybody_is_told_the_day_their_dates_and_what_stays():
    chat = sent().is_told_of_closing(ANNOUNCED)
    chat.reads(
        "This bot closes on Thu 31 December 2026", "Facebook, Germany: Legal date: Mon 4 January 2027",
        "Your objection and your rights against Meta do not end with me",
    )  # fmt: skip
    assert chat.labels[:3] == ["Export", "Calendar file", "Delete now"]
    assert [chat.presses(choice).screen for choice in ("export", "calendar", "delete")] == [
        "data/export", "data/calendar", "data/delete",
    ]  # fmt: skip


def test_where_no_legal_date_is_sure_the_date_says_so():
    sent("CH").is_told_of_closing(ANNOUNCED).reads("Our check: Mon 4 January 2027")
    luc = replace(sent("FR"), person=replace(sent("FR").person, residence="CH"))
    luc.is_told_of_closing(ANNOUNCED).reads("legal date if the GDPR applies to your account, else our check")


def test_what_is_done_has_no_open_date():
    assert "open dates" not in sent().presses("fine", "confirmed", "mail").is_told_of_closing(ANNOUNCED).text


def test_who_comes_new_is_told_first_and_only_once():
    chat = replace(Chat(), closing=ANNOUNCED).types("/start")
    assert said(chat) == ["closing/told", "start/hello"]
    assert [saying.lane for saying in chat.turn.sayings] == [Lane.ANSWER] * 2
    assert chat.person.closes == DAY
    assert said(chat.presses("facebook")) == ["start/country"]


def test_what_somebody_was_about_goes_on_behind_the_notice():
    before = sent()
    chat = replace(before, closing=ANNOUNCED).presses("confirmed")
    assert said(chat) == ["closing/told", before.presses("confirmed").screen]
    assert replace(chat.person, closes=None) == before.presses("confirmed").person


def test_who_leaves_or_says_nothing_is_not_told():
    leaving = replace(sent().types("/delete"), closing=ANNOUNCED)
    assert said(replace(leaving, person=replace(leaving.person, closes=None)).presses("yes")) == ["data/goodbye"]
    assert replace(sent(), closing=ANNOUNCED).happens(Membership(blocked=True)).person.closes is None


@pytest.mark.parametrize("closing", [None, OFF, replace(ANNOUNCED, state=ClosingState.HALF)])
def test_nobody_hears_of_what_is_not_decided(closing):
    assert said(replace(Chat(), closing=closing).types("/start")) == ["start/hello"]


def test_reminders_go_on_until_the_day():
    chat = replace(sent(), closing=ANNOUNCED).later(days=1)
    assert chat.is_woken().turn.sayings[0].screen == "nudge/confirmed"


def test_who_was_told_hears_that_it_goes_on():
    chat = sent().is_told_of_closing(OFF).reads("The bot goes on", "Nothing was erased")
    assert chat.presses("cases").screen == "cases/list"


def test_that_it_goes_on_names_the_day_that_was_told():
    """Another day was half decided meanwhile."""
    later = replace(OFF, day=DAY + timedelta(days=28))
    told = replace(Chat(), person=replace(Chat().person, closes=DAY))
    told.is_told_of_closing(later).reads("I told you that it closes on Thu 31 December 2026")
    assert in_group(Group(-5, "de", "Europe/Berlin", NOON.date(), closes=DAY), later).values["day"] == "2026-12-31"


@pytest.mark.parametrize(
    ("state", "said"), [(GroupState.RUNNING, "Outages are told here"), (GroupState.PAUSED, "Here I stay quiet")]
)
def test_a_paused_group_is_not_promised_outages(state, said):
    group = Group(-5, "en", "Europe/Berlin", NOON.date(), closes=DAY, state=state)
    text = rendered(documents.of_group_saying(in_group(group, OFF), group), NOON).text
    assert text.startswith("<b>The bot goes on.</b> That it closes on Thu 31 December 2026 is called off. " + said)


def test_a_group_is_told_in_its_topic_and_as_silently_as_it_wants():
    group = Group(-5, "de", "Europe/Berlin", NOON.date(), topic=9)
    saying = in_group(group, ANNOUNCED)
    assert (saying.screen, saying.topic, saying.silent, saying.lane) == ("closing/group", 9, True, Lane.NOTICE)
    assert in_group(group, OFF).screen == "closing/group_off"


def test_after_it_there_is_one_line_with_the_way_to_meta_and_to_who_ran_it():
    chat = Chat().after_closing(replace(ANNOUNCED, state=ClosingState.CLOSED))
    chat.reads("This bot closed on Thu 31 December 2026", "Questions: Advice Centre, help@advice.example")
    assert chat.labels == ["Meta's privacy page ↗"]
    assert chat.shown["ends"], "nothing of the chat is left once it is told"


def test_it_is_over_at_noon_of_the_day_when_it_is_that_day_everywhere():
    assert ANNOUNCED.at.isoformat() == "2026-12-31T12:00:00+00:00"
    assert not ANNOUNCED.is_over(ANNOUNCED.at - timedelta(seconds=1))
    assert ANNOUNCED.is_over(ANNOUNCED.at)


@pytest.mark.parametrize("chat_id", [HALF_MINE, HALF])
def test_a_day_to_which_no_second_yes_came_in_time_is_said_to_be_over_and_another_can_be_chosen(chat_id):
    chat = at_the_desk(chat_id).later(days=25).presses_data("admin.desk:closing::1")
    chat.reads("It was to close on Thu 31 December 2026; no second yes came in time, and nobody was told.")
    assert "choose" in chat.choices
    assert not {"day.2026-12-31", "ask.2026-12-31"} & set(chat.choices)
