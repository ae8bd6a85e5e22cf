"""Nudges: which are due, when, and never more than two for one thing (DESIGN promise 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.cases import FactKind
from bot.domain.stages import Stage, stage_of, telling

if TYPE_CHECKING:
    from typing import TypeAlias

    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case, Fact, QuietHours

    Plan: TypeAlias = "list[tuple[Nudge, tuple[date, ...]]]"

NUDGE_AT = time(10)
"""A friendly hour by the person's clock."""
LATE_AFTER = timedelta(days=1)
"""A nudge told that much after its time is marked as late."""
NOTICE = "forget:"
"""Before the day of a notice's key."""
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
KEYS_KEPT = 40
"""More than the nudges that can still come again."""


class Nudge(StrEnum):
    """What a nudge asks."""

    NOT_SENT = "not_sent"
    CONFIRMED = "confirmed"
    MONTH_OVER = "month_over"
    ANSWERED = "answered"
    WRITTEN = "written"
    COMPANY = "company"
    COMPLAINED = "complained"
    DEVOID = "devoid"
    ERASURE = "erasure"
    LAST_CALL = "last_call"
    """The last day for a complaint comes near."""


@dataclass(frozen=True, slots=True)
class DueNudge:
    """A nudge for one case on a day by the person's own clock. `key` names it for ever."""

    case: int
    nudge: Nudge
    day: date
    key: str


def nudges_of(case: Case, *, dates: CaseDates, today: date) -> list[DueNudge]:
    """All nudges not told yet, in order of their days. A snooze replaces what was to come before it."""
    last = telling(case.facts)
    if case.stopped or not last:
        return []
    planned = [
        DueNudge(case.number, nudge, day, f"{last.noted.isoformat()}:{nudge}:{ordinal}")
        for nudge, days in _plan(case, last, _stage(case, dates, today), dates)
        for ordinal, day in enumerate(days, 1)
    ]
    if case.snoozed_until and planned:
        planned = _snoozed(planned, case.snoozed_until, f"{last.noted.isoformat()}:snooze")
    return sorted((each for each in planned if each.key not in case.told), key=lambda each: each.day)


def _snoozed(planned: list[DueNudge], until: date, key: str) -> list[DueNudge]:
    """Nothing before that day; on it what was last to be asked by then."""
    by_then = [each for each in planned if each.day <= until] or planned[:1]
    asked = replace(max(by_then, key=lambda each: each.day), day=until, key=f"{key}:{until.isoformat()}")
    return [asked, *(replace(each, day=max(each.day, until)) for each in planned)]


def _stage(case: Case, dates: CaseDates, today: date) -> Stage:
    return stage_of(case, dates.answer.day if dates.answer else None, today)


def _plan(case: Case, last: Fact, stage: Stage, dates: CaseDates) -> Plan:
    match stage:
        case Stage.NOT_SENT | Stage.BLOCKED:
            return [(Nudge.NOT_SENT, (last.noted + DAY, last.noted + WEEK))]
        case Stage.SENT | Stage.OVERDUE:
            return [*_confirmations(last), *_month_over(last, dates), *_last_calls(last, dates)]
        case Stage.ANSWERED:
            return [(Nudge.ANSWERED, (last.noted + WEEK, last.noted + 3 * WEEK)), *_last_calls(last, dates)]
        case Stage.WRITTEN:
            return [*_written(case, last, dates), *_last_calls(last, dates)]
        case Stage.COMPLAINED:
            return _complained(last, dates)
        case _:
            return _erasure(last, dates)


def _written(case: Case, last: Fact, dates: CaseDates) -> Plan:
    """Our check, and a week later; where Meta's time ends after that, the day after its end."""
    if last.kind is FactKind.COMPANY_COMPLAINED and dates.company:
        return [(Nudge.COMPANY, _twice(dates.company.day + DAY, last.noted, WEEK))]
    if not dates.check:
        return []
    first, second = _twice(dates.check.day, last.noted, WEEK)
    ends = ends_after_writing(case, last, dates)
    return [(Nudge.WRITTEN, (first, max(second, ends + DAY) if ends else second))]


