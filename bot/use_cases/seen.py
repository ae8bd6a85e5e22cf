"""What was seen of the forms, in memory: the last look at each, shared by all who ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.observations import SHARED_FOR

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.observations import Observation

WANTED_FOR = timedelta(days=30)
"""A country that nobody asks for any more is looked at that long; unused costs nothing."""


class Seen:
    """The last observation of each form for each country."""

    def __init__(self, looks: Iterable[Observation] = ()) -> None:
        self._looks = {(look.form, look.country): look for look in looks}
        self._asked = {look.country: look.at for look in self._looks.values()}

    def ask(self, country: str, now: datetime) -> None:
        """Somebody wants to know about a country."""
        self._asked[country] = now

    def wanted(self, now: datetime) -> list[str]:
        """The countries that somebody asked for lately."""
        return sorted(country for country, asked in self._asked.items() if now - asked < WANTED_FOR)

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
