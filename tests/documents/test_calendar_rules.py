"""The calendar file by the rules of RFC 5545, whatever the days, the names and the zones are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.calendar import BEGINNING, LARGEST, SUMMARIES, Speech, sequence
from bot.documents.dates import Awaited, Dated
from bot.domain.deadlines import Basis, Deadline
from tests.conversations.pure import NOON, sent
from tests.documents.making_calendars import CASE, FIRST, dated, file_of, made, uid
from tests.documents.reading_calendars import entries_of, lines_of


def test_the_same_moment_gives_the_same_file():
    assert file_of(sent()) == file_of(sent())


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Europe/Berlin"]
)
@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2026, 12, 31)])
def test_neither_a_zone_nor_a_change_of_the_clocks_moves_a_day(zone, day):
    here = made(dated(day), now=NOON.astimezone(ZoneInfo(zone)))
    assert here == made(dated(day), now=NOON)
    (entry,) = entries_of(here).values()
    assert (entry.start, entry.end - entry.start) == (day, timedelta(days=1))
    assert "DTSTAMP:20261203T090000Z" in lines_of(here)


def test_a_folded_letter_outside_ascii_is_not_torn():
    long = Speech(lambda text: text, lambda _case: "Großbritannien · Ελλάδα · 🇩🇪 " * 20)
    (entry,) = entries_of(made(dated(), said=long)).values()
    assert entry["SUMMARY"].count("🇩🇪") == 20


@given(
    st.lists(
        st.tuples(st.dates(date(1970, 1, 1), date(9000, 1, 1)), st.sampled_from(sorted(SUMMARIES)), st.booleans()),
        max_size=20,
    ),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=120),
    st.datetimes(FIRST, FIRST.replace(year=2090), timezones=st.just(UTC)),
)
@example([(date(2027, 1, 4), (Awaited.ANSWER, Basis.LEGAL), False)], r"a,b;c\n\\;:\"{}^'", NOON)
def test_whatever_the_days_and_the_names_are_it_is_read_back_as_it_was(kinds, name, now):
    cases = [replace(CASE, number=number) for number, _ in enumerate(kinds, 1)]
    dates = [
        Dated(case, awaited, Deadline(day, basis, name), over)
        for case, (day, (awaited, basis), over) in zip(cases, kinds, strict=True)
    ]
    found = list(entries_of(made(*dates, now=now, said=Speech(lambda text: text, lambda _case: name))).values())
    assert [entry.start for entry in found] == [each.due.day for each in dates]
    assert [entry["UID"] for entry in found] == [uid(each.key) for each in dates]
    assert [entry["STATUS"] == "CANCELLED" for entry in found] == [each.over for each in dates]
    assert all(entry["SUMMARY"].endswith(f". {name}") for entry in found)
    assert all(entry["SEQUENCE"] == sequence(now) for entry in found)


@given(
    st.datetimes(FIRST.replace(year=2020), FIRST.replace(year=9000), timezones=st.just(UTC)),
    st.timedeltas(timedelta(seconds=1), timedelta(days=9)),
)
def test_a_later_file_never_has_a_lower_sequence(now, after):
    assert 0 <= sequence(now) <= sequence(now + after) <= LARGEST
    in_time = now >= BEGINNING and now.year < 2094
    assert not in_time or sequence(now) < sequence(now + after)


def test_the_moment_is_told_in_utc_whatever_the_zone():
    west = timezone(timedelta(hours=-9, minutes=-30))
    assert "LAST-MODIFIED:20261203T090000Z" in lines_of(made(dated(), now=NOON.astimezone(west)))
