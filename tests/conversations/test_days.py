"""Every question for a day understands how people say a day, and answers one to come kindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.cases import FactKind
from tests.conversations.pure import Chat, sent

MONTH_LATER = "2027-01-05T10:00"
"""A Tuesday."""


def answering(*ways: str) -> Chat:
    return sent().on(MONTH_LATER).types("/start").presses("answered", *ways)


def in_britain() -> Chat:
    chat = sent("GB").on(MONTH_LATER)
    return replace(chat, person=replace(chat.person, residence="GB")).types("/start").presses("complain", "done")


def by_post() -> Chat:
    letter = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write", "sent", "post")
    return letter.on(MONTH_LATER).types("/start").presses("arrived")


def settled() -> Chat:
    """The authority says that it is settled, under the rules of 2027."""
    chat = sent().on("2027-04-06T10:00")
    scene = chat.scene().on_case(1).with_fact(FactKind.COMPLAINED, "de-by-lda").with_person(residence="DE")
    chat = replace(chat, person=scene.person)
    return chat.until_woken().presses("yes", "devoid").on("2027-07-13T10:00")


ASKING = {
    "sent/when": lambda: sent().on(MONTH_LATER).presses("moved"),
    "tried/when": lambda: (
        Chat().on(MONTH_LATER).types("/start").presses("tried", "silent", "facebook").types("Germany")
    ),
    "answer/told": lambda: answering("time"),
    "answer/gave": lambda: answering("proof", "identity", "gave"),
    "write/arrived": by_post,
    "write/company_when": in_britain,
    "write/devoid_when": settled,
}
"""The ways to the questions for a day; each is asked on a Tuesday."""
SAID = {
    "today": 0, "heute früh": 0, "yesterday": -1, "Gestern Abend": -1, "vorgestern": -2, "last Monday": -1,
    "am Montag": -1, "2 weeks ago": -14, "vor zwei Wochen": -14, "4. January": date(2027, 1, 4),
    "am 4. Januar": date(2027, 1, 4), "I think on the 3rd of January": date(2027, 1, 3),
}  # fmt: skip


def noted(chat: Chat) -> set[date]:
    return {fact.day for fact in chat.case.facts} if chat.person.cases else set()


@pytest.mark.parametrize("screen", ASKING)
@pytest.mark.parametrize("said", SAID)
def test_a_day_is_understood_as_people_say_it(screen, said):
    chat = ASKING[screen]()
    assert chat.screen == screen
    chat = replace(chat, tongue="de") if set(said.split()) & {"am", "vor", "Gestern", "heute", "vorgestern"} else chat
    told = chat.types(said)

    assert told.aside == "", told.text
    meant = SAID[said]
    day = meant if isinstance(meant, date) else chat.now.date() + timedelta(days=meant)
    if screen != "answer/told":  # more time that was told too late is not noted
        assert day in noted(told), noted(told)


@pytest.mark.parametrize("screen", ASKING)
@pytest.mark.parametrize(
    ("said", "language"), [("tomorrow", "en"), ("morgen", "de"), ("in 2 weeks", "en"), ("1.1.2030", "de")]
)
def test_a_day_to_come_is_no_farewell_and_no_greeting(screen, said, language):
    chat = replace(ASKING[screen](), tongue=language)
    told = chat.types(said)

    assert (told.screen, told.aside) == (screen, "day_to_come")
    assert noted(told) == noted(chat)
    told.reads("That day is still to come.")


def test_where_no_day_is_asked_for_a_greeting_stays_a_greeting():
    chat = sent(tongue="de").presses("fine")

    assert chat.types("Guten Morgen").aside == "greeting"
    assert chat.types("bis morgen").aside == "goodbye"


def test_the_day_of_the_return_is_a_day_to_come():
    away = Chat().types("/start de_facebook").presses("app", "trouble", "country", "away")

    for said, day in (
        ("next Monday", "Mon 7 December"),
        ("Monday", "Mon 7 December"),
        ("28.12.", "Mon 28 December"),
        ("in 10 days", "Sun 13 December"),
    ):
        away.types(said).reads(day)
    assert away.types("yesterday").screen == "trouble/away"


def test_today_is_the_persons_own_day():
    """An hour after midnight in Berlin it is still yesterday in London's time."""
    chat = sent().on("2027-01-05T23:30").presses("moved")

    assert date(2027, 1, 6) in noted(chat.types("today"))
    assert date(2027, 1, 5) in noted(chat.types("yesterday"))


def test_the_day_of_metas_answer_can_be_put_right():
    """Else a letter would name the day on which it was told here."""
    told = sent().on("2026-12-20T10:00").types("/start").presses("answered", "refused")
    right = told.presses("day").reads("On which day did Meta's answer come?").types("last Monday")

    assert (right.screen, right.case.last(FactKind.REFUSED).day) == ("answer/refused", date(2026, 12, 14))
    right.reads("Noted: it came on Mon 14 December 2026.")
    right.presses("write", "paper", "text").reads("Your refusal of 14 December 2026")
    assert told.presses("day", "d1").case.last(FactKind.REFUSED).day == date(2026, 12, 19)
    assert told.presses("day", "d0").screen == "answer/refused"


@pytest.mark.parametrize("way", [("noaction", "own"), ("proof",), ("region", "own")])
def test_from_putting_the_day_right_it_goes_on_where_it_was(way):
    told = sent().on("2026-12-20T10:00").types("/start").presses("answered", *way)

    right = told.presses("day", "d7")
    assert right.screen == told.screen
    right.reads("it came on Sun 13 December 2026")


def test_no_answer_came_before_the_objection():
    told = sent().on("2026-12-20T10:00").types("/start").presses("answered", "refused", "day")

    for early in (told.types("1.12.2026"), told.presses("d30")):
        assert (early.screen, early.aside) == ("answer/when", "before_sent")
        assert early.case.last(FactKind.REFUSED).day == date(2026, 12, 20)
        early.reads("before the day on which you sent your objection")


def test_the_last_day_for_a_complaint_goes_by_the_day_of_the_answer():
    british = sent("GB").on("2026-12-30T10:00")
    british = replace(british, person=replace(british.person, residence="GB"))
    told = british.types("/start").presses("answered", "refused")
    told.presses("complain", "direct").reads("complain by Tue 30 March 2027")
    told.presses("day", "d7", "complain", "direct").reads("complain by Tue 23 March 2027")
