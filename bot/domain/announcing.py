"""What groups are told: one message an outage, edited while it lasts, one reply when it is over; or a bulletin. Pure.

An announcement gathers what lasts at the same time of one service's forms, a line a country. For each chat there is
what is wanted, derived from the announcement as it is now and the group's countries, and what was told. `next_step`
brings the two together. So what has become untrue is never sent, and nobody gets an all-clear without an alarm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.bulletins import FRESH, Bulletin
from bot.domain.forms import Service
from bot.domain.groups import GroupState
from bot.domain.incidents import Cause, Correction
from bot.domain.reminders import after_quiet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.domain.groups import Group
    from bot.domain.incidents import Incident

LOST = 0
"""The number of a message that can't be edited any more: its group became a supergroup, whose messages count anew."""
GATHER = timedelta(minutes=2)
"""So long an outage waits for others of the same service, so that a region is one message."""


class Announce(StrEnum):
    """Are groups told at once, after an operator's yes, or not at all?"""

    AUTO = "auto"
    ASK = "ask"
    OFF = "off"


class Approval(StrEnum):
    """May groups be told?"""

    ASKED = "asked"
    """Operators were asked and have not decided."""
    HELD = "held"
    """An operator wants to be asked again later."""
    HALF = "half"
    """One operator said yes; a second one is needed."""
    YES = "yes"
    STOPPED = "stopped"
    """Said yes and stopped: who is not told yet is told nothing."""
    NO = "no"


SENT = frozenset({Approval.YES, Approval.STOPPED})
"""Sent, if perhaps not to all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One outage as it is to be told. Times in UTC; `people` who report the same, 0 below the threshold."""

    incident: int
    country: str
    since: datetime
    cause: Cause
    looks: int
    networks: int
    people: int = 0
    until: datetime | None = None
    correction: Correction | None = None

    @property
    def is_open(self) -> bool:
        """Does it last?"""
        return self.until is None and self.correction is None


@dataclass(frozen=True, slots=True)
class Announcement:
    """`revision` counts what changed in it; `id` is 0 until it is kept; `texts` the hash of its words as told.

    It tells of outages of a service's forms, or it carries a `bulletin`, which is said once and never changes.
    """

    id: int
    service: Service | None
    opened_at: datetime
    approval: Approval
    lines: tuple[Line, ...] = ()
    revision: int = 1
    texts: str = ""
    bulletin: Bulletin | None = None

    def lasts(self, now: datetime) -> bool:
        """Is there still something to tell whoever knows nothing of it?"""
        if self.bulletin is None:
            return any(line.is_open for line in self.lines)
        return now < (self.opened_at + FRESH if self.bulletin.corrects else self.bulletin.until)

    def lines_of(self, countries: Collection[str]) -> tuple[Line, ...]:
        """What is in it for these countries, in order of time."""
        return tuple(sorted((each for each in self.lines if each.country in countries), key=lambda each: each.since))


def line_of(incident: Incident, people: int = 0) -> Line:
    """An incident as a line."""
    return Line(
        incident.id,
        incident.country,
        incident.started_at,
        incident.causes[-1],
        incident.looks,
        len(incident.networks),
        people,
        incident.ended_at,
        incident.correction,
    )


class Step(StrEnum):
    """What is to be done in one chat."""

    NOTHING = "nothing"
    """It is told as it is, or there is nothing to tell."""
    ALARM = "alarm"
    EDIT = "edit"
    OVER = "over"
    """A reply to the alarm: it answers again."""
    CORRECT = "correct"
    """A reply to the alarm: it was none."""
    BULLETIN = "bulletin"
    MEND = "mend"
    """Edit a bulletin's message to what corrects it."""
    AMEND = "amend"
    """A reply with what corrects it: the message can't be edited."""


class Ending(StrEnum):
    """How the outage that a message tells of ended, as far as the chat was told."""

    NONE = ""
    OVER = "over"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Told:
    """What one chat was told: the alarm's message, the incidents in it, a digest of what it shows, the ending.

    `message_id` is None before the first alarm, and `LOST` once the message is out of reach.
    """

    message_id: int | None = None
    incidents: tuple[int, ...] = ()
    shown: str = ""
    ending: Ending = Ending.NONE
    is_gone: bool = False
    """The message can't be edited: somebody there deleted it. Of an outage they want no more then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A step, and when it may be done (UTC). `lines` are what the message is to say.

    `message_id` is that of a bulletin which is corrected.
    """

    step: Step
    at: datetime
    lines: tuple[Line, ...] = ()
    message_id: int | None = None


def next_step(announcement: Announcement, group: Group, told: Told, now: datetime, before: Told | None = None) -> Plan:
    """What to do in a chat, and from when on. `before`: what it was told of the bulletin that this one corrects.

    1. Never told and still wanted: the alarm, after the gathering, outside the hold-back hours.
    2. Told, and something new lasts after the end was told: an alarm of its own.
    3. Told otherwise than it is: edit it, at any hour, for an edit makes no sound. If the message is out of reach and
       something lasts: say it anew, as an alarm.
    4. Told, over or corrected, and not said so: a reply, outside the hold-back hours, unless the group is paused.
    """
    if bulletin := announcement.bulletin:
        read = before.message_id if before else None
        new = _bulletin(announcement, bulletin, group, told, now)
        return new if read is None else _corrected(announcement, group, told, read, now)
    if group.state is GroupState.STOPPED or told.is_gone:
        return Plan(Step.NOTHING, now)
    lines = announcement.lines_of(group.wants)
    lasting = tuple(line for line in lines if line.is_open)
    if told.message_id is None or (told.ending and lasting):
        return _alarm(announcement, group, lasting, told, now)
    mine = _with_new(announcement, lines, told)
    is_old = told.shown != digest_of(mine)
    if is_old and told.message_id != LOST:
        return Plan(Step.EDIT, now, mine)
    if is_old and any(line.is_open for line in mine):
        return _afresh(announcement, group, mine, now)
    return _ended(group, mine, told, now)


