from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.day import EARLIEST, read_day
from bot.rendering.months import month_names

TODAY = date(2026, 12, 3)


def read(text, language="en"):
    return read_day(text, month_names(language), TODAY)


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
