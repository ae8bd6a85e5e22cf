from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import AnswerKind, HowSure, Reading
from bot.domain.said_days import SaidDay
from bot.knowledge import load
from bot.knowledge.days import load_days
from bot.reading.day import DayIndex
from bot.reading.meaning import PASTED, Reader
from bot.reading.questions import Found
from bot.rendering.countries import CountryNames
from bot.rendering.months import month_names, weekday_names
from conversations.events import Meaning
from conversations.pasted import LinkOwner

WORLD = load()
TODAY = date(2026, 12, 3)
DAYS = DayIndex(load_days())


def spoken(_text):
    return False


def reader(language="en"):
    names = CountryNames(WORLD.names, WORLD.words_before)
    forms = tuple(WORLD.forms.values())
    return Reader(
        names.index(language),
        lambda text: DAYS.read(text, month_names("en"), weekday_names("en")),
        WORLD.links,
        forms,
        no_question,
        spoken,
        no_answer,
        {"yes": "yes", "no": "no"},
    )


def no_question(_text):
    return Found()


def no_answer(_text):
    return Reading(AnswerKind.UNKNOWN, HowSure.UNSURE)


ENGLISH = reader()


def read(text):
    return ENGLISH.meaning(text)


def test_a_country_is_read_in_english_and_in_its_own_words():
    assert read("Germany").countries == read("Deutschland").countries == ("DE",)
    assert read("Ελλάδα").countries == ("GR",)
    assert len(read("Guinea").countries) > 1 or read("Guinea").countries == ("GN",)


def test_somebody_whose_telegram_speaks_greek_is_understood_in_greek():
    assert reader("el").meaning("Γερμανία").countries == ("DE",)
    assert reader("el").meaning("Ελλαδα").countries == ("GR",)


def test_a_day_is_no_code():
    assert read("3.12.2026") == Meaning(day=SaidDay(TODAY))
    assert read("2026-12-03") == Meaning(day=SaidDay(TODAY))


@pytest.mark.parametrize(
    "text", ["482913", "48 29 13", "482-913", "FB-48291", "fb 482913", "code: 482913", "48291357", "\n 482913\n"]
)
def test_digits_like_metas_code_are_one(text):
    assert read(text).is_code


@pytest.mark.parametrize("text", ["1234", "123456789012", "3", "hello 482913 there", "4 or more"])
def test_other_digits_are_no_code(text):
    assert not read(text).is_code


@pytest.mark.parametrize(
    "text",
    ["me@mail.example", "write to anna.b+c@mail.co.uk please", "+49 170 1234567", "0170/123 45 67", "x" * (PASTED + 1),
     "Hello\nAnna\nwe\nread\nyour mail", "my password is hunter2", "Passwort: geheim"],
)  # fmt: skip
def test_what_holds_more_than_we_want_to_know_is_personal(text):
    assert read(text).is_personal


def test_a_short_private_word_is_told_from_a_pasted_mail():
    assert read("my password is hunter2").is_private
    assert not read("x" * (PASTED + 1)).is_private


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "I forgot my password",
        "Germany",
        "https://www.facebook.com/help/contact/712876720715583",
        "3 December 2026",
    ],
)
def test_what_holds_nothing_personal_is_left_alone(text):
    assert not read(text).is_personal


def test_a_pasted_mail_is_neither_a_country_nor_a_link_nor_a_day():
    mail = "Dear Anna from Germany,\n\nsee https://www.facebook.com/x.\n\n3.12.2026\nThe Privacy Team"
    assert read(mail) == Meaning(is_personal=True)


def test_an_e_mail_address_beside_a_link_is_personal_all_the_same():
    meaning = read("renate.muster@mail.example sent https://meta-optout.example/form")
    assert meaning.is_personal
    assert meaning.link.domain == "meta-optout.example"


def test_a_link_is_read_before_a_country():
    meaning = read("https://www.germany.example")
    assert meaning.link.owner is LinkOwner.FOREIGN
    assert meaning.countries == ()


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), (" 12 ", None), ("12", 12), ("123", None), ("³", None), ("x", None)]
)
def test_a_small_number_is_one(text, number):
    assert read(text).number == number


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["\n" * 100_000, " " * 100_000 + "x", "\t\n" * 50_000 + "12"])
def test_a_text_of_nothing_but_blanks_is_read_in_one_go(text):
    """Looked at again from each blank on, it would take minutes."""
    assert not read(text).is_code


@given(st.text(max_size=400))
def test_no_text_makes_it_fall(text):
    read(text)
