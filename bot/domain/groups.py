"""A group or channel that wants to hear of outages: what its admins chose, and what was posted there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.cases import QuietHours
from bot.domain.reminders import after_quiet

HOLD_BACK = QuietHours(22, 7)
PRIVACY_EVERY = timedelta(minutes=10)
"""Between two answers to members' /privacy in a group."""
POSTED_KEPT = timedelta(days=90)
"""So far back an admin can show what was posted."""
POSTED_AT_MOST = 200
GENERAL = 1
"""The topic that every forum has; used only if an admin chose it. To Telegram its number is left out."""
STRIKES = 5
"""Failures in a row that may pass by themselves; then the group is paused and who set it up is told."""


COUNTED_FROM, COUNTED_BY = 10, 5
"""How many take part is shown from ten on, in steps of five: nobody can be told from the number."""


def in_steps(count: int) -> int:
    """So many take part at least; 0 if that is not to be shown."""
    return count // COUNTED_BY * COUNTED_BY if count >= COUNTED_FROM else 0


class GroupState(StrEnum):
    """Is anything posted there?"""

    SETTING_UP = "setting_up"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    """By what happened: removed, closed, no right to write. Told to who set it up."""


class PostKind(StrEnum):
    """What was posted."""

    ALARM = "alarm"
    OVER = "over"
    CORRECTED = "corrected"
    STATUS = "status"
    """An answer to somebody's /status."""
    PRIVACY = "privacy"
    """An answer to somebody's /privacy."""
    TEST = "test"
    OPERATOR = "operator"
    """A message of those who run the bot."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One message, and when (UTC)."""

    at: datetime
    kind: PostKind


@dataclass(frozen=True, slots=True)
class Group:
    """All that is kept of a group. Neither its name nor its members.

    `topic` is Telegram's `message_thread_id`, None in a group without topics. `hold` are hours in which nothing new is
    posted, by the clock of `zone`; `status_every` are minutes between two answers to members' /status (0: none).
    `set_up_by` is the private chat of the admin who chose the settings last.
    """

    chat_id: int
    language: str
    zone: str
    since: date
    countries: tuple[str, ...] = ()
    topic: int | None = None
    is_forum: bool = False
    silent: bool = True
    hold: QuietHours | None = HOLD_BACK
    status_every: int = 10
    status_at_night: bool = True
    """Are members answered in the hours of `hold` too?"""
    state: GroupState = GroupState.SETTING_UP
    set_up_by: int = 0
    changed: date | None = None
    """The last day on which a setting was changed."""
    change: str = ""
    """Which setting, from a closed list."""
    strikes: int = 0
    posted: tuple[Posted, ...] = field(default=())
    counter: bool = False
    """May members take part in a counter?"""
    counted_on: date | None = None
    """The last day, by the group's clock, on which it was shown how many take part."""
    closes: date | None = None
    """The day on which the service closes, as it was told there."""

    @property
    def needs_topic(self) -> bool:
        """A group with topics of which none was chosen: General is never used unasked."""
        return self.is_forum and self.topic is None

    @property
    def wants(self) -> frozenset[str]:
        """The countries it is to be told of now."""
        is_on = self.state is GroupState.RUNNING and not self.needs_topic
        return frozenset(self.countries) if is_on else frozenset()

    def after_post(self, kind: PostKind, at: datetime) -> Group:
        """The group after a message there; what is too old is forgotten, strikes are too."""
        kept = [each for each in self.posted if at - each.at < POSTED_KEPT]
        return replace(self, posted=(*kept, Posted(at, kind))[-POSTED_AT_MOST:], strikes=0)

    def after_strike(self) -> Group:
        """The group after a message that could not be posted."""
        strikes = self.strikes + 1
        return replace(self, strikes=strikes, state=GroupState.STOPPED if strikes >= STRIKES else self.state)

    def may_answer_status(self, now: datetime) -> bool:
        """May a member's /status be answered now?"""
        if not self.status_every or (self.is_held_at(now) and not self.status_at_night):
            return False
        return self._is_rested(PostKind.STATUS, timedelta(minutes=self.status_every), now)

    def may_answer_privacy(self, now: datetime) -> bool:
        """May a member's /privacy be answered now?"""
        return self._is_rested(PostKind.PRIVACY, PRIVACY_EVERY, now)

    def _is_rested(self, kind: PostKind, pause: timedelta, now: datetime) -> bool:
        last = max((each.at for each in self.posted if each.kind is kind), default=None)
        return last is None or not timedelta() <= now - last < pause

    def day_at(self, now: datetime) -> date:
        """The day by the group's clock."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def is_held_at(self, at: datetime) -> bool:
        """Does that moment (UTC) lie in the hours in which nothing new is posted?"""
        return self.hold is not None and after_quiet(at, self.zone, self.hold) > at

    def posted_since(self, at: datetime) -> tuple[Posted, ...]:
        """What was posted since then, the oldest first."""
        return tuple(each for each in self.posted if each.at >= at)

    def changing(self, what: str, today: date, **fields: object) -> Group:
        """The group after an admin changed a setting; the strikes of before count no more."""
        return replace(self, changed=today, change=what, strikes=0, **fields)  # type: ignore[arg-type]  # fields of Group

    def removed(self) -> Group:
        """The group after the bot can't write there any more; what an admin paused stays paused."""
        return replace(self, state=GroupState.STOPPED) if self.state is GroupState.RUNNING else self

    def returned(self) -> Group:
        """The group after the bot is there again: it goes on as it was set up."""
        return replace(self, state=GroupState.RUNNING, strikes=0) if self.state is GroupState.STOPPED else self
