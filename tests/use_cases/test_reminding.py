"""Whose time comes in the very moment in which the clock is asked is not left for later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.loops.remind import Reminder

DUE = datetime(2027, 1, 15, 9, tzinfo=UTC)


class TwoSleepsAreEnough(Exception):  # noqa: N818  # ends a loop that has no end
    pass


class PassingClock:
    """It passes somebody's time while the store is asked who is due."""

    def __init__(self):
        self.at, self.slept = DUE - timedelta(seconds=1), []

    def now(self):
        return self.at

    async def sleep(self, seconds):
        self.slept.append(seconds)
        if len(self.slept) == 2:
            raise TwoSleepsAreEnough


class OnePerson:
    """A store with one reminder."""

    def __init__(self, clock):
        self.clock, self.woken = clock, False

    async def wake(self, now, _limit):
        self.clock.at = DUE + timedelta(seconds=1)
        return [SimpleNamespace(chat_id=7)] if now >= DUE and not self.woken else []

    async def next_wake(self, now):
        return None if self.woken or now >= DUE else DUE

    async def forget(self, _now):
        """Nothing is kept."""

    async def expired(self, _today, _limit):
        return []


async def test_a_time_that_comes_between_two_questions_is_not_slept_over():
    clock = PassingClock()
    store = OnePerson(clock)

    async def take(_events):
        store.woken = True

    with pytest.raises(TwoSleepsAreEnough):
        await Reminder(store, clock, take).run()

    assert clock.slept[0] <= 0
    assert store.woken
