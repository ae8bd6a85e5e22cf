"""What was seen of the forms, in memory: the last look at each, shared by all who ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.observations import Observation

SHARED_FOR = timedelta(minutes=10)
"""A look serves everybody that long (DESIGN, issue "Look": shared by all for 10 minutes)."""


class Seen:
    """The last observation of each form for each country."""

    def __init__(self, looks: Iterable[Observation] = ()) -> None:
        self._looks = {(look.form, look.country): look for look in looks}

    def last(self, form: str, country: str) -> Observation | None:
        """The last look, None if there was none."""
        return self._looks.get((form, country))

    def add(self, look: Observation) -> None:
        """A newer look takes the place of the older."""
        self._looks[look.form, look.country] = look

    def is_old(self, form: str, country: str, now: datetime) -> bool:
        """Is it time to look again?"""
        look = self.last(form, country)
        return look is None or now - look.at >= SHARED_FOR
