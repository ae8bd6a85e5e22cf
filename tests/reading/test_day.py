from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.said_days import EARLIEST
from bot.knowledge.days import load_days
from bot.reading.day import DayIndex
from bot.rendering.months import month_names, weekday_names

TODAY = date(2026, 12, 3)
"""A Thursday."""
DAYS = DayIndex(load_days())


def read(text, language="en", *, ahead=False, today=TODAY):
    said = DAYS.read(text, month_names(language), weekday_names(language))
    return said.on(today, ahead=ahead) if said else None


@pytest.mark.parametrize(
    "text",
    ["3.12.2026", "03.12.2026", "3. 12. 2026", "3/12/2026", "3-12-2026", "3 12 2026", " 3.12.26 ", "2026-12-03",
     "2026/12/3", "2026.12.03.", "3 December 2026", "3. december 2026", "December 3, 2026", "Dec 3 2026", "3 dec",
     "2026 December 3", "3.12.", "3.12", "DECEMBER 3"],
)  # fmt: skip
def test_a_day_is_read_as_europe_writes_it(text):
    assert read(text) == date(2026, 12, 3)


@pytest.mark.parametrize("text", ["3. Dezember 2026", "3 Dez 2026", "3. Dez.", "Dezember 3 2026", "3 december 2026"])
def test_months_are_read_in_the_chats_language_and_in_english(text):
    assert read(text, "de") == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [("4.12.", date(2025, 12, 4)), ("3.12.", TODAY), ("1 January", date(2026, 1, 1)), ("31 Dec", date(2025, 12, 31))],
)
def test_without_a_year_the_last_such_day_is_meant(text, day):
    assert read(text) == day


def test_a_day_to_come_is_read_as_it_is_written():
    assert read("1.1.2030") == date(2030, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "31.2.2026", "2026-13-01", "0.0.2026", "29 February", "December", "December 2026", "3 Thermidor 2026",
     "3.12.1999", f"1.1.{EARLIEST - 1}", "3.12.2026 and more of this that goes on and on", "12345678", "3 3 December",
     "٣ december x", "1.1.0001"],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert read(text) is None


def test_the_leap_day_of_last_leap_year_needs_its_year():
    assert read("29.2.2024") == date(2024, 2, 29)


@given(st.dates(date(EARLIEST, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_again_as_it_was_written(day):
    for text in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}. {day:%B} {day.year}"):
        assert read(text) == day


@given(st.text(max_size=60))
def test_no_text_makes_it_fall(text):
    found = read(text)
    assert found is None or found.year >= EARLIEST


def in_december(day: int) -> date:
    """A negative one is counted back from the last of November."""
    return date(2026, 12, 1) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", 3), ("this morning", 3), ("just now", 3), ("yesterday", 2), ("yesterday evening", 2),
        ("last night", 2), ("It was yesterday", 2), ("the day before yesterday", 1), ("yesterday at 10:30", 2),
        ("Monday", 0), ("on Monday", 0), ("last Monday", 0), ("on Thursday", 3), ("last Thursday", -4),
        ("Monday morning", 0), ("a week ago", -4), ("2 weeks ago", -11), ("two weeks ago", -11),
        ("about three days ago", 0), ("last week", -4), ("a month ago", -27), ("on the 3rd of November", -27),
        ("Monday, 30 November", 0), ("Nov 3rd", -27), ("I think on 30 November 2026", 0), ("tomorrow", 4),
        ("next Monday", 7), ("in 2 weeks", 17), ("the day after tomorrow", 5),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_say_it(text, day):
    assert read(text) == in_december(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("heute", 3), ("heute früh", 3), ("heute morgen", 3), ("gerade eben", 3), ("gestern", 2),
        ("Gestern Abend", 2), ("gestern um 10 Uhr", 2), ("vorgestern", 1), ("am Montag", 0), ("Montag", 0),
        ("letzten Montag", 0), ("Montagabend", 0), ("am letzten Donnerstag", -4), ("Donnerstag", 3),
        ("vor zwei Wochen", -11), ("vor 2 Wochen", -11), ("vor einer Woche", -4), ("ungefähr vor drei Tagen", 0),
        ("vor ca. 2 Wochen", -11), ("zwei Wochen her", -11), ("letzte Woche", -4), ("vor einem Monat", -27),
        ("3. November", -27), ("am 3. November", -27), ("am 3.11.", -27), ("Am Montag, den 30. November", 0),
        ("es war am 30.11.2026", 0), ("ich glaube gestern", 2), ("morgen", 4), ("morgen früh", 4),
        ("übermorgen", 5), ("nächsten Montag", 7), ("in drei Tagen", 6),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_say_it_in_german(text, day):
    assert read(text, "de") == in_december(day)


def test_german_words_are_read_whatever_somebodys_telegram_speaks():
    assert read("heute früh", "en") == TODAY
    assert read("vor zwei Wochen", "fr") == in_december(-11)


@pytest.mark.parametrize(
    "text",
    ["morning", "good morning", "Guten Morgen", "so", "bis morgen", "früh", "last", "ago", "2 weeks", "vor Wochen",
     "am", "on the", "in 99999 weeks", "0 days ago", "a", "the", "next", "I don't know", "weiß nicht", "November",
     "im November", "vor 2"],
)  # fmt: skip
def test_what_says_no_day_is_none(text):
    assert read(text) is None
    assert read(text, "de") is None


def test_of_a_day_to_come_the_next_one_is_meant():
    for text, day in (("28.12.", 28), ("28 December", 28), ("Monday", 7), ("Thursday", 10)):
        assert read(text, ahead=True) == in_december(day), text
    assert read("2 December", ahead=True) == date(2027, 12, 2)
    assert read("tomorrow", ahead=True) == in_december(4)
    assert read("1.1.2027", ahead=True) == date(2027, 1, 1)


@given(st.text(alphabet="0123456789. /agovrwekshutmn\u0308-", max_size=70))
def test_no_text_like_a_day_makes_it_fall(text):
    assert read(text, "de") is None or isinstance(read(text, "de"), date)
