"""Whose day it is, and which: the dates of conversations.md, on the records as they are."""

from datetime import date

import pytest

from bot.domain.deadlines import (
    Basis,
    Deadline,
    answer_deadline,
    arrival_by_post,
    complaint_deadline,
    may_extend,
    reminder_check,
)
from bot.domain.jurisdictions import Elsewhere
from bot.knowledge import load

WORLD = load()


def deadline(received, registered, residence=None, told=None):
    return answer_deadline(
        received,
        registered=WORLD.jurisdiction_of(registered),
        residence=WORLD.law_of_residence(residence),
        calendars=WORLD.days_off,
        extension_told=told,
    )


@pytest.mark.parametrize(
    ("received", "country", "due"),
    [
        (date(2026, 12, 3), "DE", date(2027, 1, 4)),
        (date(2026, 12, 10), "PL", date(2027, 1, 11)),
        (date(2027, 2, 26), "AT", date(2027, 3, 26)),
        (date(2027, 2, 26), "NO", date(2027, 3, 26)),
        (date(2027, 2, 26), "GB", date(2027, 3, 30)),
        (date(2027, 11, 27), "GB", date(2027, 12, 29)),
    ],
)
def test_the_month_of_the_law_is_a_legal_date(received, country, due):
    assert deadline(received, country).day == due
    assert deadline(received, country).basis is Basis.LEGAL


def test_a_deadline_names_the_article_of_its_law():
    assert deadline(date(2026, 12, 3), "DE").article == "Art. 12(3) GDPR"
    assert deadline(date(2026, 12, 3), "GB").article == "Art. 12A UK GDPR"


def test_luc_registered_in_france_and_living_in_switzerland_gets_the_same_day_with_a_condition():
    thursday = date(2027, 1, 14)
    assert deadline(date(2026, 12, 14), "FR", "CH") == Deadline(thursday, Basis.LEGAL_IF_GDPR, "Art. 12(3) GDPR")


@pytest.mark.parametrize(
    ("registered", "residence", "basis"),
    [
        ("FR", None, Basis.LEGAL),
        ("FR", "DE", Basis.LEGAL),
        ("CH", "DE", Basis.LEGAL),
        ("FR", "GB", Basis.LEGAL),
        ("BR", "DE", Basis.LEGAL),
        ("GB", "CH", Basis.LEGAL_IF_GDPR),
        ("FR", "TH", Basis.LEGAL_IF_GDPR),
        ("CH", "CH", Basis.OUR_CHECK),
        ("CH", None, Basis.OUR_CHECK),
        ("CH", "TH", Basis.OUR_CHECK),
        ("BR", None, Basis.OUR_CHECK),
        ("BR", "CH", Basis.OUR_CHECK),
        ("BR", "TH", Basis.OUR_CHECK),
    ],
)
def test_the_law_follows_the_residence_once_it_is_known(registered, residence, basis):
    assert deadline(date(2026, 12, 14), registered, residence).basis is basis


def test_the_holidays_are_those_of_the_residences_law():
    assert deadline(date(2027, 2, 26), "FR", "GB").day == date(2027, 3, 30)
    assert deadline(date(2027, 2, 26), "GB", "FR").day == date(2027, 3, 26)


def test_our_check_is_a_month_that_ends_on_no_weekend():
    assert deadline(date(2026, 12, 3), "US").day == date(2027, 1, 4)
    assert deadline(date(2026, 11, 25), "CH").day == date(2026, 12, 25)


def test_in_brazil_we_look_after_fifteen_days_and_call_it_no_legal_date():
    assert deadline(date(2026, 12, 3), "BR") == Deadline(date(2026, 12, 18), Basis.OUR_CHECK)
    moved = deadline(date(2026, 12, 4), "BR")
    assert (moved.day, moved.nominal, moved.basis) == (date(2026, 12, 21), date(2026, 12, 19), Basis.OUR_CHECK)


def test_a_date_without_a_law_names_no_article():
    assert deadline(date(2026, 12, 3), "US").article == ""


def test_our_own_check_names_no_article_even_where_the_law_is_known():
    assert deadline(date(2026, 12, 3), "CH").article == ""
    assert deadline(date(2026, 12, 3), "BR").article == ""


