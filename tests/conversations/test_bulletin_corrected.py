"""A bulletin that was sent is corrected by the operators: what it says is asked anew, whom it reaches is not."""

from dataclasses import replace

import pytest

from bot.domain.announcing import Approval
from bot.domain.bulletins import BulletinKind, Draft
from bot.domain.orders import Decide
from tests.conversations.desk import DESK, HOUR, ME, OPERATOR, OTHER, WORDS, bulletin
from tests.conversations.pure import NOON, Chat
from tests.conversations.test_bulletin import OPERATORS_CHAT, issued, sends, writes

SENT = bulletin(30, Approval.YES, BulletinKind.WORDS, words=WORDS, service=None, since=None, day=None)
FORM = bulletin(31, Approval.YES, BulletinKind.FORM, countries=("AT",))


def correction(number=40, approval=Approval.HALF, first=OTHER):
    return replace(bulletin(number, approval, BulletinKind.WORDS, first, words=WORDS, corrects=30), edited=27, fresh=14)


@pytest.fixture
def desk(monkeypatch):
    def put(*matters, **more):
        there = replace(DESK, matters=matters, **more)
        monkeypatch.setattr(Chat().scene().world, "_desk", lambda chat: there if chat == OPERATOR else None)

    put(SENT, FORM)
    return put


def opened(number):
    return OPERATORS_CHAT.presses_data(f"admin.announcements:open.a{number}::1")


def test_own_words_are_written_anew_language_by_language_or_left_as_they_are(desk):
    chat = opened(30).presses("mend.a30")
    chat.reads("write the text in this language: English", "Now it says:", "Good &lt;b&gt;morning&lt;/b&gt;")
    assert not {"languages", "anew"} & set(chat.choices), "who read it reads the correction"
    chat = writes(chat, "Good evening").reads("Deutsch", "Guten Morgen").presses("keep")
    chat.reads(
        "own words (correction)", "27 groups have got it", "are edited", "14 groups", "A second person has to say yes"
    )
    chat.presses("in.en").reads("Good evening", "Corrected on")
    chat = sends(chat).reads("Waiting for the second person")
    [order] = issued(chat)
    assert (order.second, order.bulletin.corrects) == (True, 30)
    assert order.bulletin.words == {"en": "Good evening", "de": "Guten Morgen"}
    assert order.bulletin.until == SENT.announcement.bulletin.until, "it is news no longer than what it corrects"
    assert chat.person.draft is None


def test_of_a_reviewed_text_only_the_answers_are_asked_again(desk):
    chat = opened(31).presses("mend.a31").reads("Which form").presses("f.instagram-2025").reads("Since which day?")
    [order] = issued(sends(chat.presses("d.2026-12-02")))
    assert (order.bulletin.kind, order.bulletin.corrects) == (BulletinKind.FORM, 31)


def test_one_yes_is_enough_where_no_second_is_asked_for(desk):
    desk(SENT, second=False)
    chat = writes(opened(30).presses("mend.a30"), "Good evening").presses("keep")
    assert not issued(sends(chat))[0].second


def test_a_draft_that_lies_there_is_not_thrown_away(desk):
    lying = Draft(BulletinKind.RULES, NOON)
    writer = replace(OPERATORS_CHAT, person=replace(OPERATORS_CHAT.person, draft=lying))
    chat = writer.presses_data("admin.announcement:mend.a30::1").reads("another draft")
    assert (chat.screen, chat.person.draft) == ("bulletin/kind", lying)
    assert {"on", "leave"} <= set(chat.choices)
    chat.presses("leave").presses_data("admin.announcement:mend.a30::1").reads("Now it says:")


def test_a_correction_that_lies_there_goes_on(desk):
    chat = writes(opened(30).presses("mend.a30"), "Good evening")
    again = chat.presses_data("admin.announcement:mend.a30::1").reads("Deutsch", "Guten Morgen")
    assert again.person.draft.words == {"en": "Good evening"}


