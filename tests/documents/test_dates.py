"""Which dates somebody takes along, and which of them nothing is waited for any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.dates import Awaited, dates_of
from bot.domain.cases import Case, FactKind
from bot.domain.deadlines import Basis
from bot.domain.forms import Service
from tests.conversations.pure import NOON, Chat, sent, world_at

DAY = date(2026, 12, 3)
K = FactKind


def case_with(*kinds: FactKind, number: int = 1, country: str = "DE", day: date = DAY) -> Case:
    case = Case(number, Service.FACEBOOK, country).with_fact(K.BEGUN, today=day)
    for place, kind in enumerate(kinds):
        case = case.with_fact(kind, today=day + timedelta(days=place))
    return case


def dates(*kinds: FactKind, country: str = "DE") -> dict[Awaited, bool]:
    person = replace(Chat().person, cases=(case_with(*kinds, country=country),))
    return {each.awaited: not each.over for each in dates_of(person, world_at(NOON.date()))}


ANSWER, LETTER, COMPLAINT, COMPANY, DEVOID, LAST_DAY, ERASURE = Awaited


@pytest.mark.parametrize(
    ("kinds", "running"),
    [
        ((), {}),
        ((K.FAILED,), {}),
        ((K.SENT,), {ANSWER: True}),
        ((K.SENT, K.EXTENDED), {ANSWER: True}),
        ((K.SENT, K.CONFIRMED), {ANSWER: False}),
        ((K.SENT, K.CLOSED), {ANSWER: False}),
        ((K.SENT, K.CLOSED, K.OPENED), {ANSWER: True}),
        ((K.SENT, K.UNDELIVERED), {ANSWER: False}),
        ((K.SENT, K.UNDELIVERED, K.SENT), {ANSWER: True}),
        ((K.SENT, K.WRONG_FORM), {ANSWER: False}),
        ((K.SENT, K.NO_FURTHER_ACTION), {ANSWER: True}),
        ((K.SENT, K.REFUSED), {ANSWER: False}),
        ((K.SENT, K.NO_FURTHER_ACTION, K.WRITTEN), {ANSWER: True, LETTER: True}),
        ((K.SENT, K.REFUSED, K.WRITTEN), {ANSWER: False, LETTER: True}),
        ((K.SENT, K.WRITTEN, K.CONFIRMED), {ANSWER: False, LETTER: False}),
        ((K.SENT, K.WRITTEN, K.COMPLAINED), {ANSWER: False, LETTER: False, COMPLAINT: True}),
        ((K.FAILED, K.COMPLAINED), {COMPLAINT: True}),
        ((K.SENT, K.COMPLAINED, K.CONFIRMED), {ANSWER: False, COMPLAINT: False}),
    ],
)
def test_what_is_waited_for(kinds, running):
    assert dates(*kinds) == running


def test_in_the_united_kingdom_metas_receipt_and_the_last_day_are_taken_along():
    assert dates(K.SENT, country="GB") == {ANSWER: True, LAST_DAY: True}
    complained = dates(K.SENT, K.REFUSED, K.COMPANY_COMPLAINED, country="GB")
    assert complained == {ANSWER: False, COMPANY: True, LAST_DAY: True}
    filed = dates(K.SENT, K.COMPANY_COMPLAINED, K.COMPLAINED, country="GB")
    assert filed == {ANSWER: False, COMPANY: False, LAST_DAY: False, COMPLAINT: True}
    assert dates(K.SENT, K.UNDELIVERED, country="GB") == {ANSWER: False, LAST_DAY: False}, "calendars have it by then"


def test_from_april_2027_the_four_weeks_against_a_closing_are_taken_along():
    april = case_with(K.SENT, K.COMPLAINED, K.DEVOID, country="AT", day=date(2027, 4, 5))
    objected = april.with_fact(K.DEVOID_OBJECTED, today=date(2027, 4, 20))
    for case, runs in ((april, True), (objected, False)):
        found = dates_of(replace(Chat().person, cases=(case,)), world_at(NOON.date()))
        (devoid,) = (each for each in found if each.awaited is DEVOID)
        assert (devoid.due.day, devoid.due.basis, not devoid.over) == (date(2027, 5, 5), Basis.LEGAL, runs)


def test_a_request_for_erasure_has_a_month_of_its_own():
    assert dates(K.SENT, K.CONFIRMED, K.ERASURE_ASKED) == {ANSWER: False, ERASURE: True}


def test_the_dates_are_those_that_the_chat_tells():
    chat = sent()
    (answer,) = dates_of(chat.person, chat.scene().world)
    assert (answer.due, answer.due.day) == (chat.scene().due, date(2027, 1, 4))
    assert answer.due.basis is Basis.LEGAL


def test_a_letter_is_checked_by_us_two_weeks_later_on_a_working_day():
    person = replace(Chat().person, cases=(case_with(K.SENT, K.NO_FURTHER_ACTION, K.WRITTEN),))
    letter = dates_of(person, world_at(NOON.date()))[1].due
    assert (letter.day, letter.basis, letter.article) == (DAY + timedelta(days=18), Basis.OUR_CHECK, "")


def test_what_came_back_keeps_the_day_that_calendars_have():
    before, after = (
        dates_of(replace(Chat().person, cases=(case_with(*kinds),)), world_at(NOON.date()))[0]
        for kinds in ((K.SENT,), (K.SENT, K.UNDELIVERED))
    )
    assert (before.due, before.key) == (after.due, after.key)


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(FactKind), max_size=8), st.sampled_from(["DE", "FR", "GB", "CH", "AT"])),
        max_size=6,
    ),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from([None, "DE", "CH", "US"]),
)
def test_whatever_happened_every_date_has_a_name_of_its_own(histories, day, residence):
    cases = tuple(case_with(*kinds, number=n, country=code, day=day) for n, (kinds, code) in enumerate(histories, 1))
    found = dates_of(replace(Chat().person, cases=cases, residence=residence), world_at(NOON.date()))
    assert len({each.key for each in found}) == len(found)
    for each in found:
        settled = each.case.facts[-1].kind in {K.CONFIRMED, K.CLOSED}
        assert not settled or each.over