def test_an_extension_told_in_time_moves_the_legal_date():
    told = deadline(date(2026, 12, 3), "DE", told=date(2026, 12, 4))
    assert told == Deadline(date(2027, 3, 3), Basis.LEGAL, "Art. 12(3) GDPR")
    assert deadline(date(2026, 11, 30), "DE", told=date(2026, 12, 1)).day == date(2027, 3, 1)


@pytest.mark.parametrize("country", ["DE", "GB"])
def test_an_extension_told_too_late_moves_nothing(country):
    assert deadline(date(2026, 12, 3), country, told=date(2027, 1, 5)).day == date(2027, 1, 4)


def test_an_extension_moves_no_check_of_ours():
    assert deadline(date(2026, 12, 14), "CH", told=date(2026, 12, 20)) == deadline(date(2026, 12, 14), "CH")


@pytest.mark.parametrize(
    ("registered", "residence", "told", "counts"),
    [
        ("DE", None, date(2027, 1, 4), True),
        ("DE", None, date(2027, 1, 5), False),
        ("FR", "CH", date(2026, 12, 20), True),
        ("CH", "CH", date(2026, 12, 20), False),
        ("BR", None, date(2026, 12, 20), False),
    ],
)
def test_whether_an_extension_counts_can_be_asked(registered, residence, told, counts):
    laws = {"registered": WORLD.jurisdiction_of(registered), "residence": WORLD.law_of_residence(residence)}
    assert may_extend(date(2026, 12, 3), told, **laws, calendars=WORLD.days_off) is counts


def complaint(filed, country, region=None):
    authority = WORLD.authorities_of(country, region)[0]
    law = WORLD.jurisdiction_of(country)
    return complaint_deadline(filed, law=law, days_off=WORLD.days_off_of(authority))


@pytest.mark.parametrize(
    ("filed", "country", "region", "due"),
    [
        (date(2027, 1, 19), "DE", "DE-BY", date(2027, 4, 19)),
        (date(2027, 1, 26), "PL", None, date(2027, 4, 26)),
        (date(2026, 10, 6), "DE", "DE-BY", date(2027, 1, 7)),  # Epiphany is a holiday in Bavaria,
        (date(2026, 10, 6), "DE", "DE-BE", date(2027, 1, 6)),  # not in Berlin
    ],
)
def test_an_authority_has_three_months_by_its_own_calendar(filed, country, region, due):
    assert complaint(filed, country, region) == Deadline(due, Basis.LEGAL, "Art. 78(2) GDPR")


def test_a_swiss_report_has_no_legal_day():
    assert complaint(date(2027, 1, 29), "CH").day == date(2027, 4, 29)
    assert complaint(date(2027, 1, 29), "CH").basis is Basis.OUR_CHECK


def test_a_complaint_without_a_law_on_record_is_looked_after_in_three_months():
    due = complaint_deadline(date(2027, 1, 19), law=None, days_off=WORLD.days_off(None))
    assert due == Deadline(date(2027, 4, 19), Basis.OUR_CHECK)


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        (date(2027, 1, 5), date(2027, 1, 19)),
        (date(2027, 1, 15), date(2027, 1, 29)),
        (date(2027, 1, 9), date(2027, 1, 25)),
    ],
)
def test_a_reminder_is_asked_after_in_two_weeks_by_our_own_check(sent, asked):
    assert reminder_check(sent, WORLD.days_off(None)) == Deadline(asked, Basis.OUR_CHECK)


def test_a_letter_is_reckoned_to_arrive_after_a_week_until_the_day_is_told():
    assert arrival_by_post(date(2026, 12, 10)) == date(2026, 12, 17)
    assert arrival_by_post(date(2026, 12, 10), date(2026, 12, 14)) == date(2026, 12, 14)


def test_what_is_counted_from_a_reckoned_arrival_is_our_check():
    due = deadline(arrival_by_post(date(2026, 12, 10)), "DE").reckoned()
    assert due == Deadline(date(2027, 1, 18), Basis.OUR_CHECK, "Art. 12(3) GDPR")


def test_not_asked_and_not_on_record_are_two_things():
    assert WORLD.law_of_residence(None) is None
    assert WORLD.law_of_residence("TH") is Elsewhere.UNLISTED
