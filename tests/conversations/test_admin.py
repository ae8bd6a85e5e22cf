"""Operators at their desk, and everybody else, for whom there is none."""

from dataclasses import replace

import pytest

from bot.domain.announcing import Approval
from bot.domain.incidents import Correction
from bot.domain.orders import Confirm, Correct, Decide, Decision, EndPause, RulePage, SetPause
from bot.domain.statuses import Condition, Reasoned
from bot.domain.watched_pages import Ruling
from bot.rendering.messages import renderer
from tests.conversations.desk import DESK, ME, NONE, NOON, OPERATOR, OTHER, matter
from tests.conversations.pure import Chat

OPERATORS_CHAT = replace(Chat(), person=replace(Chat().person, chat_id=OPERATOR))


def pressed(data):
    return OPERATORS_CHAT.presses_data(data)


def ordered(chat):
    return [
        each
        for each in chat.turn.effects
        if isinstance(each, Decide | Correct | Confirm | SetPause | EndPause | RulePage)
    ]


def test_for_everybody_else_there_is_no_such_command():
    assert Chat().types("/start").types("/admin").aside == "unknown_command"


@pytest.mark.parametrize("data", ["admin.desk:outages::1", "admin.sure:send.a1::1", "admin.check:do.i1.o::1"])
def test_a_forged_button_opens_no_desk_and_orders_nothing(data):
    chat = Chat().types("/start de_facebook").presses_data(data)
    assert chat.aside == "old_button"
    assert ordered(chat) == []


def test_the_desk_shows_the_numbers():
    chat = OPERATORS_CHAT.types("/admin")
    chat.reads(
        "5 outages last",
        "5 announcements wait",
        "Groups: 40 running of 41",
        "Notices: 7 wait",
        "again 3",
        "2 faults of the bot",
    )
    chat.reads("proxy:AT: no look yet")


def test_one_of_two_says_yes():
    chat = pressed("admin.announcement:sure.a1::1").reads("41 groups, no private chats").presses("send.a1")
    assert ordered(chat) == [Decide(1, Decision.YES, second=True)]
    chat.reads("Waiting for the second person")
    assert "Waiting" not in pressed("admin.sure:send.a2::1").text, "the other one said yes before"
    pressed("admin.sure:send.a3::1").reads("Waiting for the second person")


def test_that_one_of_two_wants_to_tell_on_does_not_hide_whom_was_told(monkeypatch):
    stopped = replace(matter(5, Approval.STOPPED), first=ME)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(stopped,)))
    chat = pressed("admin.announcements:open.a5::1").reads("Stopped. 12 of 41 groups told. You want to tell the others")
    assert "Would tell" not in chat.text
    over = replace(stopped, announcement=matter(5, Approval.STOPPED, ended_at=NOON).announcement)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(over,)))
    pressed("admin.announcements:open.a5::1").reads("12 of 41 groups told. Who was told gets one reply")
    other = replace(stopped, first=OTHER)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(other,)))
    assert "Waiting" not in pressed("admin.sure:send.a5::1").text
    pressed("admin.announcement:sure.a5::1").reads("12 of 41 groups told", "29 groups, no private chats")


def test_there_is_nobody_to_tell_on_where_all_were_told(monkeypatch):
    all_told = replace(matter(5, Approval.STOPPED), posted=41)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(all_told,)))
    assert "sure.a5" not in pressed("admin.announcements:open.a5::1").choices


@pytest.mark.parametrize("data", ["hold.a4", "send.a7", "stop.a1", "hold.a99", "do.i6.o"])
def test_what_is_decided_or_over_is_answered_by_the_present_state(data):
    chat = pressed(f"admin.announcement:{data}::1").reads("Too late for that")
    assert ordered(chat) == []


def test_a_correction_is_ordered_only_after_what_it_would_do_was_shown():
    chat = pressed("admin.outages:outage.i4::1").presses("ours.i4", "fault.i4.o")
    assert ordered(chat) == []
    chat.reads("The messages in 38 groups will be edited and answered", "The papers of 3 people name it")
    assert ordered(chat.presses("do.i4.o")) == [Correct(4, Correction.OUR_NETWORK)]


def test_our_fault_before_the_announcement_tells_nobody():
    chat = pressed("admin.announcement:ours.a1::1").presses("fault.a1.m").reads("No group was told")
    assert ordered(chat.presses("do.a1.m")) == [Decide(1, Decision.NO), Correct(1, Correction.MEASUREMENT)]


def test_a_form_opened_by_hand_is_confirmed():
    chat = OPERATORS_CHAT.types("/admin").presses("forms").reads("2 were not opened by a person for 30 days")
    chat = chat.presses("form.facebook-2025.AT").reads("Not opened by one of you yet", "Austria")
    assert ordered(chat.presses("yes.facebook-2025.AT")) == [Confirm("facebook-2025", "AT", opened=True)]
    assert ordered(chat.presses("no.facebook-2025.AT")) == [Confirm("facebook-2025", "AT", opened=False)]
    assert ordered(pressed("admin.form:yes.facebook-2025.XX::1")) == []


def test_a_pause_is_set_and_ended():
    chat = OPERATORS_CHAT.types("/admin").presses("pauses").reads("Pause 9")
    [order] = ordered(chat.presses("pause.4"))
    assert (order.pause.until - order.pause.since).total_seconds() == 4 * 3600
    assert ordered(chat.presses("end.9")) == [EndPause(9)]


