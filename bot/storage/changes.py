"""What goes into the database in one commit, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.domain.errors import ObjectionBotError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.closing import Closing
    from bot.domain.deliveries import Lane, Value
    from bot.domain.groups import Group
    from bot.domain.orders import Order


class Outdated(ObjectionBotError):  # noqa: N818  # no fault: somebody else was faster
    """Something was changed since it was read. Nothing was saved: gather and decide again."""


class StoredGroup(NamedTuple):
    """A group as stored. Save it with this `version`, 0 if it is new; after the commit its version is one more."""

    group: Group
    version: int


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person as stored. Save it with this `version`; after the commit its version is one more."""

    chat_id: int
    document: dict[str, Value]
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """Which updates took effect before, who is known, their wishes. `damaged`: chats whose row can't be opened."""

    seen: frozenset[int]
    people: dict[int, StoredPerson]
    damaged: frozenset[int]
    wishes: dict[int, list[Watch]] = field(default_factory=dict)
    counted: dict[int, list[int]] = field(default_factory=dict)
    """The groups in whose counters they take part."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What is to be kept of a person from now on. `version_read` is None for somebody new."""

    chat_id: int
    document: Mapping[str, Value]
    version_read: int | None = None
    wake_at: datetime | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message promised. `key` is (update_id, ordinal) of what caused it, None if no update did."""

    chat_id: int
    lane: Lane
    due_at: datetime
    document: Mapping[str, Value]
    key: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a person says they saw. A second one of the same person, form, kind and day changes nothing."""

    chat_id: int
    form: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A wish to be told of a form in a country. `kind` is what is waited for."""

    chat_id: int
    form: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reported:
    """Operators are told something of an announcement, who were told `before` last. Outdated if they know more."""

    announcement: int
    before: tuple[str, datetime | None]
    said: str


@dataclass(frozen=True, slots=True)
class Changes:
    """One commit, which happens `now`. Chats in `erased` go first; what else is said of them is kept.

    So a goodbye is a delivery in the same commit. `unwatch` are wishes that are taken back.
    An update that is set aside may stand in `updates` too.
    """

    now: datetime
    updates: list[int] = field(default_factory=list)
    set_aside: list[int] = field(default_factory=list)
    people: list[PersonChange] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    deliveries: list[NewDelivery] = field(default_factory=list)
    reports: list[NewReport] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    unwatch: list[Watch] = field(default_factory=list)
    fulfilled: list[Watch] = field(default_factory=list)
    """Wishes that go because of what is delivered. Outdated if one was taken back or erased meanwhile."""
    joined: list[tuple[int, int]] = field(default_factory=list)
    """(chat, group): who takes part in a group's counter from now on."""
    left: list[tuple[int, int]] = field(default_factory=list)
    uncounted: list[int] = field(default_factory=list)
    """Groups whose counter is off: nobody takes part any more."""
    groups: list[StoredGroup] = field(default_factory=list)
    forgotten_groups: list[int] = field(default_factory=list)
    moved_groups: list[tuple[int, int]] = field(default_factory=list)
    """(before, now): groups that became supergroups. Those that move do so first, then the others are saved."""
    regrouped: list[int] = field(default_factory=list)
    """Groups whose settings changed: what they are told of outages is looked after again."""
    orders: list[tuple[int, Order]] = field(default_factory=list)
    """What operators (by chat) ordered."""
    reported: list[Reported] = field(default_factory=list)
    pages_asked: list[tuple[str, int]] = field(default_factory=list)
    """(page, change): operators are told of these changes of watched pages."""
    closing_said: tuple[Closing, str] | None = None
    """Operators are told how this closing stands, in that word. Outdated if it was decided anew meanwhile."""
