"""The dates of a case by each law: what pauses, restarts, moves or undoes them, and who set them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.case_dates import aware_on
from bot.domain.cases import Case, FactKind
from bot.domain.deadlines import Basis
from bot.domain.forms import Service
from tests.conversations.pure import NOON, world_at

WORLD = world_at(NOON.date())
DAY = date(2026, 12, 3)
K = FactKind


def case(*facts, country="DE"):
    """Facts as kinds, each with its day or note if it has one."""
    found = Case(1, Service.FACEBOOK, country)
    for fact in facts:
        kind, day, note = (*(fact if isinstance(fact, tuple) else (fact,)), None, None)[:3]
        found = found.with_fact(kind, today=day or DAY, day=day, note=note or "")
    return found


def dates(*facts, country="DE", residence=None, region=None):
    return WORLD.dates(case(*facts, country=country), residence, region)


ASKED = (K.WANTS_PROOF, date(2026, 12, 10), "identity")
GIVEN = (K.IDENTITY_GIVEN, date(2026, 12, 17))


def test_a_question_who_one_is_pauses_the_month_in_the_union():
    paused = dates(K.SENT, ASKED, GIVEN).answer
    assert paused.day == date(2027, 1, 11), "3 January and seven days are a Sunday"
    assert (paused.basis, paused.nominal) == (Basis.LEGAL, date(2027, 1, 10))


def test_in_the_united_kingdom_the_month_begins_with_the_answer():
    assert dates(K.SENT, ASKED, GIVEN, country="GB").answer.day == date(2027, 1, 18)
    assert dates(K.SENT, country="GB").answer.day == date(2027, 1, 4)


@pytest.mark.parametrize("country", ["DE", "GB"])
def test_while_the_question_is_open_no_legal_date_is_told(country):
    waiting = dates(K.SENT, ASKED, country=country).answer
    assert (waiting.basis, waiting.waits, waiting.day) == (Basis.OUR_CHECK, True, date(2027, 1, 4))


def test_a_question_that_comes_when_the_month_is_over_stops_nothing():
    late = (K.WANTS_PROOF, date(2027, 1, 5), "identity")
    given = (K.IDENTITY_GIVEN, date(2027, 1, 20))
    for country in ("DE", "GB"):
        assert dates(K.SENT, late, given, country=country).answer == dates(K.SENT, country=country).answer


def test_a_screenshot_that_is_asked_for_stops_nothing():
    assert dates(K.SENT, (K.WANTS_PROOF, date(2026, 12, 10)), GIVEN).answer == dates(K.SENT).answer


def test_where_the_law_sets_no_period_no_question_changes_our_check():
    for country in ("CH", "BR"):
        assert dates(K.SENT, ASKED, GIVEN, country=country).answer == dates(K.SENT, country=country).answer


def test_an_extension_counts_within_the_first_month_from_receipt_and_no_later():
    in_time, late = (K.EXTENDED, date(2027, 1, 4)), (K.EXTENDED, date(2027, 1, 5))
    assert dates(K.SENT, in_time).answer.day == date(2027, 3, 3)
    assert dates(K.SENT, late).answer.day == date(2027, 1, 4)
    assert dates(K.SENT, ASKED, GIVEN, in_time).answer.day == date(2027, 3, 10), "with the pause"


@pytest.mark.parametrize(
    ("channel", "day", "basis"),
    [
        ("form", date(2027, 1, 4), Basis.LEGAL),
        ("web", date(2027, 1, 4), Basis.LEGAL),
        ("mail", date(2027, 1, 4), Basis.LEGAL),
        ("arrived", date(2027, 1, 4), Basis.LEGAL),
        ("post", date(2027, 1, 11), Basis.OUR_CHECK),
    ],
)
def test_how_it_was_sent_decides_when_the_clock_starts(channel, day, basis):
    due = dates((K.SENT, DAY, channel)).answer
    assert (due.day, due.basis) == (day, basis)


def test_what_came_back_undelivered_has_no_date():
    assert dates(K.SENT, K.UNDELIVERED).answer is None


@pytest.mark.parametrize("country", ["BR", "CH"])
def test_brazil_and_switzerland_have_no_legal_day(country):
    facts = (K.SENT, K.WRITTEN, K.COMPLAINED)
    for each in dates(*facts, country=country, residence=country).all():
        assert each.basis is Basis.OUR_CHECK
    assert dates(K.SENT, country="BR").answer.day == DAY + timedelta(days=15)


def test_a_reminder_is_given_two_weeks_moved_off_days_off():
    checked = dates(K.SENT, (K.WRITTEN, date(2027, 3, 6))).check
    assert (checked.day, checked.basis, checked.article) == (date(2027, 3, 22), Basis.OUR_CHECK, "")


def test_the_company_has_thirty_days_to_acknowledge_in_the_united_kingdom_and_nowhere_else():
    filed = (K.COMPANY_COMPLAINED, date(2027, 1, 5))
    due = dates(K.SENT, filed, country="GB").company
    assert (due.day, due.basis, due.article) == (date(2027, 2, 4), Basis.LEGAL, "s. 164A DPA 2018")
    saturday = dates(K.SENT, (K.COMPANY_COMPLAINED, date(2027, 1, 7)), country="GB").company
    assert saturday.day == date(2027, 2, 8), "an end on a day off moves, as the Commissioner counts"
    assert dates(K.SENT, filed).company is None


def test_the_austrian_year_counts_from_what_one_could_know_and_never_moves_on():
    silent = dates(K.SENT, country="AT")
    assert silent.last_day.day == date(2028, 1, 4), "from the end of Meta's time"
    assert (silent.last_day.basis, silent.last_day.article) == (Basis.LEGAL, "§ 24(4) DSG")
    assert silent.calls == (date(2027, 10, 6), date(2027, 12, 5)), "well before it"
    refused = dates(K.SENT, (K.REFUSED, date(2026, 12, 5)), (K.WRITTEN, date(2027, 1, 8)), country="AT")
    assert refused.last_day.day == date(2027, 12, 5), "a Sunday: to be early costs nothing"
    assert dates(K.SENT).last_day is None


def test_somebody_knows_of_metas_silence_on_the_day_after_its_time():
    def aware(*facts):
        return aware_on(case(*facts, country="AT"), dates(*facts, country="AT").answer)

    assert aware(K.SENT) == date(2027, 1, 5), "the last day itself is still Meta's"
    assert aware(K.SENT, (K.REFUSED, date(2026, 12, 5))) == date(2026, 12, 5), "a no is known when it comes"
    assert aware(K.SENT, (K.REFUSED, date(2027, 1, 4))) == date(2027, 1, 4)
    assert aware(K.SENT, (K.REFUSED, date(2027, 1, 8))) == date(2027, 1, 5)
    assert aware((K.SENT, DAY, "post")) is None, "our own check is no day on which anybody knew"
    assert aware(K.OPENED) is None


def test_in_turkiye_thirty_days_are_our_check_for_nobody_knows_how_days_off_count():
    due = dates(K.SENT, residence="TR").answer
    assert (due.day, due.basis, due.article) == (date(2027, 1, 4), Basis.OUR_CHECK, "art. 13 KVKK"), (
        "2 January: Saturday"
    )
    assert (due.unsure, due.nominal) == (True, None)


def test_in_turkiye_one_complains_within_sixty_days_of_the_request_or_thirty_of_the_answer():
    silent = dates(K.SENT, residence="TR")
    assert (silent.last_day.day, silent.last_day.basis) == (date(2027, 2, 1), Basis.LEGAL)
    assert silent.last_day.article == "art. 14 KVKK"
    assert silent.calls == (date(2027, 1, 12), date(2027, 1, 25))
    early = dates(K.SENT, (K.REFUSED, date(2026, 12, 10)), residence="TR").last_day
    assert early.day == date(2027, 1, 9), "a Saturday: to be early costs nothing"
    late = dates(K.SENT, (K.REFUSED, date(2027, 1, 20)), residence="TR").last_day
    assert late.day == silent.last_day.day, "at most sixty days from the request"


def test_the_commissioner_wants_to_hear_within_three_months_of_the_last_word():
    written = dates(K.SENT, (K.WRITTEN, date(2027, 1, 20)), country="GB").last_day
    assert (written.day, written.basis) == (date(2027, 4, 20), Basis.OUR_CHECK)


def test_a_closing_may_be_objected_to_for_four_weeks_from_april_2027():
    filed = (K.COMPLAINED, date(2027, 1, 19), "atdsb")
    told = dates(K.SENT, filed, (K.DEVOID, date(2027, 4, 5)), country="AT").devoid
    assert (told.day, told.basis) == (date(2027, 5, 3), Basis.LEGAL)
    assert told.article == "Art. 5(2) Reg. (EU) 2025/2518"
    holiday = dates(K.SENT, filed, (K.DEVOID, date(2027, 4, 8)), country="AT").devoid
    assert holiday.day == date(2027, 5, 7), "6 May is Ascension Day in Austria"
    assert dates(K.SENT, filed, (K.DEVOID, date(2027, 4, 1)), country="AT").devoid is None, "a day before the rule"
    assert dates(K.SENT, filed, (K.DEVOID, date(2027, 4, 5)), country="GB", residence="GB").devoid is not None


def test_what_the_authority_wrote_begins_only_our_own_check():
    filed = (K.COMPLAINED, date(2027, 1, 19), "debaylda")
    assert dates(K.SENT, filed).authority.basis is Basis.LEGAL
    wrote = dates(K.SENT, filed, (K.AUTHORITY_WROTE, date(2027, 3, 1))).authority
    assert (wrote.day, wrote.basis) == (date(2027, 6, 1), Basis.OUR_CHECK)
    asked = dates(K.SENT, filed, (K.AUTHORITY_ASKED, date(2027, 4, 20))).authority
    assert (asked.day, asked.basis) == (date(2027, 5, 20), Basis.OUR_CHECK)


def test_a_complaint_keeps_the_authority_it_was_filed_with():
    filed = case(K.SENT, (K.COMPLAINED, date(2027, 1, 19), "debaylda"))
    at_home = WORLD.dates(filed, "DE", "DE-BY").authority
    for residence in (None, "CH", "BR", "TH"):
        assert WORLD.dates(filed, residence).authority == at_home


def test_a_move_changes_no_date_that_runs():
    before = WORLD.dates(case(K.SENT, K.WRITTEN, country="FR"), "CH")
    moved = replace(case(K.SENT, K.WRITTEN, country="FR"), lived_in="CH")
    for residence in ("DE", "GB", "BR", "TH", None):
        assert WORLD.dates(moved, residence) == before


def test_the_holidays_of_ones_own_land_move_the_authoritys_day():
    filed = (K.COMPLAINED, date(2026, 10, 6))
    assert dates(K.SENT, filed, residence="DE", region="DE-BY").authority.day == date(2027, 1, 7), "Epiphany in Bavaria"
    assert dates(K.SENT, filed, residence="DE", region="DE-HH").authority.day == date(2027, 1, 6)
