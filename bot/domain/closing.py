"""Closing the service: everybody is told, and on a day everything of persons and groups is erased. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.groups import Group
    from bot.domain.people import Person

AT = time(12, tzinfo=UTC)
"""By then the day has begun everywhere, and for nobody more than half of it is lost."""
SOONEST, LATEST = timedelta(days=7), timedelta(days=366)
"""People need time to take their dates along; a day further off is a slip."""


class ClosingState(StrEnum):
    """How far it is decided."""

    HALF = "half"
    """One operator said yes; a second one is needed."""
    ANNOUNCED = "announced"
    CALLED_OFF = "called_off"
    CLOSED = "closed"
    """Everything is erased."""


DECIDED = frozenset({ClosingState.ANNOUNCED, ClosingState.CLOSED})


@dataclass(frozen=True, slots=True)
class Close:
    """An operator wants the service to close on that day. `second`: two different operators must say yes."""

    day: date
    second: bool = False


@dataclass(frozen=True, slots=True)
class CallOff:
    """An operator wants the service to go on, which was to close on that day."""

    day: date


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing that was decided last. Times in UTC.

    `first` is the hash of who said yes first, while a second yes is needed. `told_at`: everybody knows of the present
    state; `ended_at`: it was called off, or all was erased; `said` is what operators were told last.
    """

    day: date
    state: ClosingState
    first: str = ""
    decided_at: datetime | None = None
    told_at: datetime | None = None
    ended_at: datetime | None = None
    said: str = ""

    @property
    def at(self) -> datetime:
        """When everything is erased (UTC)."""
        return datetime.combine(self.day, AT)

    @property
    def is_announced(self) -> bool:
        """Is everybody to know of it?"""
        return self.state is ClosingState.ANNOUNCED

    @property
    def standing(self) -> str:
        """What operators are to know: its state, and then that everybody is told."""
        return "told" if self.is_announced and self.told_at else self.state.value

    def is_over(self, now: datetime) -> bool:
        """Is the service closed? By the clock, whether or not all is erased yet."""
        return self.state is ClosingState.CLOSED or (self.is_announced and now >= self.at)


@dataclass(frozen=True, slots=True)
class ClosingMatter:
    """A closing as operators see it. Of people, groups and open cases as many as were counted last."""

    closing: Closing | None = None
    people: int = 0
    groups: int = 0
    cases: int = 0


def may_be(day: date, today: date) -> bool:
    """Can the service be closed on that day?"""
    return today + SOONEST <= day <= today + LATEST


def decided(closing: Closing | None, order: Close | CallOff, who: str, now: datetime) -> Closing | None:
    """What is decided after an order; `who` is no name but a hash.

    1. What is announced, or over, is not announced anew: it is called off first.
    2. If two are asked for, the second yes is somebody else's, to the same day; another day begins anew.
    3. It can be called off until its hour, by one operator.
    """
    if isinstance(order, CallOff):
        return _called_off(closing, order, now)
    if not may_be(order.day, now.date()) or (closing and closing.state in DECIDED):
        return closing
    is_half = closing is not None and closing.state is ClosingState.HALF and closing.day == order.day
    if is_half and closing and closing.first == who:
        return closing
    if order.second and not is_half:
        return Closing(order.day, ClosingState.HALF, who, now)
    return Closing(order.day, ClosingState.ANNOUNCED, "", now)


def _called_off(closing: Closing | None, order: CallOff, now: datetime) -> Closing | None:
    if closing is None or closing.day != order.day or closing.is_over(now):
        return closing
    return taken_back(closing, now) if closing.state in {ClosingState.HALF, ClosingState.ANNOUNCED} else closing


def taken_back(closing: Closing, now: datetime) -> Closing:
    """It goes on. Some may know of it, or of a day before, whom nobody could tell yet that it goes on."""
    return replace(closing, state=ClosingState.CALLED_OFF, first="", told_at=None, ended_at=now)


def is_to_be_told(known: Person | Group, closing: Closing) -> bool:
    """Does somebody not know yet how it stands? Who was never told that it closes needs not hear that it goes on."""
    if closing.state is ClosingState.CALLED_OFF:
        return known.closes is not None
    return closing.is_announced and known.closes != closing.day


def known_of(closing: Closing) -> date | None:
    """What somebody knows who was told how it stands."""
    return closing.day if closing.is_announced else None
