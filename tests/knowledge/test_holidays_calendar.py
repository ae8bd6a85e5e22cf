from datetime import date, timedelta

import holidays
import pytest

from bot.domain.errors import KnowledgeError
from bot.knowledge.holidays_calendar import days_off

IRELAND = days_off("IE")


def monday(year, month, number):
    days = [date(year, month, day) for day in range(1, 32) if day <= 30 or month not in {2, 4, 6, 9, 11}]
    return [day for day in days if day.weekday() == 0][number]


def irish_holidays(year):
    """The ten of the Organisation of Working Time Act 1997, with easter as given by hand."""
    easter_monday = {2026: date(2026, 4, 6), 2027: date(2027, 3, 29), 2030: date(2030, 4, 22)}[year]
    first = date(year, 2, 1)
    february = first if first.weekday() == 4 else first + timedelta(days=-first.weekday() % 7)
    return {
        date(year, 1, 1),
        february,
        date(year, 3, 17),
        easter_monday,
        monday(year, 5, 0),
        monday(year, 6, 0),
        monday(year, 8, 0),
        monday(year, 10, -1),
        date(year, 12, 25),
        date(year, 12, 26),
    }


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_ireland_has_exactly_its_ten_public_holidays(year):
    assert set(holidays.country_holidays("IE", years=year)) == irish_holidays(year)


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_in_ireland_weekends_and_the_ten_are_off_and_nothing_else(year):
    days = [date(year, 1, 1) + timedelta(days=passed) for passed in range(365)]
    expected = irish_holidays(year) | {day for day in days if day.weekday() >= 5}
    assert {day for day in days if IRELAND(day)} == expected


def test_saint_brigids_day_is_the_first_of_february_if_that_is_a_friday():
    assert irish_holidays(2030) >= {date(2030, 2, 1)}
    assert IRELAND(date(2030, 2, 1))
    assert not IRELAND(date(2030, 2, 4))


def test_good_friday_is_off_in_england_only():
    good_friday = date(2027, 3, 26)
    assert days_off("GB-ENG")(good_friday)
    assert not IRELAND(good_friday)


@pytest.mark.parametrize("place", [None, ""])
def test_without_a_place_only_weekends_are_off(place):
    saturday, sunday, monday_of_easter = date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)
    assert [days_off(place)(day) for day in (saturday, sunday, monday_of_easter)] == [True, True, False]


@pytest.mark.parametrize("place", ["XX", "GB-XYZ"])
def test_an_unknown_place_is_refused_in_one_line(place):
    with pytest.raises(KnowledgeError, match=place):
        days_off(place)
