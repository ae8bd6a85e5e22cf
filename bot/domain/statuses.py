"""The status of one form in one country: what is concluded from looks and reports. It never says "works". Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.deliveries import Value
    from bot.domain.observations import Observation


class Condition(StrEnum):
    """The conclusion in a word."""

    UNSEEN = "unseen"
    """No look that told anything, or none for a long time."""
    ANSWERS = "answers"
    ASKS_LOGIN = "asks_login"
    CHECKING = "checking"
    """Something bad was seen and is not confirmed. Nobody is told."""
    DOWN = "down"
    """Confirmed: an incident is open."""
    UNSTABLE = "unstable"
    """It went to and fro too often to be told each time."""
    UNJUDGEABLE = "unjudgeable"
    """It never differed from its decoy: from here nothing can be said."""
    PAUSED = "paused"
    """An operator set a planned pause."""


WELL = frozenset({Condition.ANSWERS, Condition.ASKS_LOGIN})
"""For a form that needs a login, to be asked for it is good."""


class Reasoned(NamedTuple):
    """A step of the conclusion: which sentence, and what stands in it."""

    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Status:
    """What is to be said of one form in one country. All times in UTC.

    `as_of` is the time of the last look that told something (`seen`), `since` when the condition began (back-dated).
    `bad_looks` counts the present run, `networks` are the vantages that saw it. `reports` and `no_code` are people who
    told so lately. `explanation` are the steps of the conclusion.
    """

    form: str
    country: str
    condition: Condition
    as_of: datetime | None = None
    since: datetime | None = None
    seen: Observation | None = None
    bad_looks: int = 0
    networks: tuple[str, ...] = ()
    reports: int = 0
    no_code: int = 0
    incident: int | None = None
    from_inside: bool = False
    """A vantage in that very country saw it."""
    explanation: tuple[Reasoned, ...] = ()
