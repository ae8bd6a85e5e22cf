"""The sandbox's time: the machine's, moved."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import MovableClock
from bot.sandbox.changes import Changes
from bot.sandbox.errors import DrivingError

STEPS = {
    "10 minutes": timedelta(minutes=10),
    "1 hour": timedelta(hours=1),
    "1 day": timedelta(days=1),
    "1 week": timedelta(weeks=1),
}
MONTHS = {"1 month": 1, "3 months": 3}


def later(now: datetime, step: str) -> datetime:
    """The time one step on; a month is a calendar month, clamped at its end."""
    if step in STEPS:
        return now + STEPS[step]
    if step not in MONTHS:
        raise DrivingError(400, f"advance is one of {', '.join([*STEPS, *MONTHS])}")
    count = now.month - 1 + MONTHS[step]
    year, month = now.year + count // 12, count % 12 + 1
    return now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1]))


class Timeline:
    """A clock with its offset, and a number that grows with each move."""

    def __init__(self) -> None:
        self._clock = MovableClock()
        self.offset = timedelta()
        self.moves = Changes()

    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return self._clock.now()

    def move(self, offset: timedelta) -> None:
        """Set the offset from the machine's clock."""
        self.offset = offset
        self._clock.move_to(offset)
        self.moves.happen()

    def order(self, order: dict[str, Any]) -> None:
        """Move as the order says: `advance`, `now` or `reset`."""
        if "advance" in order:
            self._to(later(self.now(), str(order["advance"])))
        elif "now" in order:
            self._to(_moment(str(order["now"])))
        elif order.get("reset") is True:
            self.move(timedelta())
        else:
            raise DrivingError(400, "say advance, now or reset")

    def _to(self, target: datetime) -> None:
        try:
            self.move(self.offset + (target - self.now()))
        except OverflowError as error:
            raise DrivingError(400, "the clock does not reach that far") from error

    def told(self) -> dict[str, Any]:
        """The time as it stands at /clock."""
        return {
            "now": self.now().isoformat(),
            "offset_seconds": self.offset.total_seconds(),
            "revision": self.moves.revision,
        }


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DrivingError(400, "now is a time in ISO 8601") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
