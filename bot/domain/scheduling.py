"""When to look next, and from where: unused costs nothing, doubt is looked at faster. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.judging import Value, value_of
from bot.domain.policies import CODES_CAME, CODES_SHARE, DOWN_EVERY, FAST, FAST_FOR, SPREAD
from bot.domain.statuses import Condition

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.domain.statuses import Status


@dataclass(frozen=True, slots=True)
class VantageFacts:
    """What of a vantage matters for choosing it: its name, its country ("" for `direct`), and is it costly?"""

    name: str
    country: str
    costly: bool


def next_look(
    status: Status | None, *, wanted: bool, interval: timedelta, now: datetime, jitter: float
) -> datetime | None:
    """When to look next; None: not at all.

    `wanted`: somebody uses or watches it. `interval` is the ordinary gap, `jitter` a random number from 0 to 1.
    What is doubted or down is looked at until that is settled, even if nobody wants it any more.
    """
    if not wanted and not _is_unsettled(status):
        return None
    if status is None:
        return now
    return now + _gap(status, interval, now) * (1 + SPREAD * (2 * jitter - 1))


def networks_to_ask(status: Status | None, vantages: Sequence[VantageFacts]) -> tuple[VantageFacts, ...]:
    """Which of the vantages that serve the country take part in this look; none during a pause.

    Costly ones (a measuring service with a budget) only for a first view and in doubt, or if there are no others.
    """
    if status is not None and status.condition is Condition.PAUSED:
        return ()
    cheap = tuple(one for one in vantages if not one.costly)
    return cheap if cheap and not _wants_all(status) else tuple(vantages)


def codes_arrive(came: int, missing: int) -> bool:
    """Do codes arrive again? `came` and `missing` are people who told so within the same hours."""
    return came >= CODES_CAME and came >= CODES_SHARE * missing


def _is_unsettled(status: Status | None) -> bool:
    return status is not None and (status.incident is not None or status.condition is Condition.CHECKING)


def _wants_all(status: Status | None) -> bool:
    """A first view, doubt, or the first good look after an outage, which may be luck."""
    if status is None or status.condition in {Condition.UNSEEN, Condition.CHECKING}:
        return True
    return _may_be_over(status)


def _may_be_over(status: Status) -> bool:
    return status.incident is not None and status.seen is not None and value_of(status.seen.verdict) is Value.OK


def _gap(status: Status, interval: timedelta, now: datetime) -> timedelta:
    young = status.since is not None and now - status.since <= FAST_FOR
    if (status.condition is Condition.CHECKING and young) or _may_be_over(status):
        return min(FAST, interval)
    return min(DOWN_EVERY, interval) if status.incident is not None else interval