def test_old_buttons_change_neither_its_languages_nor_whom_it_reaches(desk):
    chat = opened(30).presses("mend.a30")
    for data in ("bulletin.languages:l.fr::1", "bulletin.others:o.none::1", "bulletin.others:o.en::1"):
        draft = chat.presses_data(data).person.draft
        assert (draft.languages, draft.others) == (("en", "de"), "")


@pytest.mark.parametrize("matters", [(SENT, correction()), (SENT, correction(approval=Approval.YES))])
def test_there_is_one_correction_at_a_time_and_the_way_to_it(desk, matters):
    desk(*matters)
    chat = opened(30)
    assert "mend.a30" not in chat.choices
    assert "open.a40" in chat.choices
    assert chat.presses_data("admin.announcement:mend.a30::1").reads("Too late for that").person.draft is None


def test_what_was_corrected_says_so_and_can_not_be_stopped_any_more(desk):
    desk(SENT, correction(approval=Approval.YES))
    chat = opened(30).reads("The correction stands in its place")
    assert "stop.a30" not in chat.choices
    assert "mend.a40" in opened(40).reads("(correction)").choices


def test_an_old_button_of_what_was_corrected_sends_and_stops_nothing(desk):
    stopped = replace(SENT, announcement=replace(SENT.announcement, approval=Approval.STOPPED))
    for matter, verb in ((stopped, "send"), (SENT, "stop")):
        desk(matter, correction(approval=Approval.YES))
        chat = OPERATORS_CHAT.presses_data(f"admin.sure:{verb}.a30::1").reads("Too late for that")
        assert not [each for each in chat.turn.effects if isinstance(each, Decide)]
        assert "send.a30" not in chat.presses_data("admin.announcement:sure.a30::1").choices


def test_a_correction_that_another_operator_sent_meanwhile_sends_no_second_one(desk):
    chat = writes(opened(30).presses("mend.a30"), "Good evening").presses("keep")
    [send] = [each for each in chat.data if ":send." in each]
    desk(SENT, correction())
    chat = chat.presses_data(send)
    assert issued(chat) == []
    chat.reads("It is being corrected already")


def test_the_second_person_reads_what_it_would_do_and_the_first_that_it_waits(desk):
    desk(SENT, correction())
    chat = opened(40).reads("own words (correction)", "27 groups", "14 groups", "Until you decide, the old text holds")
    chat.presses("preview.a40").reads("Good &lt;b&gt;morning", "Corrected on")
    chat.presses("sure.a40").reads("27 groups").presses("send.a40").reads("The groups are being told")
    desk(SENT, correction(first=ME))
    chat = opened(40).reads("You said yes; it waits", "Until then the old text holds")
    assert "sure.a40" not in chat.choices


@pytest.mark.parametrize(
    "unsent",
    [
        bulletin(30, Approval.HALF, BulletinKind.WORDS, OTHER, words=WORDS),
        bulletin(30, Approval.NO, BulletinKind.WORDS, words=WORDS),
        replace(bulletin(30, Approval.STOPPED, BulletinKind.WORDS, words=WORDS), posted=0),
        replace(bulletin(30, Approval.YES, BulletinKind.WORDS, words=WORDS, until=NOON - HOUR), posted=0),
    ],
)
def test_what_nobody_read_and_nobody_waits_for_is_not_corrected(desk, unsent):
    desk(unsent)
    assert "mend.a30" not in opened(30).choices


def test_the_list_tells_a_correction_from_a_message(desk):
    desk(correction(), SENT)
    chat = OPERATORS_CHAT.types("/admin").presses("announcements")
    assert any(label.startswith("Correction of a message") for label in chat.labels)


def test_what_says_the_same_as_before_is_not_sent(desk):
    chat = opened(30).presses("mend.a30").presses("keep").presses("keep").reads("nothing to correct")
    assert not [each for each in chat.choices if each.startswith("send.")]
    assert {"leave"} <= set(chat.choices)
    chat = opened(31).presses("mend.a31", "f.facebook-2025", "d.2026-12-03")
    assert issued(sends(chat)), "another form, in other countries"
