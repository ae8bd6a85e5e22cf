from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.cases import MAX_CASES, Case, FactKind, Label, QuietHours, Session
from bot.domain.forms import Service
from bot.domain.people import KEPT_WITHOUT_CASE, Person, forget_on, taken_over

DAY = date(2026, 12, 3)
DAY_LONG = timedelta(days=1)


def kinga(**more):
    return Person(7, "pl", "Europe/Warsaw", since=DAY, seen=DAY, **more)


def with_cases(number, person=None, day=DAY):
    person = person or kinga()
    for _ in range(number):
        person, _case = person.begin(Service.INSTAGRAM, "PL", day)
    return person


def test_cases_are_numbered_in_turn_and_found_by_number():
    person = with_cases(3)
    assert [case.number for case in person.cases] == [1, 2, 3]
    assert person.case(2).number == 2
    assert person.case(9) is None
    assert person.case(None) is None


def test_a_new_case_begins_with_its_day():
    _, case = kinga().begin(Service.FACEBOOK, "PL", DAY)
    assert [(fact.kind, fact.day) for fact in case.facts] == [(FactKind.BEGUN, DAY)]


def test_a_number_is_not_given_again_while_a_later_case_stands():
    person = with_cases(3).without_case(2)
    assert [case.number for case in person.cases] == [1, 3]
    assert [case.number for case in with_cases(1, person).cases] == [1, 3, 4]


def test_a_case_put_back_keeps_its_place():
    person = with_cases(3)
    changed = replace(person.case(2), place="app")
    assert [case.place for case in person.with_case(changed).cases] == ["", "app", ""]


def test_nobody_has_more_cases_than_can_be_kept():
    person = with_cases(MAX_CASES + 3)
    assert len(person.cases) == MAX_CASES
    same, last = person.begin(Service.FACEBOOK, "PL", DAY)
    assert same == person
    assert last == person.cases[-1]


def test_who_only_looked_in_is_forgotten_after_ninety_days():
    assert forget_on(kinga(), []) == DAY + KEPT_WITHOUT_CASE == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        ([date(2027, 1, 4)], date(2028, 1, 4)),
        ([date(2027, 1, 4), date(2027, 4, 19)], date(2028, 4, 19)),
        ([date(2028, 2, 29)], date(2029, 2, 28)),
        ([date(2024, 6, 1)], date(2027, 12, 3)),
    ],
)
def test_a_case_is_kept_twelve_months_after_the_last_date_but_never_less_than_a_year(days, gone):
    assert forget_on(kinga(), days) == gone


def test_who_wants_to_be_kept_longer_is_kept_longer_never_shorter():
    assert forget_on(kinga(kept_until=date(2029, 1, 1)), [DAY]) == date(2029, 1, 1)
    assert forget_on(kinga(kept_until=date(2027, 1, 1)), [DAY]) == date(2027, 12, 3)


def test_an_export_brings_cases_and_settings_but_neither_chat_nor_conversation():
    old = with_cases(2, kinga(residence="DE", region="DE-BY", quiet=QuietHours(20, 9), zone_chosen=True))
    new = Person(8, "en", "UTC", since=DAY, seen=DAY, session=Session("data/found", 4))
    taken = taken_over(new, old)
    assert (taken.chat_id, taken.session) == (8, Session("data/found", 4))
    assert (taken.language, taken.zone, taken.residence, taken.region) == ("pl", "Europe/Warsaw", "DE", "DE-BY")
    assert (taken.quiet, taken.zone_chosen) == (QuietHours(20, 9), True)
    assert taken.cases == old.cases


def test_cases_taken_over_get_numbers_of_their_own():
    taken = taken_over(with_cases(2), with_cases(2, day=DAY + DAY_LONG))
    assert [case.number for case in taken.cases] == [1, 2, 3, 4]


def test_an_export_sent_back_to_where_it_is_from_doubles_nothing():
    person = with_cases(2)
    assert taken_over(person, person).cases == person.cases
    once = taken_over(kinga(), person)
    assert taken_over(once, person).cases == once.cases


def test_of_a_case_that_is_here_and_in_the_export_the_one_that_went_on_longer_counts():
    before = with_cases(2)
    went_on = before.cases[1].with_fact(FactKind.SENT, today=DAY)
    after = before.with_case(went_on)
    assert set(taken_over(after, before).cases) == set(taken_over(before, after).cases) == set(after.cases)


def test_a_case_of_another_label_is_another_case():
    one = with_cases(1)
    work, shop = (one.with_case(replace(one.cases[0], label=each)) for each in (Label.WORK, Label.SHOP))
    assert len(taken_over(work, shop).cases) == 2
    assert len(taken_over(work, with_cases(1)).cases) == 1


def test_no_more_cases_are_taken_over_than_can_be_kept():
    taken = taken_over(with_cases(15), with_cases(15, day=DAY + DAY_LONG))
    assert len(taken.cases) == MAX_CASES
    assert [case.number for case in taken.cases] == list(range(1, MAX_CASES + 1))


def test_without_a_case_the_others_stay():
    assert with_cases(1).without_case(5) == with_cases(1)
    assert with_cases(1).without_case(1).cases == ()
    assert isinstance(with_cases(1).cases[0], Case)
