"""When a nudge is due, and when it may be told. A person's whole year is in tests/conversations/test_nudging.py."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case_dates import CaseDates
from bot.domain.cases import Case, FactKind, QuietHours
from bot.domain.deadlines import Basis, Deadline
from bot.domain.forms import Service
from bot.domain.reminders import (
    KEYS_KEPT,
    NUDGE_AT,
    Nudge,
    after_quiet,
    is_quiet,
    moment,
    notice_key,
    nudges_of,
    told,
)

DAY = date(2026, 12, 3)
DUE = date(2027, 1, 4)
COMPLAINT = date(2027, 4, 19)
ZONES = sorted(available_timezones() & {*available_timezones()} - {"localtime", "Factory", "posixrules"})
quiets = st.builds(QuietHours, st.integers(0, 23), st.integers(0, 23))
days = st.dates(date(2024, 1, 1), date(2032, 1, 1))


def case(*kinds, day=None):
    found = Case(1, Service.FACEBOOK, "DE")
    for kind in kinds:
        found = found.with_fact(kind, today=DAY, day=day)
    return found


def dates(answer=DUE, authority=COMPLAINT, **more):
    days = {"answer": answer, "authority": authority, "check": after(14), "company": None, "devoid": None} | more
    calls = days.pop("calls", ())
    return CaseDates(**{name: Deadline(day, Basis.LEGAL) for name, day in days.items() if day}, calls=calls)


def plan(found, *, due=DUE, today=DAY, **more):
    return [(each.nudge, each.day) for each in nudges_of(found, dates=dates(due, **more), today=today)]


def after(days):
    return DAY + timedelta(days=days)


def test_who_has_not_sent_it_is_asked_next_day_and_after_a_week():
    for kind in (FactKind.BEGUN, FactKind.OPENED, FactKind.FAILED, FactKind.CODE_MISSING, FactKind.UNDELIVERED):
        assert plan(case(kind), due=None) == [(Nudge.NOT_SENT, after(1)), (Nudge.NOT_SENT, after(7))]


def test_who_has_sent_it_is_asked_for_the_confirmation_twice_and_when_the_month_is_over_twice():
    assert plan(case(FactKind.SENT)) == [
        (Nudge.CONFIRMED, date(2026, 12, 4)),
        (Nudge.CONFIRMED, date(2026, 12, 10)),
        (Nudge.MONTH_OVER, date(2027, 1, 5)),
        (Nudge.MONTH_OVER, date(2027, 1, 12)),
    ]


def test_after_an_extension_only_the_new_date_is_asked_for():
    extended = case(FactKind.SENT, FactKind.EXTENDED)
    assert plan(extended, due=date(2027, 3, 3)) == [
        (Nudge.MONTH_OVER, date(2027, 3, 4)),
        (Nudge.MONTH_OVER, date(2027, 3, 11)),
    ]


def test_what_was_back_dated_is_not_asked_for_days_that_had_passed():
    yesterday = case(FactKind.SENT, day=DAY - timedelta(days=1))
    assert plan(yesterday)[0] == (Nudge.CONFIRMED, after(6))
    a_month_ago = case(FactKind.SENT, day=date(2026, 11, 3))
    assert plan(a_month_ago, due=date(2026, 12, 3)) == [(Nudge.MONTH_OVER, after(1)), (Nudge.MONTH_OVER, after(8))]
    years_ago = case(FactKind.SENT, day=date(2024, 6, 1))
    assert plan(years_ago, due=date(2024, 7, 1)) == [(Nudge.MONTH_OVER, after(1)), (Nudge.MONTH_OVER, after(8))]


def test_without_a_date_only_the_confirmation_is_asked_for():
    assert {nudge for nudge, _ in plan(case(FactKind.SENT), due=None)} == {Nudge.CONFIRMED}


@pytest.mark.parametrize(
    "kind", [FactKind.REFUSED, FactKind.NO_FURTHER_ACTION, FactKind.WANTS_PROOF, FactKind.NOT_IN_REGION]
)
def test_an_answer_that_is_no_yes_is_asked_about_twice(kind):
    assert plan(case(FactKind.SENT, kind)) == [(Nudge.ANSWERED, after(7)), (Nudge.ANSWERED, after(21))]


def test_a_letter_is_asked_about_in_two_and_in_three_weeks():
    refused = case(FactKind.SENT, FactKind.REFUSED, FactKind.WRITTEN)
    assert plan(refused) == [(Nudge.WRITTEN, after(14)), (Nudge.WRITTEN, after(21))]


def test_a_letter_before_metas_time_is_over_is_asked_about_again_when_it_is():
    written = case(FactKind.SENT, FactKind.WRITTEN)
    assert plan(written) == [(Nudge.WRITTEN, after(14)), (Nudge.WRITTEN, DUE + timedelta(days=1))]


def test_a_complaint_is_asked_about_after_its_date_and_four_weeks_later():
    filed = case(FactKind.SENT, FactKind.COMPLAINED)
    assert plan(filed) == [(Nudge.COMPLAINED, date(2027, 4, 20)), (Nudge.COMPLAINED, date(2027, 5, 18))]
    assert nudges_of(filed, dates=dates(DUE, None), today=DAY) == []


def test_a_complaint_to_the_company_is_asked_about_after_its_thirty_days():
    filed = case(FactKind.SENT, FactKind.COMPANY_COMPLAINED)
    company = after(32)
    assert plan(filed, company=company) == [(Nudge.COMPANY, after(33)), (Nudge.COMPANY, after(40))]


def test_before_the_four_weeks_for_an_objection_are_over_it_is_asked_twice():
    told_so = case(FactKind.SENT, FactKind.COMPLAINED, FactKind.DEVOID)
    assert plan(told_so, devoid=after(28)) == [(Nudge.DEVOID, after(14)), (Nudge.DEVOID, after(23))]
    late = case(FactKind.SENT, FactKind.COMPLAINED, FactKind.DEVOID, day=DAY - timedelta(days=20))
    assert plan(late, devoid=after(8)) == [(Nudge.DEVOID, after(3))]


def test_the_last_day_for_a_complaint_is_called_twice_and_never_for_days_gone_by():
    refused = case(FactKind.SENT, FactKind.REFUSED)
    calls = (after(200), after(260))
    assert plan(refused, calls=calls)[2:] == [(Nudge.LAST_CALL, after(200)), (Nudge.LAST_CALL, after(260))]
    assert plan(refused, calls=(DAY, after(60)))[2:] == [(Nudge.LAST_CALL, after(60))]
    assert Nudge.LAST_CALL not in dict(plan(case(FactKind.SENT, FactKind.COMPLAINED), calls=calls))


@pytest.mark.parametrize("kind", [FactKind.CONFIRMED, FactKind.CLOSED])
def test_of_what_is_over_nothing_is_asked(kind):
    assert plan(case(FactKind.SENT, kind)) == []


def test_nobody_is_asked_about_nothing():
    assert plan(case()) == []


def test_who_said_stop_is_asked_no_more_until_something_happens():
    stopped = replace(case(FactKind.SENT), stopped=True)
    assert plan(stopped) == []
    assert plan(stopped.with_fact(FactKind.REFUSED, today=after(2)))


def test_a_snooze_puts_all_off_and_asks_on_its_day():
    snoozed = replace(case(FactKind.BEGUN), snoozed_until=after(14))
    assert {day for _, day in plan(snoozed)} == {after(14)}
    again = told(snoozed, nudges_of(snoozed, dates=dates(None, None), today=after(14)))
    assert again.snoozed_until is None
    assert plan(again) == []


def test_after_two_nudges_a_snooze_asks_once_more_and_for_what_is_open_by_then():
    overdue = case(FactKind.SENT)
    quiet = told(overdue, nudges_of(overdue, dates=dates(DUE, None), today=date(2027, 1, 12)))
    snoozed = replace(quiet, snoozed_until=date(2027, 1, 19))
    [once] = nudges_of(snoozed, dates=dates(DUE, None), today=date(2027, 1, 13))
    assert (once.nudge, once.day) == (Nudge.MONTH_OVER, date(2027, 1, 19))
    assert nudges_of(told(snoozed, [once]), dates=dates(DUE, None), today=date(2027, 1, 20)) == []


def test_a_short_snooze_before_the_first_nudge_asks_the_first():
    snoozed = replace(case(FactKind.SENT), snoozed_until=DAY)
    assert plan(snoozed)[0] == (Nudge.CONFIRMED, DAY)


def test_to_open_the_form_again_brings_no_told_nudge_back():
    asked = case(FactKind.SENT)
    asked = told(asked, nudges_of(asked, dates=dates(DUE, None), today=date(2027, 1, 12)))
    assert plan(asked.with_fact(FactKind.OPENED, today=date(2027, 1, 13)), today=date(2027, 1, 13)) == []


def test_only_the_told_nudges_of_the_own_case_are_noted():
    one, other = case(FactKind.SENT), replace(case(FactKind.SENT), number=2)
    both = [each for found in (one, other) for each in nudges_of(found, dates=dates(DUE, None), today=DAY)]
    assert len(told(one, both).told) == 4
    assert len(both) == 8


@given(
    st.lists(st.sampled_from(FactKind), min_size=1, max_size=6),
    st.lists(st.integers(0, 40), min_size=6, max_size=6),
    st.none() | st.integers(0, 60),
)
def test_there_are_at_most_two_nudges_for_one_thing_and_none_comes_twice(kinds, apart, snooze):
    today, found = DAY, Case(1, Service.FACEBOOK, "DE")
    for kind, days_later in zip(kinds, apart, strict=False):
        today += timedelta(days=days_later)
        found = found.with_fact(kind, today=today)
    found = replace(found, snoozed_until=today + timedelta(days=snooze) if snooze is not None else None)
    due = today + timedelta(days=30)
    seen = []
    for step in range(400):
        day = today + timedelta(days=step)
        now = [each for each in nudges_of(found, dates=dates(due, due), today=day) if each.day <= day]
        found = told(found, now)
        seen += [each for each in now if ":snooze:" not in each.key]
    assert len({each.key for each in seen}) == len(seen)
    for nudge in Nudge:
        assert sum(each.nudge is nudge for each in seen) <= 2
    assert len(found.told) <= KEYS_KEPT


def test_a_nudge_comes_at_ten_by_the_persons_clock():
    assert moment(DAY, "Europe/Berlin", QuietHours()) == datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert moment(date(2027, 7, 1), "Europe/Berlin", QuietHours()) == datetime(2027, 7, 1, 8, tzinfo=UTC)
    assert moment(DAY, "Europe/Lisbon", QuietHours()) == datetime(2026, 12, 3, 10, tzinfo=UTC)


def test_on_the_days_when_clocks_change_it_is_ten_all_the_same():
    for day, hour in ((date(2027, 3, 28), 8), (date(2027, 10, 31), 9)):
        assert moment(day, "Europe/Berlin", QuietHours()) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "hour"),
    [
        (QuietHours(22, 8), 10),
        (QuietHours(20, 12), 12),
        (QuietHours(0, 10), 10),
        (QuietHours(9, 17), 17),
        (QuietHours(0, 0), 10),
    ],
)
def test_who_is_quiet_at_ten_hears_when_the_quiet_ends(quiet, hour):
    local = moment(DAY, "Europe/Zurich", quiet).astimezone(ZoneInfo("Europe/Zurich"))
    assert (local.date(), local.hour) == (DAY, hour)


def test_late_in_the_evening_the_quiet_ends_next_morning():
    late = datetime(2027, 4, 29, 21, 10, tzinfo=UTC)
    assert after_quiet(late, "Europe/Zurich", QuietHours()) == datetime(2027, 4, 30, 6, tzinfo=UTC)


def test_in_the_small_hours_the_quiet_ends_the_same_morning():
    night = datetime(2027, 4, 29, 1, 10, tzinfo=UTC)
    assert after_quiet(night, "Europe/Zurich", QuietHours()) == datetime(2027, 4, 29, 6, tzinfo=UTC)


def test_outside_the_quiet_hours_nothing_waits():
    noon = datetime(2027, 4, 29, 10, 10, tzinfo=UTC)
    assert after_quiet(noon, "Europe/Zurich", QuietHours()) == noon


@given(days, st.sampled_from(ZONES), quiets)
def test_no_nudge_ever_falls_into_the_quiet_hours_or_on_an_earlier_day(day, zone, quiet):
    local = moment(day, zone, quiet).astimezone(ZoneInfo(zone))
    assert not is_quiet(local.hour, quiet)
    assert local.date() >= day
    assert local.date() - day <= timedelta(days=1)
    assert local.time() >= min(NUDGE_AT, time(quiet.end))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.sampled_from(ZONES), quiets)  # noqa: DTZ001
def test_the_end_of_the_quiet_is_never_quiet_and_less_than_a_day_and_an_hour_away(at, zone, quiet):
    at = at.replace(tzinfo=UTC)
    then = after_quiet(at, zone, quiet)
    assert not is_quiet(then.astimezone(ZoneInfo(zone)).hour, quiet)
    assert timedelta(0) <= then - at <= timedelta(hours=25)


def test_the_name_of_a_notice_holds_its_day():
    assert notice_key(DUE) == "forget:2027-01-04"