def ends_after_writing(case: Case, last: Fact, dates: CaseDates) -> date | None:
    """The end of Meta's time, if it lay ahead when it was last written to, and it had not answered by a refusal."""
    refused = any(fact.kind is FactKind.REFUSED for fact in case.since(FactKind.SENT))
    ahead = dates.answer is not None and not dates.answer.waits and dates.answer.day > last.noted
    return dates.answer.day if dates.answer and ahead and not refused else None


def _complained(last: Fact, dates: CaseDates) -> Plan:
    if last.kind is FactKind.DEVOID and dates.devoid:
        days = tuple(day for day in (dates.devoid.day - 2 * WEEK, dates.devoid.day - 5 * DAY) if day > last.noted)
        return [(Nudge.DEVOID, days)]
    return [(Nudge.COMPLAINED, _twice(dates.authority.day + DAY, last.noted, 4 * WEEK))] if dates.authority else []


def _erasure(last: Fact, dates: CaseDates) -> Plan:
    """Done is done, but for what was asked of Meta on top of its yes."""
    if last.kind is not FactKind.ERASURE_ASKED or not dates.erasure:
        return []
    return [(Nudge.ERASURE, _twice(dates.erasure.day + DAY, last.noted, WEEK))]


def _last_calls(last: Fact, dates: CaseDates) -> Plan:
    """What lay before the last thing told to us is not asked."""
    return [(Nudge.LAST_CALL, tuple(day for day in dates.calls if day > last.noted))]


def _twice(first: date, noted: date, apart: timedelta) -> tuple[date, date]:
    """Two days; what was back-dated is asked from the day after it was told to us."""
    start = max(first, noted + DAY)
    return start, start + apart


def _confirmations(last: Fact) -> Plan:
    """Next day and after a week; what lay before the person told us is not asked."""
    if last.kind is not FactKind.SENT:
        return []
    days = tuple(day for day in (last.day + DAY, last.day + WEEK) if day > last.noted)
    return [(Nudge.CONFIRMED, days)]


def _month_over(last: Fact, dates: CaseDates) -> Plan:
    return [(Nudge.MONTH_OVER, _twice(dates.answer.day + DAY, last.noted, WEEK))] if dates.answer else []


def told(case: Case, tellings: list[DueNudge]) -> Case:
    """The case after these nudges went out; a snooze that fired is over."""
    keys = tuple(each.key for each in tellings if each.case == case.number)
    fired = any(":snooze:" in key for key in keys)
    return replace(case, told=(*case.told, *keys)[-KEYS_KEPT:], snoozed_until=None if fired else case.snoozed_until)


def notice_key(day: date) -> str:
    """The name of the notice that everything is erased on that day."""
    return f"{NOTICE}{day.isoformat()}"


def moment(day: date, zone: str, quiet: QuietHours) -> datetime:
    """When a nudge of that day goes out, in UTC: at ten by the person's clock, or when the quiet hours end."""
    local = datetime.combine(day, NUDGE_AT, ZoneInfo(zone))
    return after_quiet(local, zone, quiet)


def after_quiet(at: datetime, zone: str, quiet: QuietHours) -> datetime:
    """The first moment from `at` on that is not in the quiet hours, in UTC."""
    local = at.astimezone(ZoneInfo(zone))
    if not is_quiet(local.hour, quiet):
        return at.astimezone(ZoneInfo("UTC"))
    ends = datetime.combine(local.date(), time(quiet.end), ZoneInfo(zone))
    if quiet.start > quiet.end and local.hour >= quiet.start:
        ends = datetime.combine(local.date() + DAY, time(quiet.end), ZoneInfo(zone))
    return ends.astimezone(ZoneInfo("UTC"))


def is_quiet(hour: int, quiet: QuietHours) -> bool:
    """Is that hour of the day one of the quiet ones?"""
    if quiet.start <= quiet.end:
        return quiet.start <= hour < quiet.end
    return hour >= quiet.start or hour < quiet.end
