"""A group or channel that wants to hear of outages: what its admins chose, and what was posted there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.cases import QuietHours

HOLD_BACK = QuietHours(22, 7)
POSTED_KEPT = timedelta(days=90)
"""So far back an admin can show what was posted."""
POSTED_AT_MOST = 200
STRIKES = 5
"""Failures in a row that may pass by themselves; then the group is paused and who set it up is told."""


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
    state: GroupState = GroupState.SETTING_UP
    set_up_by: int = 0
    changed: date | None = None
    """The last day on which a setting was changed."""
    change: str = ""
    """Which setting, from a closed list."""
    strikes: int = 0
    posted: tuple[Posted, ...] = field(default=())

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
        last = max((each.at for each in self.posted if each.kind is PostKind.STATUS), default=None)
        pause = timedelta(minutes=self.status_every)
        return self.status_every > 0 and (last is None or not timedelta() <= now - last < pause)
