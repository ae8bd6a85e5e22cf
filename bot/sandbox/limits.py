"""Telegram's limits on sending, as far as it tells them (core.telegram.org/bots/faq), and as people met them.

- over all: 30 messages in any second;
- one chat: a burst of 5, then one a second;
- a group besides: 20 in any minute.

Edits count like messages. Who was refused stays refused until `retry_after` is over, as in Telegram.
Real seconds are counted, not the sandbox's: moving the clock frees nobody.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError

OVER_ALL = 30
BURST = 5
GROUP = 20
MINUTE = 60.0


@dataclass(slots=True)
class Limits:
    """Who sent how much lately. `bulk` off: nothing is refused."""

    bulk: bool = True
    answer_delay: float = 0.0
    """Seconds that each answer of the Bot API waits."""
    slow_seconds: float = 30.0
    """How long a page of Meta's takes whose switch says `slow`."""
    _all: deque[float] = field(default_factory=deque)
    _group: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _free_at: defaultdict[int, float] = field(default_factory=lambda: defaultdict(lambda: -math.inf))
    _refused_until: dict[int, float] = field(default_factory=dict)

    def admit(self, chat: int, at: float) -> None:
        """Count one message at that moment; raises 429 if it is too much."""
        if not self.bulk:
            return
        wait = max(self._refused_until.get(chat, 0.0) - at, self._chat_wait(chat, at), self._wait_over_all(at))
        if wait > 0:
            seconds = math.ceil(wait)
            self._refused_until[chat] = at + seconds
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._all.append(at)
        self._free_at[chat] = max(self._free_at[chat], at - BURST + 1) + 1
        if chat < 0:
            self._group[chat].append(at)

    def _wait_over_all(self, at: float) -> float:
        _forget(self._all, at - 1)
        return self._all[0] + 1 - at if len(self._all) >= OVER_ALL else 0.0

    def _chat_wait(self, chat: int, at: float) -> float:
        wait = self._free_at[chat] - at
        if chat < 0:
            _forget(self._group[chat], at - MINUTE)
            if len(self._group[chat]) >= GROUP:
                wait = max(wait, self._group[chat][0] + MINUTE - at)
        return wait


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
