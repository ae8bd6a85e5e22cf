"""Ways through the flows that no path of ../shared/conversations.md names: back, aside, changed minds. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import FactKind, Session
from conversations.buttons import Button, decode
from conversations.effects import AnswerPress, Erase, LookNow, ReadFile, Report
from conversations.events import Found, Membership, Nudged, Taken, Unreadable
from tests.conversations.pure import NOON, Chat, sent

HOME = Chat(tongue="de")


def test_the_way_back_leads_through_the_screens_that_were_shown():
    chat = HOME.types("/start").presses("facebook", "DE", "app")
    assert [chat := chat.presses("_back"), chat.screen][1] == "object/where"
    assert chat.presses("_back").screen == "start/country"
    assert chat.presses("_back", "_back").screen == "start/hello"


def test_a_country_put_right_on_the_way_back_counts():
    chat = HOME.types("/start").presses("facebook", "DE", "app", "_back", "_back").types("Austria")
    assert chat.presses("app").case.country == "AT"
    assert len(chat.person.cases) == 1


def test_the_same_leaflet_twice_begins_one_objection():
    chat = Chat().types("/start de_facebook").presses("app").types("/start de_facebook").presses("browser")
    assert [case.place for case in chat.person.cases] == ["browser"]


def test_another_account_is_another_objection():
    chat = sent().presses("fine", "another", "facebook").types("Germany").presses("app")
    assert [case.number for case in chat.person.cases] == [1, 2]


def test_no_way_leads_back_into_a_case_that_is_not_in_hand():
    chat = sent().presses("fine", "another")
    assert chat.screen == "accounts/another"
    assert "_back" not in chat.choices
    listed = chat.types("/cases").presses("c1", "on")
    other = listed.types("/cases").presses("another", "instagram").types("France").presses("app").types("/cases")
    assert other.presses("c2", "_cases", "c1").choices.count("_back") == 0


def test_from_privacy_a_way_leads_back_to_where_one_was():
    chat = Chat().types("/start de_facebook").presses("app", "form").types("/privacy")
    assert chat.presses("kept", "_back", "_back").screen == "object/form"
    assert chat.presses("_back").presses("sent").screen == "sent/noted"


def test_a_removed_case_leaves_no_way_back():
    chat = sent().types("/cases").presses("c1", "change", "remove", "yes")
    assert chat.person.cases == ()
    assert chat.choices == ["new", "_cases"]


def test_a_closed_case_opened_again_stands_where_it_stood():
    chat = sent().types("/cases").presses("c1", "close", "again")
    chat.reads("sent, waiting for Meta", "Legal date: Mon 4 January 2027")


def test_to_open_the_form_again_takes_back_no_dispatch():
    chat = sent().on("2026-12-04T09:30").is_woken().presses("no", "again", "form")
    assert chat.stage == "sent"
    chat.presses("trouble", "gone")
    assert chat.presses("trouble", "gone").stage == "sent"


def test_the_day_of_sending_can_be_put_right():
    chat = sent().presses("moved").types("1.12.2026")
    chat.reads("Noted: sent on Tue 1 December 2026", "Legal date: Mon 4 January 2027")
    assert len([fact for fact in chat.case.facts if fact.kind is FactKind.SENT]) == 1


def test_a_day_to_come_is_asked_again():
    chat = sent().presses("moved").types("1.1.2030")
    assert (chat.screen, chat.aside) == ("sent/when", "day_to_come")
    assert chat.types("Germany").aside == "not_understood"
    assert chat.types("2.12.2026").screen == "sent/noted"


def test_a_letter_sent_again_after_it_came_back_counts_anew():
    chat = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write", "sent", "mail")
    again = chat.presses("back", "again", "sent", "web")
    assert again.screen == "write/counted"
    again.reads("Legal date: Mon 4 January 2027")
    assert again.stage == "sent"


def test_a_letter_may_come_back_days_later():
    chat = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write", "sent", "post")
    later = chat.on("2026-12-14T10:00").types("/start")
    assert {"arrived", "back"} <= set(later.choices)
    assert later.presses("arrived").types("10.12.2026").screen == "write/counted"
    assert later.presses("arrived").types("10.12.2030").aside == "day_to_come"
    later.presses("arrived").types("10.12.2026").reads("Legal date: Mon 11 January 2027")


def test_a_reminder_by_post_is_no_new_objection():
    overdue = sent().on("2027-01-05T10:00").is_woken()
    assert overdue.presses("nothing", "write", "post", "sent").screen == "write/checked"


def test_an_answer_after_the_form_was_opened_again_is_still_that_answer():
    chat = sent().types("/start").presses("answered", "refused").presses("_back", "refused", "write")
    chat.reads("You refused my objection")


@pytest.mark.parametrize(
    ("choice", "text"),
    [("refused", "compelling grounds"), ("proof", "Which reasonable doubt"), ("wrong", "Then start again")],
)
def test_each_answer_has_its_own_next_step(choice, text):
    chat = sent().types("/start").presses("answered", choice)
    (chat if choice == "wrong" else chat.presses("write")).reads(text)


def test_no_further_action_from_the_own_form_is_answered():
    chat = sent().types("/start").presses("answered", "noaction", "own", "write")
    chat.reads("neither a yes nor a refusal with reasons")


def test_a_country_that_the_account_really_shows_puts_the_case_right():
    chat = sent().types("/start").presses("answered", "region", "other").types("France")
    assert (chat.screen, chat.case.country) == ("object/where", "FR")


def test_more_time_without_a_dispatch_needs_the_day_of_sending():
    chat = HOME.types("/start").presses("tried", "answered", "facebook", "DE", "time")
    assert chat.screen == "answer/unsent_time"


def test_more_time_can_be_told_by_its_day_and_not_by_one_to_come():
    chat = sent().on("2026-12-14T10:00").types("/start").presses("answered", "time")
    assert chat.types("1.1.2030").aside == "day_to_come"
    chat.types("10.12.2026").reads("Legal date: Wed 3 March 2027")


def test_facebook_and_instagram_apart_are_two_objections_in_one_they_are_one():
    chat = HOME.types("/start").presses("several", "both", "DE")
    assert len(chat.presses("two").person.cases) == 2
    assert len(chat.presses("one").person.cases) == 1
    assert chat.presses("see", "back").screen == "accounts/together"
    assert HOME.types("/start").presses("several", "facebook", "DE", "n2", "see", "back").screen == "accounts/centres"


def test_one_account_needs_no_counting():
    assert HOME.types("/start").presses("several", "facebook", "DE", "n1").screen == "object/where"


def test_labels_are_given_one_after_the_other():
    chat = HOME.types("/start").presses("several", "instagram", "DE", "n3", "n2", "more", "label")
    chat = chat.presses("work", "shop", "old")
    assert chat.screen == "accounts/plan"
    assert [case.label.value for case in chat.person.cases] == ["work", "shop", "old"]
    assert chat.presses("label", "private").case.label.value == "private"


def test_no_labels_without_a_plan():
    lost = HOME.types("/start").presses("several", "instagram", "DE", "n3", "n2", "label")
    session = replace(lost.person.session, answers={})
    assert replace(lost, person=replace(lost.person, session=session)).presses("work").screen == "accounts/plan"
    assert replace(lost, person=replace(lost.person, session=session)).presses("work", "more").screen == "accounts/plan"


def test_where_nothing_is_on_record_the_complaint_says_so():
    chat = sent().types("/settings").presses("home").types("Thailand").on("2027-01-05T10:00").is_woken()
    chat = chat.presses("nothing", "complain")
    chat.reads("I have no authority on record there. Your consumer advice centre knows it.")
    filed = chat.presses("filed")
    filed.reads("I know of no legal day for the authority's answer.")


def test_two_laws_that_are_not_swiss_are_not_called_swiss():
    chat = HOME.types("/start").presses("facebook", "DE", "app", "form", "sent", "no").types("Thailand").presses("laws")
    assert "Swiss" not in chat.text
    assert "another law may count" in chat.text


def test_who_lives_there_is_not_asked_twice():
    chat = HOME.types("/start").presses("facebook", "DE", "app", "form", "sent", "yes")
    assert (chat.person.residence, chat.screen) == ("DE", "sent/noted")
    assert chat.types("/settings").presses("home", "untold").person.residence is None


def test_a_home_typed_at_once_is_understood():
    chat = HOME.types("/start").presses("facebook", "DE", "app", "form", "sent")
    assert chat.types("Switzerland").person.residence == "CH"
    assert chat.types("lorem ipsum").aside == "not_understood"


def test_somebody_whose_language_is_spoken_under_one_law_is_not_asked_where_they_live():
    chat = Chat(tongue="pl").types("/start").presses("facebook", "PL", "app", "form", "sent")
    assert chat.screen == "sent/noted"


def test_an_old_dispatch_and_a_home_under_another_law_lead_to_the_reminder():
    chat = HOME.types("/start").presses("tried", "silent", "facebook", "DE", "y2024", "yes")
    assert chat.screen == "tried/over"
    assert chat.presses("again", "write").screen == "write/what"


def test_no_answer_for_a_week_has_its_date_still_to_come():
    chat = Chat(tongue="pl").types("/start").presses("tried", "silent", "facebook", "PL")
    assert chat.presses("d7").screen == "sent/noted"
    assert chat.types("1.6.2026").screen == "tried/over"
    assert chat.types("1.6.2030").aside == "day_to_come"


def test_it_was_accepted_is_the_end():
    chat = HOME.types("/start").presses("tried", "accepted", "instagram", "AT", "screen")
    chat.reads("Done. Keep a screenshot of that page: it is your only proof.")
    assert chat.stage == "accepted"


@pytest.mark.parametrize("screen", ["dead", "code"])
def test_who_is_stuck_in_the_middle_is_helped_there(screen):
    chat = HOME.types("/start").presses("tried", screen, "instagram", "AT")
    assert chat.screen == {"dead": "trouble/what", "code": "object/missing"}[screen]


PASTED_MAIL = "Dear Anna,\nthank you.\nWe got\nyour mail\nfrom anna@mail.example"


def test_a_mail_pasted_among_several_cases_asks_which():
    both = HOME.types("/start").presses("several", "both", "DE", "two").types("/cases")
    pasted = both.types(PASTED_MAIL)
    assert (pasted.screen, pasted.aside) == ("cases/which", "text_removed_which")
    assert pasted.presses("c1").screen == "answer/what"
    one = sent().types("/cases").types(PASTED_MAIL)
    assert one.screen == "answer/what"
    assert one.presses("refused").person.cases[0].last(FactKind.REFUSED)


def test_a_mail_pasted_by_a_stranger_is_only_removed():
    pasted = Chat().types("/start").types(PASTED_MAIL)
    assert (pasted.screen, pasted.aside) == ("start/hello", "text_removed")
    assert [saying.kind.value for saying in pasted.turn.sayings] == ["remove", "screen"]


def test_a_picture_of_metas_page_is_asked_about_one_of_an_answer_is_not():
    on_the_way = Chat().types("/start de_facebook").presses("app").sends("photo")
    assert (on_the_way.screen, on_the_way.aside) == ("trouble/what", "photo")
    answered = sent().types("/start").presses("answered").sends("photo")
    assert answered.screen == "answer/what"


def test_who_comes_back_after_a_day_is_told_where_it_stands():
    away = sent().presses("fine").on("2027-01-02T10:00").types("hello")
    away.reads("Good to see you.")
    assert away.types("lorem ipsum").aside == "not_understood"


def test_the_status_of_a_country_begins_no_case_there():
    chat = Chat().types("/status France").sends("photo")
    assert chat.person.cases == ()
    assert "mine" not in chat.choices
    mine = sent("FR").types("/status").presses("mine")
    assert mine.screen == "trouble/what"
    assert len(mine.presses("gone").person.cases) == 1


def test_status_without_a_case_asks_where_and_an_unknown_one_says_so():
    asked = Chat().types("/status")
    assert asked.screen == "status/where"
    assert asked.types("Thailand").screen == "status/unknown"
    assert asked.types("lorem ipsum").aside == "not_understood"
    assert asked.types("Germany").presses("again").screen == "status/seen"
    asked.types("Germany").reads("nothing seen yet", "I am looking again")


def test_without_an_account_the_only_route_is_the_third_form():
    chat = HOME.types("/start").presses("none", "DE", "sent").types("/start")
    assert "on" not in chat.choices
    wrong = chat.presses("answered", "wrong", "route")
    assert wrong.screen == "third/what"
    listed = wrong.types("/cases").presses("c1", "change")
    assert "place" not in listed.choices


def test_an_effect_is_done_for_what_was_seen():
    chat = Chat().types("/start de_facebook").presses("app", "trouble", "gone")
    assert [type(effect) for effect in chat.turn.effects] == [AnswerPress, LookNow, Report]
    away = Chat().types("/start de_facebook").presses("app", "trouble", "country", "away")
    assert [type(effect) for effect in away.turn.effects] == [AnswerPress]
    unserved = Chat().types("/start us").presses("none")
    assert Report not in [type(effect) for effect in unserved.turn.effects]


def test_a_report_needs_a_form():
    scene = Chat().scene().with_answer("country", "US").with_answer("service", "facebook")
    assert scene.reporting("gone").effects == ()


def test_a_document_is_read_afterwards_and_its_cases_taken_over_on_a_yes():
    chat = Chat().types("/start").sends("document", "file")
    assert chat.turn.effects == (ReadFile("file"),)
    found = chat.happens(Found(2, "file"))
    found.reads("2 cases found in the file.")
    assert found.types("hello").text.endswith("Take them over?")
    taking = found.presses("yes")
    assert taking.turn.effects[1:] == (ReadFile("file", take=True),)
    taken = taking.happens(Taken(sent().person))
    assert (taken.screen, len(taken.person.cases), taken.choices[0]) == ("data/taken", 1, "cases")
    assert "_back" not in taken.choices, "nothing is taken over twice"
    assert chat.happens(Unreadable()).screen == "data/unreadable"


def test_the_goodbye_ends_all():
    chat = sent().types("/delete").presses("yes")
    assert chat.erased
    assert any(isinstance(effect, Erase) for effect in chat.turn.effects)
    assert chat.turn.sayings[-1].ends


def test_who_deletes_everything_reads_before_that_their_groups_go_on():
    assert "/unwatch" not in sent().types("/delete").text
    admin = sent()
    admin = replace(admin, person=admin.person.with_group(-5))
    admin.types("/delete").reads("goes on without you", "/unwatch")


def test_a_blocked_bot_says_nothing():
    chat = sent().happens(Membership(blocked=True))
    assert chat.turn.sayings == ()
    assert chat.person.blocked
    assert sent().happens(Nudged()).turn.sayings == ()


def test_a_leaflet_may_name_a_language():
    assert Chat().types("/start pl_instagram_de").person.language == "de"
    assert Chat().types("/start nowhere").screen == "start/hello"
    assert Chat().types("/start fr").presses("facebook").screen == "object/where"


def test_in_settings_language_clock_and_quiet_can_be_changed():
    chat = Chat().types("/settings")
    assert chat.presses("language", "de").person.language == "de"
    assert Chat().types("/start").presses("language", "de").screen == "start/hello"
    assert chat.presses("clock", "z0").person.zone_chosen
    assert chat.presses("clock").types("lorem ipsum").aside == "not_understood"
    assert chat.presses("quiet", "never").person.quiet.start == chat.presses("quiet", "never").person.quiet.end
    assert chat.presses("home").types("lorem ipsum").aside == "not_understood"


def test_the_commissioner_wants_to_be_asked_after_the_company():
    chat = sent("GB").on("2027-02-05T10:00").is_woken().presses("nothing", "complain")
    chat.reads("complain to Meta first", "within 30 days (s. 164A DPA 2018)")
    assert chat.presses("direct", "later").screen == "nudge/snoozed"


def test_a_home_for_the_complaint_is_asked_where_it_matters():
    chat = Chat(tongue="de").types("/start").presses("tried", "answered", "facebook", "DE", "refused", "complain")
    assert chat.screen == "write/live"
    assert chat.types("lorem ipsum").aside == "not_understood"
    assert chat.types("Austria").screen == "write/complain"
    assert chat.presses("DE").screen == "write/region"


def test_the_first_days_of_a_case_are_those_of_the_persons_own_calendar():
    late = (
        replace(Chat(), now=NOON.replace(hour=23, minute=30)).types("/start de_facebook").presses("app", "form", "sent")
    )
    assert late.case.facts[-1].day == date(2026, 12, 4)


def test_a_letter_while_the_month_still_runs_claims_no_end_of_it():
    chat = sent().on("2026-12-05T10:00").types("/status").presses("mine", "gone", "write")
    assert "month" not in chat.text
    chat.reads("On Thu 3 December 2026 I objected", "Please confirm it in writing")


@pytest.mark.parametrize(
    "data",
    [
        "nudge.confirmed:yes::1",
        "nudge.not_sent:week::1",
        "nudge.not_sent:on:9:1",
        "start.hello:_back::1",
        "cases.case:on::1",
    ],
)
def test_a_forged_press_takes_hold_of_no_case(data):
    for chat in (Chat().types("/start"), sent().types("/cases")):
        after = chat.presses_data(data)
        assert after.aside in {"old_button", ""}
        assert len(after.person.cases) == len(chat.person.cases)
        assert all(case.country for case in after.person.cases)


def test_a_forged_step_back_leads_to_where_it_stands():
    chat = Chat().types("/start")
    assert chat.presses_data(f"start.hello:_back::{chat.person.session.revision}").screen == "start/hello"


def test_a_choice_that_is_not_offered_leads_to_where_it_stands():
    chat = Chat().types("/start")
    after = chat.presses_data(f"start.hello:nothing::{chat.person.session.revision}")
    assert (after.screen, after.aside) == ("start/hello", "old_button")


@pytest.mark.parametrize("screen", ["back/standing", "cases/case"])
def test_a_screen_whose_case_is_gone_says_so(screen):
    chat = Chat()
    lost = replace(chat, person=replace(chat.person, session=replace(chat.person.session, screen=screen)))
    lost.types("hm").reads("That case is gone.")


def test_a_button_that_does_not_fit_is_not_made():
    with pytest.raises(ValueError, match="does not fit"):
        Button("a/b", "x" * 25, None, 1).encode()
    assert decode("a.b:c:1:2:3") is None


def test_after_an_answer_to_a_question_go_on_leads_to_where_it_stands():
    fresh = replace(sent().person, session=Session())
    asked = replace(sent(), person=fresh).types("Does it cover WhatsApp?")
    assert asked.screen == "questions/whatsapp"
    assert asked.presses("go").screen == "back/standing"
    stranger = replace(asked, person=replace(fresh, cases=())).types("Does it cover WhatsApp?")
    assert stranger.presses("go").screen == "start/hello"


def test_a_question_that_nobody_has_asked_before_is_said_to_be_unknown():
    asked = sent().types("Where did the qwrtz go?")
    assert asked.screen == "questions/none"
    assert asked.presses("go").screen == "sent/noted"
