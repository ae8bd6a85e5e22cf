"""What strangers send before anything was asked: it is used, never lost."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.cases import FactKind
from tests.conversations.pure import Chat, sent, world_at

ACCEPTED = (
    "Hello, thank you for contacting us. We've reviewed your objection and we will honour it. This means that your "
    "information will not be used to develop and improve generative AI models at Meta. This applies from now on. "
    "Mr Rumpelstilz, thank you, the privacy team."
)


@pytest.mark.parametrize("text", ["Germany", "Deutschland", "🇩🇪", "in Germany", "germny"])
def test_a_country_typed_first_is_kept_and_used(text):
    chat = Chat().types(text).reads("Country of the account: Germany")
    assert chat.presses("facebook").screen == "object/where"
    assert chat.presses("several", "both").screen == "accounts/together"
    assert chat.presses("tried", "silent", "instagram").screen == "tried/when"
    assert chat.presses("none").screen == "third/what"
    assert chat.presses("facebook", "app", "later").case.country == "DE"


def test_a_country_typed_first_survives_a_question():
    chat = Chat().types("Poland").types("is it too late?").presses("object")
    assert chat.screen == "start/hello"
    assert chat.presses("instagram").screen == "object/where"


@pytest.mark.parametrize("way", [["tried"], ["tried", "answered"], ["several"]])
def test_a_country_typed_where_the_service_is_asked_is_kept_and_the_same_is_asked_again(way):
    chat = Chat().types("/start").presses(*way)
    screen = chat.screen
    chat = chat.types("Poland")
    assert (chat.screen, chat.turn.sayings[-1].aside) == (screen, "country")


def test_a_country_typed_at_the_middle_door_is_not_asked_again():
    assert (
        Chat().types("/start").presses("tried", "answered").types("Poland").presses("instagram").screen == "answer/what"
    )


def test_another_country_typed_after_it_counts_instead():
    assert Chat().types("Poland").types("France").presses("facebook", "app", "later").case.country == "FR"


def test_a_country_elsewhere_is_answered_at_once_or_after_the_service():
    assert Chat().types("USA").screen == "elsewhere/known"
    assert Chat().types("Niger").screen == "start/unserved"
    assert Chat().types("Brazil").presses("instagram").screen == "elsewhere/known"
    assert Chat().types("Brazil").presses("instagram", "on").screen == "object/where"


@pytest.mark.parametrize("word", ["no", "it", "so", "me", "in"])
def test_a_short_word_is_not_taken_for_a_country(word):
    assert "Country of the account" not in Chat().types(word).text


def test_with_a_case_a_typed_country_changes_nothing_unasked():
    assert sent().types("France").case.country == "DE"


def test_a_strangers_pasted_answer_is_read_once_service_and_country_are_known():
    chat = Chat().types(ACCEPTED).reads("I read your text", "What shall it be?")
    chat = chat.presses("instagram").types("Poland")
    assert chat.screen == "answer/read"
    chat.reads("Meta accepts your objection")
    assert chat.presses("accepted").screen == "sent/how"


def test_of_a_strangers_pasted_answer_the_session_holds_the_verdict_alone():
    chat = Chat().types(ACCEPTED)
    assert chat.turn.sayings[0].kind.value == "remove"
    answers = chat.person.session.answers
    assert answers == {"read": "accepted", "sure": "sure", "onward": "answer/read"}
    assert "Rumpelstilz" not in str(chat.turn)


def test_a_pasted_answer_and_a_typed_country_meet_in_either_order():
    assert Chat().types(ACCEPTED).types("Poland").presses("facebook").screen == "answer/read"
    assert Chat().types("Poland").types(ACCEPTED).presses("facebook").screen == "answer/read"
    tried = Chat().types(ACCEPTED).types("Poland").presses("tried", "answered", "facebook")
    assert tried.screen == "answer/read"


def test_a_new_beginning_forgets_what_was_pasted():
    assert Chat().types(ACCEPTED).types("/start").person.session.answers == {}


@pytest.mark.parametrize(
    "text", ["jaka jest pogoda jutro", "遅すぎますか", "είναι αργά για μένα", "onko jo liian myöhäistä?"]
)
def test_a_language_that_is_not_ours_is_said_with_those_there_are(text):
    chat = Chat().types(text)
    assert chat.aside == "foreign_tongue"
    chat.reads("English, Deutsch")
    assert Chat().types("/help").types(text).screen == "help/doors"


def test_a_polish_question_is_answered_in_the_chats_language():
    Chat().types("czy nie jest za późno").reads("No. You can object at any time")


def test_a_polish_greeting_is_a_greeting():
    assert Chat().types("/start de_facebook").presses("app").types("dzień dobry").aside == "greeting"


def test_a_form_that_does_not_open_leads_to_what_one_sees_or_first_to_the_middle_door():
    assert Chat().types("It does not open").screen == "tried/what"
    assert Chat().types("/start de_facebook").presses("app").types("It does not open").screen == "trouble/what"


def test_asking_for_the_form_shows_its_status_and_stop_offers_to_delete():
    assert Chat().types("/start de_facebook").presses("app").types("is the form down?").screen == "status/seen"
    assert sent().types("stop").screen == "data/delete"


def test_a_typed_password_is_removed_and_the_screen_stays():
    chat = Chat().types("/start de_facebook").presses("app").types("my password is hunter2")
    assert chat.screen == "object/app"
    chat.reads("I removed that", "never a password")


def test_a_picture_asks_which_of_these_only_where_these_are_shown():
    assert "Which of these" not in Chat().types("hello").sends("photo").text
    Chat().types("/start de_facebook").presses("app").sends("photo").reads("Which of these")


def test_the_first_screen_greets_once():
    assert Chat().types("/object").types("hello").text.count("Good day") == 1


def test_the_parts_of_a_country_stand_in_the_order_of_their_names():
    names = [each.region for each in world_at(date(2026, 12, 3)).authorities("DE")]
    assert names[:3] == ["DE-BW", "DE-BY", "DE-BE"]


MAIL = ("I have the mail from Meta", "Ich habe die Mail von Meta", "Ich habe eine E-Mail von Facebook bekommen")
ANSWERED = ("Meta has answered", "Meta hat geantwortet", "Meta hat mir geschrieben", "I got an answer", "Meta refused")
SILENT = ("No answer yet", "Es ist nichts gekommen", "Meta antwortet nicht", "nothing came")


@pytest.mark.parametrize("text", MAIL)
def test_a_mail_from_meta_leads_to_pasting_it_and_is_no_change_of_address(text):
    assert sent().types(text).screen == "answer/what"
    assert Chat().types("/start de_facebook").presses("app").types(text).screen == "object/mail", "the notice, its link"
    stranger = Chat().types(text).reads("paste Meta's e-mail here")
    assert stranger.presses("answered", "facebook").types("Germany").screen == "answer/what"
    assert stranger.presses("object").screen == "start/hello"
    assert stranger.types("https://www.facebook.com/help/contact/712876720715583").screen == "link/meta"


@pytest.mark.parametrize("text", ANSWERED)
def test_that_meta_answered_leads_to_what_it_comes_down_to(text):
    assert sent().types(text).screen == "answer/what"
    assert Chat().types(text).presses("facebook").types("Germany").screen == "answer/what"


@pytest.mark.parametrize("text", SILENT)
def test_that_nothing_came_leads_to_what_helps_then(text):
    assert sent().types(text).screen == "nudge/waiting"
    late = sent().on("2027-01-05T10:00").types(text)
    assert late.screen == "nudge/nothing"
    written = late.presses("write", "sent", "web").on("2027-01-19T10:00")
    assert written.types(text).screen == "nudge/complain"
    filed = written.types("/start").presses("complain", "DE", "DE-BY", "filed")
    assert filed.on("2027-05-19T10:00").types(text).screen == "nudge/ask"
    assert sent().presses("confirmed", "mail").types(text).screen == "back/standing"
    assert Chat().types(text).screen == "tried/what"


def confirmed(chat):
    return [each.number for each in chat.person.cases if each.last(FactKind.CONFIRMED)]


def test_what_a_pasted_answer_says_waits_until_it_is_known_which_of_two_objections_it_is_about():
    both = sent().types("/start at_instagram").presses("app", "form", "sent").types("/cases")
    asked = both.types(ACCEPTED).reads("I read your text", "Which objection is it about?")
    assert asked.turn.sayings[0].kind.value == "remove"
    read = asked.presses("c2").reads("Meta accepts your objection", "Instagram")
    assert confirmed(read.presses("accepted", "mail")) == [2]
    assert asked.presses("c2").types("/cases").presses("c1").screen == "cases/case", "later the list is a list again"


def test_an_answer_read_for_the_objection_in_hand_names_it_where_there_are_several_and_can_go_to_another():
    assert "Facebook" not in sent().types(ACCEPTED).text
    both = sent().types("/start at_instagram").presses("app", "form", "sent")
    which = (
        both.types(ACCEPTED).reads("Instagram", "Is that right?").presses("which").reads("Which objection is it about?")
    )
    read = which.presses("c1").reads("Facebook", "Is that right?")
    assert confirmed(read.presses("accepted", "mail")) == [1]
