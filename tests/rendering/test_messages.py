"""Messages as Telegram shows them: escaped, in the chat's language, moments by the person's clock."""

from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from bot.domain.deliveries import Saying
from bot.rendering.messages import rendered, renderer
from bot.rendering.months import month_names
from bot.rendering.words import FAILURES, Words
from bot.telegram.failures import Failure
from bot.use_cases import documents
from tests.conversations.pure import NOON, Chat

ENGLISH = Words("en", str)
GERMAN = Words("de", str)


def shown(screen, values, **changes):
    return rendered(documents.of_saying(Saying(screen, values=values), Chat().person) | changes, NOON)


def test_what_comes_from_people_is_escaped():
    values = {"domain": "<b>&x", "trait": "", "other": "", "case": None, "service": "facebook", "country": "DE"}
    text = shown("link/foreign", values).text
    assert "“&lt;b&gt;&amp;x”" in text


def test_a_missing_value_is_a_fault_and_no_gap():
    with pytest.raises(UndefinedError):
        shown("nudge/kept", {})


def test_an_unknown_language_is_none_of_ours():
    assert (
        shown("nudge/kept", {"day": "2027-01-04"}, language="de").text
        != shown("nudge/kept", {"day": "2027-01-04"}).text
    )


def test_a_line_before_the_screen_stands_above_it():
    text = shown("tried/what", {}, aside="voice").text
    assert text.startswith("I cannot listen to voice messages")
    assert text.endswith("\n\nGood that you did. What happened last?")


def test_buttons_open_copy_or_answer():
    rows = Chat().types("/start de_facebook").presses("browser").message.rows
    kinds = {button.label: (bool(button.url), bool(button.copy), bool(button.data)) for row in rows for button in row}
    assert kinds["Open the form ↗"] == (True, False, False)
    assert kinds["Copy the address"] == (False, True, False)
    assert kinds["I see the form"] == (False, False, True)


def test_a_moment_of_today_is_told_by_the_hour_another_by_its_day():
    at = datetime(2026, 12, 3, 23, 30, tzinfo=UTC).isoformat()
    assert ENGLISH.moment(at, "Europe/Berlin", date(2026, 12, 4)) == "today 00:30"
    assert ENGLISH.moment(at, "Europe/Lisbon", date(2026, 12, 4)) == "3 Dec 2026, 23:30"
    assert ENGLISH.clock(at, "Europe/Athens") == "01:30"


@pytest.mark.parametrize(
    ("words", "day", "month", "zone"),
    [
        (ENGLISH, "Mon 4 January 2027", "January 2027", "Zurich"),
        (GERMAN, "Montag, 4. Januar 2027", "Januar 2027", "Zürich"),
    ],
)
def test_days_months_and_zones_are_told_in_the_chats_language(words, day, month, zone):
    assert words.day("2027-01-04") == day
    assert words.day("2027-01-04T10:00:00+00:00") == day
    assert words.month("2027-01-04") == month
    assert words.zone("Europe/Zurich") == zone


def test_a_case_is_called_by_its_label_or_from_the_second_on_by_its_number():
    case = {"number": 1, "service": "facebook", "country": "DE", "label": None}
    assert ENGLISH.case(case) == "Facebook, Germany"
    assert ENGLISH.case({**case, "number": 2}) == "Facebook, Germany (2)"
    assert ENGLISH.case({**case, "number": 2, "label": "work"}) == "Facebook, Germany (Work)"
    assert GERMAN.case(case) == "Facebook, Deutschland"


def test_languages_are_named_by_themselves_and_in_sentences_by_the_chats_words():
    assert ENGLISH.language("de") == "Deutsch"
    assert ENGLISH.tongue("de") == "German"
    assert GERMAN.tongue("pl") == "Polnisch"


def test_regions_bear_their_own_names():
    assert ENGLISH.region("DE-BY") == "Bayern"
    assert ENGLISH.region("XX-1") == "XX-1"


def test_one_and_several_are_told_apart():
    one, two = (shown("data/found", {"cases": number}).text for number in (1, 2))
    assert one.startswith("1 case found")
    assert two.startswith("2 cases found")


def test_the_text_of_a_screen_can_be_asked_for_alone():
    assert renderer("en").text("tried/what", {}) == "Good that you did. What happened last?"


def test_months_are_known_in_full_and_short_and_in_english():
    names = month_names("de")
    assert {names["dezember"], names["dez"], names["december"], names["dec"]} == {12}
    assert names["marz"] == names["march"] == 3


def test_every_failure_of_a_call_has_words_for_operators():
    assert set(FAILURES) == {each.value for each in Failure}
