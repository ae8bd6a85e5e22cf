"""What the clock brings: at most one message a person a day, with all that is due in it (DESIGN promise 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.deliveries import Lane
from bot.domain.people import NOTICE_BEFORE, forget_on
from bot.domain.reminders import KEYS_KEPT, LATE_AFTER, DueNudge, is_quiet, moment, notice_key, nudges_of, told
from conversations.engine import Turn, show

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.cases import Case
    from bot.domain.people import Person
    from conversations.scene import Scene

NOT_AGAIN_BEFORE = timedelta(hours=1)
"""A wake that found nothing to do comes back no sooner: a rule that errs can't spin."""


def nudged(scene: Scene) -> Turn:
    """The turn when somebody's time has come; nothing is said in quiet hours or twice a day."""
    person = scene.person
    if person.blocked or not _may_speak(scene):
        return Turn(person)
    due = _due(scene)
    if due:
        return _told(scene, due)
    if _notice_day(scene) <= scene.today < forgotten_on(scene) and _notice_untold(scene):
        return _noticed(scene)
    return Turn(person)


def _noticed(scene: Scene) -> Turn:
    """The notice of the coming deletion; every case remembers it, so that it comes once for a day."""
    key = notice_key(forgotten_on(scene))
    for case in scene.person.cases:
        scene = scene.with_case(replace(case, told=(*case.told, key)[-KEYS_KEPT:]))
    scene = scene.with_person(nudged=scene.today).on_case(None)
    return show(scene, "nudge/expiry", lane=Lane.REMINDER)


def _told(scene: Scene, due: list[DueNudge]) -> Turn:
    for case in scene.person.cases:
        scene = scene.with_case(told(case, due))
    late = max(each.day for each in due) + LATE_AFTER < scene.today
    numbers = list(dict.fromkeys(each.case for each in due))
    scene = replace(scene.with_person(nudged=scene.today), values={"late": late})
    if len(numbers) > 1:
        scene = scene.with_answer("nudged", ",".join(str(number) for number in numbers))
        return show(scene.on_case(None), "nudge/several", lane=Lane.REMINDER)
    return show(scene.on_case(numbers[0]), f"nudge/{due[-1].nudge}", lane=Lane.REMINDER)


def _may_speak(scene: Scene) -> bool:
    local = _local(scene)
    return not _spoke_today(scene) and not is_quiet(local.hour, scene.person.quiet)


def _spoke_today(scene: Scene) -> bool:
    """By a clock that was moved west the last message may lie on a day to come."""
    return scene.person.nudged is not None and scene.person.nudged >= scene.today


def _local(scene: Scene) -> datetime:
    return scene.now.astimezone(ZoneInfo(scene.person.zone))


def planned(scene: Scene, case: Case) -> list[DueNudge]:
    """The nudges of a case that are still to come."""
    return nudges_of(case, dates=scene.dates(case), today=scene.today)


def _due(scene: Scene) -> list[DueNudge]:
    return [
        each
        for case in scene.person.cases
        for each in planned(scene, case)
        if moment(each.day, scene.person.zone, scene.person.quiet) <= scene.now
    ]


def last_dates(scene: Scene) -> list[date]:
    """The latest day that each case knows, its date included."""
    person = scene.person
    days: list[date] = []
    for case in person.cases:
        noted = [fact.noted for fact in case.facts]
        days.append(max([*noted, *(each.day for each in scene.dates(case).all()), person.since]))
    return days


def forgotten_on(scene: Scene) -> date:
    """The day on which everything of the person is erased."""
    return forget_on(scene.person, last_dates(scene))


def _notice_day(scene: Scene) -> date:
    return forgotten_on(scene) - NOTICE_BEFORE


def _notice_untold(scene: Scene) -> bool:
    key = notice_key(forgotten_on(scene))
    return any(key not in case.told for case in scene.person.cases)


def next_wake(scene: Scene) -> datetime | None:
    """When to look after this person next, in UTC; None while there is nothing to say."""
    person = scene.person
    if person.blocked:
        return None
    days = [each.day for case in person.cases for each in planned(scene, case)[:1]]
    if person.cases and _notice_untold(scene):
        days.append(_notice_day(scene))
    if not days:
        return None
    first = max(min(days), person.nudged + timedelta(days=1)) if person.nudged else min(days)
    at = moment(first, person.zone, person.quiet)
    return at if at > scene.now else _soon(person, scene)


def _soon(person: Person, scene: Scene) -> datetime:
    """A time that has come already: at the next moment in which something may be said."""
    if _spoke_today(scene) or is_quiet(_local(scene).hour, person.quiet):
        return moment(scene.today + timedelta(days=1), person.zone, person.quiet)
    return scene.now + NOT_AGAIN_BEFORE