def test_pages_are_listed_with_what_was_read_of_them():
    chat = OPERATORS_CHAT.types("/admin").presses("pages")
    chat.reads("A change waits for you", "The same words since", "It never gave words to read")


@pytest.mark.parametrize(
    ("verb", "ruling", "said"),
    [
        ("nobody", Ruling.NOBODY, "nobody must act"),
        ("people", Ruling.PEOPLE, "people must act"),
        ("later", Ruling.OPEN, "I ask again in a day"),
    ],
)
def test_an_operator_says_what_a_change_of_a_page_means(verb, ruling, said):
    chat = OPERATORS_CHAT.types("/admin").presses("pages", "page.changed").reads("must people act?")
    chat = chat.presses(f"{verb}.changed.2").reads("Noted", said)
    assert ordered(chat) == [RulePage("changed", 2, ruling)]


@pytest.mark.parametrize("about", ["changed.1", "ruled.1", "quiet.0"])
def test_a_change_that_is_decided_or_was_overtaken_is_not_decided_again(about):
    chat = pressed(f"admin.page:nobody.{about}::1").reads("Too late for that")
    assert ordered(chat) == []


def test_what_is_decided_offers_no_decision():
    choices = pressed("admin.pages:page.ruled::1").reads("nobody must act").choices
    assert "pages" in choices
    assert not [each for each in choices if each.endswith(".ruled.1")]
    assert ordered(pressed("admin.page:nobody.unknown.1::1")) == []


@pytest.mark.parametrize("about", ["a4", "i4", "i6", "a7"])
def test_the_report_of_an_outage_is_one_tap_away_and_the_delivery_names_only_numbers(about):
    opened = f"admin.announcement:open.{about}::1" if about[0] == "a" else f"admin.outages:outage.{about}::1"
    chat = pressed(opened).presses(f"report.{about}")
    assert "Report, PDF" in pressed(opened).labels
    assert chat.shown["values"] == {"file": "dossier", "incidents": [int(about[1:])]}


def test_of_what_is_not_known_there_is_no_report():
    assert pressed("admin.outage:report.i99::1").reads("I know no such outage").shown["values"]["file"] is None
    assert Chat().types("/start").presses_data("admin.outage:report.i4::1").aside == "old_button"


@pytest.mark.parametrize("about", ["a3", "a25"])
def test_who_said_yes_sees_that_it_waits_and_what_they_may_still_do(about):
    chat = pressed(f"admin.announcements:open.{about}::1")
    chat.reads("You said yes; it waits for a second person", "Hold 30 minutes” takes your yes back")
    assert f"sure.{about}" not in chat.choices
    assert {f"open.{about}", f"hold.{about}", f"preview.{about}"} <= set(chat.choices)
    older = chat.presses_data(f"admin.announcement:sure.{about}::1").reads("You said yes; it waits for a second person")
    assert f"send.{about}" not in older.choices


def test_who_wants_to_tell_on_sees_that_it_waits(monkeypatch):
    stopped = replace(matter(5, Approval.STOPPED), first=ME)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(stopped,)))
    assert "sure.a5" not in pressed("admin.announcements:open.a5::1").choices


def test_a_first_yes_is_enough_once_no_second_is_asked_for_any_more(monkeypatch):
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, second=False))
    assert "sure.a3" in pressed("admin.announcements:open.a3::1").choices


def test_why_tells_each_step_of_the_conclusion_in_the_operators_language():
    chat = pressed("admin.announcement:why.a1::1")
    chat.reads("9 looks within 24 hours: 3 good, 5 bad, 1 without data", "from direct, proxy:AT")
    chat.reads("control page: fine each time", "therefore: not reachable")
    german = replace(OPERATORS_CHAT, person=replace(OPERATORS_CHAT.person, language="de"))
    german = german.presses_data("admin.announcement:why.a1::1")
    german.reads(
        "9 Abrufe in 24 Stunden: 3 gut, 5 fehlgeschlagen, 1 ohne Ergebnis", "Kontrollseite: jedes Mal in Ordnung"
    )
    assert not any(word in german.text for word in ("looks", "therefore", "network", "control"))


@pytest.mark.parametrize("condition", Condition)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_conclusion_has_words(condition, language):
    [said] = renderer(language).reasoned([Reasoned("therefore", {"condition": condition.value})], "UTC")
    assert len(said) > len("therefore: ")


def test_before_a_correction_its_text_can_be_read_in_each_language():
    chat = pressed("admin.announcement:ours.a4::1").presses("fault.a4.m").presses("text.a4.m")
    chat.reads(
        "English, below the message",
        "Correction: our measurement was wrong",
        "the Facebook objection form was reachable",
    )
    chat = chat.presses("text.a4.m.de").reads("Deutsch, below the message", "Unsere Messung war falsch")
    chat = chat.presses("do.a4.m").reads("it is corrected wherever it was told")
    assert ordered(chat) == [Correct(4, Correction.MEASUREMENT)]
    assert "report.a4" in chat.choices
    assert "text.a1.m" not in pressed("admin.announcement:ours.a1::1").presses("fault.a1.m").choices, "nobody was told"


def test_what_was_corrected_is_not_said_to_be_over(monkeypatch):
    wrong = replace(matter(8, Approval.YES, **NONE), settled=41)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda _chat: replace(DESK, matters=(wrong,)))
    chat = pressed("admin.announcements:open.a8::1").reads("Their messages are corrected, with one reply each")
    assert "over" not in chat.text


def test_lanes_in_which_nothing_waits_are_not_listed():
    assert "Answers" not in OPERATORS_CHAT.types("/admin").text
