"""Times in which a form was confirmed not to answer: when they began, why, when they ended. Pure records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Cause(StrEnum):
    """What was seen instead of the form."""

    GONE = "gone"
    """No such page, an error page, or nothing where the form used to differ from its decoy."""
    MOVED = "moved"
    PLATFORM_DOWN = "platform_down"
    """The whole service fails, not the form alone."""
    CONNECTION = "connection"
    """No answer while the control page answers."""
    CERTIFICATE = "certificate"
    SERVER_ERROR = "server_error"


class Proof(StrEnum):
    """What an incident rests on (DESIGN promise 3)."""

    NETWORKS = "networks"
    """Two networks or more saw it."""
    PEOPLE = "people"
    """One network, and three people or more within an hour."""
    OPERATOR = "operator"
    """One network, and an operator who opened the form logged in."""


class Correction(StrEnum):
    """Why an incident was none."""

    OUR_NETWORK = "our_network"
    MEASUREMENT = "measurement"
    FORM_CHANGED = "form_changed"
    """The form had moved on purpose and answered elsewhere."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One form in one country. All times in UTC.

    `started_at` is the first bad look (before `confirmed_at`), `ended_at` the first good one of the run that ended it.
    `id` is 0 until it is kept. `causes` are in the order in which they were seen, each once. `networks` are vantages.
    """

    id: int
    form: str
    country: str
    started_at: datetime
    confirmed_at: datetime
    causes: tuple[Cause, ...]
    proof: Proof
    networks: tuple[str, ...]
    looks: int
    """Bad looks so far."""
    ended_at: datetime | None = None
    corrected_at: datetime | None = None
    correction: Correction | None = None
    last_bad_at: datetime | None = None
    """The last bad look: what we can vouch for if nothing was seen afterwards."""

    @property
    def is_open(self) -> bool:
        """Does it last?"""
        return self.ended_at is None and self.corrected_at is None