def _ended(group: Group, mine: tuple[Line, ...], told: Told, now: datetime) -> Plan:
    ending = ending_of(mine)
    if ending is Ending.NONE or ending is told.ending or group.state is GroupState.PAUSED:
        return Plan(Step.NOTHING, now)
    step = Step.CORRECT if ending is Ending.CORRECTED else Step.OVER
    return Plan(step, _outside(group, now), mine)


def _bulletin(announcement: Announcement, bulletin: Bulletin, group: Group, told: Told, now: datetime) -> Plan:
    """Once, outside the hold-back hours, as long as it is news."""
    at = _outside(group, now)
    is_new = told.message_id is None and not told.is_gone
    is_due = announcement.approval is Approval.YES and is_new and at < bulletin.until
    return Plan(Step.BULLETIN if is_due and bulletin.is_for(group.wants, group.language) else Step.NOTHING, at)


def _corrected(announcement: Announcement, group: Group, told: Told, message_id: int, now: datetime) -> Plan:
    """Once, for who read what it corrects, whenever that was.

    1. An edit makes no sound: at any hour, and though the group is paused.
    2. What can't be edited is answered, outside the hold-back hours, unless the group is paused.
    """
    is_done = told.message_id is not None or group.state is GroupState.STOPPED
    if is_done or announcement.approval is not Approval.YES:
        return Plan(Step.NOTHING, now)
    if message_id != LOST and not told.is_gone:
        return Plan(Step.MEND, now, message_id=message_id)
    is_silent = group.state is not GroupState.RUNNING or group.needs_topic
    return Plan(Step.NOTHING if is_silent else Step.AMEND, _outside(group, now), message_id=message_id)


def _alarm(announcement: Announcement, group: Group, lasting: tuple[Line, ...], told: Told, now: datetime) -> Plan:
    new = tuple(line for line in lasting if line.incident not in told.incidents)
    if announcement.approval is not Approval.YES or not new:
        return Plan(Step.NOTHING, now)
    gathered = min(line.since for line in new) if told.message_id else announcement.opened_at
    return Plan(Step.ALARM, _outside(group, max(now, gathered + GATHER)), new)


def _afresh(announcement: Announcement, group: Group, lines: tuple[Line, ...], now: datetime) -> Plan:
    if announcement.approval is not Approval.YES or group.state is GroupState.PAUSED:
        return Plan(Step.NOTHING, now)
    return Plan(Step.ALARM, _outside(group, now), lines)


def _with_new(announcement: Announcement, wanted: tuple[Line, ...], told: Told) -> tuple[Line, ...]:
    """The lines of the message: those it told of, wanted or not any more, and what came since."""
    if told.ending:
        wanted = ()
    known = {line.incident for line in wanted} | set(told.incidents)
    return tuple(sorted((line for line in announcement.lines if line.incident in known), key=lambda each: each.since))


def ending_of(lines: Iterable[Line]) -> Ending:
    """How it ended: corrected if all of it was none, over if nothing lasts, else not at all."""
    those = tuple(lines)
    if not those or any(line.is_open for line in those):
        return Ending.NONE
    return Ending.CORRECTED if all(line.correction for line in those) else Ending.OVER


def after(plan: Plan, told: Told, message_id: int | None = None) -> Told:
    """What was told after a step; `message_id` is that of a new alarm."""
    incidents, shown = tuple(line.incident for line in plan.lines), digest_of(plan.lines)
    match plan.step:
        case Step.ALARM | Step.BULLETIN | Step.AMEND:
            return Told(message_id, incidents, shown)
        case Step.MEND:
            return Told(plan.message_id, incidents, shown)
        case Step.EDIT:
            return replace(told, incidents=incidents, shown=shown)
        case Step.OVER | Step.CORRECT:
            return replace(told, incidents=incidents, shown=shown, ending=ending_of(plan.lines))
        case Step.NOTHING:
            return told


def _outside(group: Group, at: datetime) -> datetime:
    return after_quiet(at, group.zone, group.hold) if group.hold else at


def gathered(
    announcement: Announcement | None, new: Iterable[Incident], now: datetime, *, service: Service, approval: Approval
) -> Announcement | None:
    """The service's open announcement with what is new in it; a new one if none is open."""
    lines = tuple(line_of(each) for each in new)
    if not lines:
        return announcement
    if announcement is None:
        return Announcement(0, service, now, approval, lines)
    return with_lines(announcement, (*announcement.lines, *lines))


def with_lines(announcement: Announcement, lines: tuple[Line, ...]) -> Announcement:
    """The announcement with these lines; a new revision if anything in them is told differently."""
    if tuple(map(_as_told, lines)) == tuple(map(_as_told, announcement.lines)):
        return announcement
    return replace(announcement, lines=lines, revision=announcement.revision + 1)


def digest_of(lines: Iterable[Line]) -> str:
    """Short, and another one if anything in the lines is told differently."""
    return sha256(repr([[str(each) for each in _as_told(line)] for line in lines]).encode()).hexdigest()[:16]


def _as_told(line: Line) -> tuple[object, ...]:
    """What an edit is worth: not every look that goes on."""
    return (line.incident, line.since, line.cause, line.networks, line.people >= 1, line.until, line.correction)
