"""How often one host is looked at within an hour, whoever wants it. Pure: `now` is an argument."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

HOUR = timedelta(hours=1)
LOOKS_AN_HOUR = 1200
"""For each host. 32 countries with a proxy each take 64 an hour and form, and about 200 while a platform is down; the
budget is for mistakes, of which none may become a load: a look is one to six requests."""
FOR_PEOPLE = 0.25
"""This share of the budget is kept for looks that somebody waits for."""


class Budget:
    """Counts looks by host over the last hour."""

    def __init__(self, most: int = LOOKS_AN_HOUR) -> None:
        self._most = most
        self._taken: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def take(self, host: str, now: datetime, *, asked: bool) -> bool:
        """Take one look out of the budget; False if none is left. `asked`: somebody waits for it."""
        taken = self._taken[host]
        while taken and not timedelta() <= now - taken[0] < HOUR:  # a clock that was set back forgets too
            taken.popleft()
        if len(taken) >= (self._most if asked else self._most * (1 - FOR_PEOPLE)):
            return False
        taken.append(now)
        return True
