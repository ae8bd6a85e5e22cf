"""A broadcast on a simulated clock: a sender that keeps the pace, ways that take now longer and now shorter, and people
who ask meanwhile. As `bot.loops.deliver`, it claims answers first, then at most one notice."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.telegram.pacing import Pace

if TYPE_CHECKING:
    from random import Random

START = 1000.0
THERE, BACK = 0.02, 0.03
"""Seconds that the quickest way takes."""
AT_ONCE = 64


@dataclass
class Broadcast:
    """`jitter` is how much longer a way may take; `stall` how late the sender may wake, at most, in seconds.

    `opening`: so long the first messages wait at the door, until the way is open.
    """

    chance: Random
    jitter: float = 0.0
    stall: float = 0.0
    opening: float = 0.0
    pace: Pace = field(default_factory=Pace)
    arrivals: list[float] = field(default_factory=list)
    """When messages reached Telegram."""
    notices: int = 0
    asked: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    _landings: list[tuple[float, float]] = field(default_factory=list)

    def run(self, seconds: float, asked: list[float]) -> Broadcast:
        """So long there is always a notice to be sent; `asked` are the times of questions, from the start."""
        self.asked = [START + each for each in sorted(asked)]
        now, to_come, waiting = START, deque(self.asked), deque[float]()
        while now < START + seconds:
            self._land(now)
            while to_come and to_come[0] <= now:
                waiting.append(to_come.popleft())
            while self._claim(now, waiting):
                pass
            now = self._next(now, to_come) + self.chance.uniform(0, self.stall)
        return self

    def _claim(self, now: float, waiting: deque[float]) -> bool:
        limit = self.pace.answers(now, AT_ONCE - len(self._landings))
        is_room = limit > len(waiting) and self.pace.bulk_in(now) <= 0
        for _ in range(min(limit, len(waiting))):
            waiting.popleft()
            self.answered.append(now)
            self._depart(now, bulk=False)
        if is_room:
            self.notices += 1
            self._depart(now, bulk=True)
        return is_room

    def _depart(self, now: float, *, bulk: bool) -> None:
        self.pace.departs(now, bulk=bulk)
        arrives = max(now, START + self.opening) + THERE + self.chance.uniform(0, self.jitter)
        self.arrivals.append(arrives)
        self._landings.append((arrives + BACK + self.chance.uniform(0, self.jitter), now))

    def _land(self, now: float) -> None:
        for landing in sorted(each for each in self._landings if each[0] <= now):
            self._landings.remove(landing)
            self.pace.arrived(len(self.arrivals), landing[1], now)

    def _next(self, now: float, to_come: deque[float]) -> float:
        waits = [self.pace.bulk_in(now), self.pace.answer_in(now)]
        times = [now + wait for wait in waits if wait > 0] + [at for at, _ in self._landings] + list(to_come)[:1]
        return max(now + 1e-6, min(times, default=now + 1))

    @property
    def fullest(self) -> int:
        """The most that reached Telegram in any second."""
        times, first, most = sorted(self.arrivals), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1:
                first += 1
            most = max(most, last - first + 1)
        return most

    @property
    def waits(self) -> list[float]:
        """For each answer, how long it waited after its question, or after the answer before it if that was later."""
        before = [0.0, *self.answered]
        return [at - max(asked, last) for asked, at, last in zip(self.asked, self.answered, before, strict=False)]

    @property
    def others(self) -> list[int]:
        """For each answer, how many went in the second before it?"""
        return [sum(at - 1.1 < each for each in self.answered[:place]) for place, at in enumerate(self.answered)]
