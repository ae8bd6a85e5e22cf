"""What bears on a conclusion besides the looks. Pure records, all times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """A planned pause from `since` up to `until`; `form` or `country` None means every one."""

    form: str | None
    country: str | None
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Is it on?"""
        return self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class Hints:
    """Of one form in one country.

    `people` reported trouble within the last `PEOPLE_WITHIN`, one report a person, chats older than a day; `no_code`
    likewise, and never makes a form down. `opened_by_operator` is the last time an operator opened the form, logged
    in; `broken_for_operator` the last time it did not open for one, logged in. `pause` is the one that is on, else the
    last one that ended within 24 hours (what was seen before its end counts no more). `inside` are vantages in the
    country itself.
    """

    people: int = 0
    no_code: int = 0
    opened_by_operator: datetime | None = None
    pause: Pause | None = None
    inside: frozenset[str] = frozenset()
    broken_for_operator: datetime | None = None
