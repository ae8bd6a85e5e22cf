"""How much we may ask: the service's limit an hour, our plan below it, and pauses after a refusal."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.vantages.globalping.unmeasured import UnmeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.clock import Clock
    from bot.vantages.globalping.answers import RateLimit

SHARE = 0.8
"""Of the free tests an hour; the rest stays for whoever shares our address. So credits are never spent."""
LOOK_COST = (3, 8)
"""Tests a look takes: form, control page and decoy; with a redirect each and a second try of the form."""
LONGEST_PAUSE = 3600
"""Seconds: the service counts by the hour."""


class Allowance:
    """What is left of the hour. Unknown until the service has told it once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: RateLimit | None = None
        self._left = self._promised = 0
        self._anew: datetime | None = None
        self._paused: tuple[datetime, str] | None = None

    @property
    def is_known(self) -> bool:
        """Has the service told its limit?"""
        return self._told is not None

    def must_allow(self, tests: int = 1) -> None:
        """Raise UnmeasuredError if so many tests may not be asked for now."""
        now = self._clock.now()
        if self._paused and now < self._paused[0]:
            until, why = self._paused
            raise UnmeasuredError(f"globalping: {why}; nothing is asked until {until:%H:%M} UTC")
        self._begin_anew(now)
        if self._told and self._left - self._reserve() < tests:
            raise UnmeasuredError(f"globalping: the tests planned for this hour are used up ({self.words()})")

    @contextmanager
    def promised(self) -> Iterator[None]:
        """As many tests as a look takes at least, for one of those who look side by side."""
        self.must_allow(self._promised + LOOK_COST[0])
        self._promised += LOOK_COST[0]
        try:
            yield
        finally:
            self._promised -= LOOK_COST[0]

    def take(self) -> None:
        """One test is asked for. Raises UnmeasuredError if it may not be."""
        self.must_allow()
        self._left -= 1

    def learn(self, told: RateLimit) -> None:
        """The service told what is left. Of two answers that crossed on the way the lower number counts."""
        now = self._clock.now()
        new = self._anew is None or now >= self._anew
        self._left = told.remaining if new or self._told is None else min(self._left, told.remaining)
        self._told, self._anew = told, now + timedelta(seconds=told.reset)

    def pause(self, seconds: float, why: str) -> None:
        """Ask nothing for a while."""
        until = self._clock.now() + timedelta(seconds=min(max(seconds, 1.0), LONGEST_PAUSE))
        if not self._paused or until > self._paused[0]:
            self._paused = (until, why)

    def words(self) -> str:
        """The plan and what is left, for operators."""
        if self._told is None:
            return "limit not known yet"
        plan = self._told.limit - self._reserve()
        few, many = LOOK_COST
        return (
            f"{max(0, self._left - self._reserve())} of {plan} tests left this hour, planned of {self._told.limit}; "
            f"a look takes {few} to {many}"
        )

    def _reserve(self) -> int:
        return self._told.limit - int(self._told.limit * SHARE) if self._told else 0

    def _begin_anew(self, now: datetime) -> None:
        if self._told and self._anew and now >= self._anew:
            self._left, self._anew = self._told.limit, now + timedelta(seconds=LONGEST_PAUSE)
