"""Bad weather between the bot and Telegram: what becomes of a call is drawn by chance, and counted."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from bot.sandbox.faults import Fault

if TYPE_CHECKING:
    from random import Random

TOO_MANY = 429
SAYS = {"sendmessage", "editmessagetext"}
FATES = (
    # what, how often of all calls
    ({"error_code": 500, "description": "Internal Server Error"}, 0.025),
    ({"error_code": 502, "description": "Bad Gateway"}, 0.025),
    ({"reset": "before"}, 0.01),
    ({"reset": "after"}, 0.01),
    ({"error_code": 429}, 0.005),
)


class Weather:
    """Takes the place of the sandbox's faults.

    In a storm everything is refused for `storm_wait` seconds; now and then one chat is, for twice as long.
    """

    def __init__(self, chance: Random, storm_wait: int) -> None:
        self._chance, self._storm_wait = chance, storm_wait
        self._storm_until = 0.0
        self.met: Counter[str] = Counter()
        """How often what was met; `reset after` are those that took effect unseen."""

    def storm(self, seconds: float) -> None:
        """From now on, so long, every message is answered with 429."""
        self._storm_until = time.monotonic() + seconds

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """What hits this call."""
        what = self._drawn() if method.lower() in SAYS else None
        if what is None:
            return None
        kind = next(iter(what))
        self.met[f"{'reset ' if kind == 'reset' else ''}{what[kind]}"] += 1
        return Fault(method, chat, 1, what)

    def _drawn(self) -> dict[str, object] | None:
        if time.monotonic() < self._storm_until:
            return _too_many(self._storm_wait)
        drawn = self._chance.random()
        for what, share in FATES:
            drawn -= share
            if drawn < 0:
                return _too_many(2 * self._storm_wait) if what.get("error_code") == TOO_MANY else dict(what)
        return None


def _too_many(wait: int) -> dict[str, object]:
    return {"error_code": TOO_MANY, "description": f"Too Many Requests: retry after {wait}", "retry_after": wait}
