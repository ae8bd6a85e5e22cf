"""What operators see, and when they are told of it unasked. Pure."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # a field's type
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.announcing import SENT, Announcement, Approval
from bot.domain.bulletins import Audience  # noqa: TC001  # a field's type
from bot.domain.closing import ClosingMatter
from bot.domain.orders import WAITING

if TYPE_CHECKING:
    from bot.domain.hints import Pause
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status
    from bot.domain.watched_pages import PageState

AGAIN_AFTER = timedelta(minutes=30)
"""So long nobody decides, then it is asked again."""
BULLETIN_AGAIN_AFTER = timedelta(days=1)
"""A bulletin is no alarm: it may wait for its second yes."""
UNDECIDED = frozenset({Approval.ASKED, Approval.HELD, Approval.HALF})


class Said(StrEnum):
    """What operators were told of an announcement last."""

    NOTHING = ""
    ASKED = "asked"
    HALF = "half"
    """One said yes, a second one is needed."""
    SENDING = "sending"
    """One of them sends a bulletin: the others may stop it."""
    TOLD = "told"
    """Every group that can be told is."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Matter:
    """An announcement, or a bulletin, as operators see it.

    `first` is the hash of who said yes first, `said_at` when operators were told last (UTC). Of the groups that are
    to be told (`wanted`), `posted` got the alarm and `settled` have nothing to wait for. A bulletin's correction edits
    so many messages (`edited`), and so many groups get the new text at once (`fresh`).
    """

    announcement: Announcement
    first: str = ""
    said: Said = Said.NOTHING
    said_at: datetime | None = None
    wanted: int = 0
    posted: int = 0
    settled: int = 0
    reach: Mapping[str, int] = field(default_factory=dict)
    """Groups that want to hear of it, by language."""
    edited: int = 0
    fresh: int = 0

    @property
    def waiting(self) -> int:
        """How many groups are still to be told."""
        return max(self.wanted - self.settled, 0) if self.announcement.approval is Approval.YES else 0

    def is_undecided(self, now: datetime) -> bool:
        """Does it wait for an operator?"""
        return self.announcement.approval in UNDECIDED and self.announcement.lasts(now)

    @property
    def is_told(self) -> bool:
        """Is every group told that can be?"""
        return self.announcement.approval is Approval.YES and self.settled >= self.wanted > 0


def news_of(matter: Matter, now: datetime, *, quiet: bool) -> Said | None:
    """What operators are to be told now, None if nothing. What is asked again is the same once more.

    1. Undecided: at once, so is the first of two yeses. Again after half an hour, but not at night (`quiet`).
    2. Over: once, if they were told of it or groups were.
    3. Every group told: once. Stopped, and one of two wants to tell the others after all: once.
    """
    approval, said = matter.announcement.approval, matter.said
    if matter.announcement.bulletin:
        return _news_of_bulletin(matter, now, quiet=quiet)
    if not matter.announcement.lasts(now):
        is_known = said is not Said.NOTHING or matter.posted > 0
        return Said.OVER if is_known and said is not Said.OVER and approval is not Approval.NO else None
    if approval in UNDECIDED:
        due = matter.said_at is None or (now - matter.said_at >= AGAIN_AFTER and not quiet)
        wanted = Said.HALF if approval is Approval.HALF else Said.ASKED
        return wanted if due or (wanted is Said.HALF and said is not Said.HALF) else None
    return _news_of_sent(matter)


def _news_of_bulletin(matter: Matter, now: datetime, *, quiet: bool) -> Said | None:
    """A bulletin hurries nobody.

    1. Undecided: that a second yes is needed, once a day; held, after half an hour. Not at night, and not when it is
       no news any more.
    2. Sent without a word before: once, so that the others can stop it.
    3. Every group told: once.
    """
    approval, said = matter.announcement.approval, matter.said
    if approval in UNDECIDED:
        is_held = approval is Approval.HELD
        pause, wanted = (AGAIN_AFTER, Said.ASKED) if is_held else (BULLETIN_AGAIN_AFTER, Said.HALF)
        is_new = matter.said_at is None or (wanted is Said.HALF and said is not Said.HALF)
        is_due = is_new or (matter.said_at is not None and now - matter.said_at >= pause)
        return wanted if is_due and not quiet and matter.announcement.lasts(now) else None
    if news := _news_of_sent(matter):
        return news
    is_new = approval is Approval.YES and said is Said.NOTHING and matter.wanted > 0
    return Said.SENDING if is_new else None


def _news_of_sent(matter: Matter) -> Said | None:
    is_half = matter.announcement.approval is Approval.STOPPED and bool(matter.first)
    wanted = Said.HALF if is_half else Said.TOLD if matter.is_told else None
    return wanted if wanted is not matter.said else None


def _corrects(one: Announcement, number: int) -> bool:
    return one.bulletin is not None and one.bulletin.corrects == number and one.approval is not Approval.NO


@dataclass(frozen=True, slots=True)
class Queue:
    """A lane: how many wait in it, and since when the longest is due (UTC)."""

    name: str
    waiting: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class HumanLook:
    """When an operator last opened a form of a country, logged in (UTC); None if never."""

    form: str
    country: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageMatter:
    """A watched page as operators see it."""

    url: str
    state: PageState


@dataclass(frozen=True, slots=True)
class Desk:
    """All that /admin shows, as it was `at` (UTC). Newest first; `me` is the hash of who looks at it."""

    at: datetime
    me: str = ""
    second: bool = False
    """Must a second operator say yes too?"""
    matters: tuple[Matter, ...] = ()
    incidents: tuple[Incident, ...] = ()
    looks: Mapping[int, tuple[Observation, ...]] = field(default_factory=dict)
    """By incident: what it rests on, the oldest first."""
    statuses: Mapping[tuple[str, str], Status] = field(default_factory=dict)
    cited: Mapping[int, int] = field(default_factory=dict)
    """By incident: people whose paper names it, as far as they wait to hear of a correction."""
    human: tuple[HumanLook, ...] = ()
    """The oldest first."""
    pauses: Mapping[int, Pause] = field(default_factory=dict)
    queues: tuple[Queue, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    """By state."""
    vantages: tuple[tuple[str, datetime | None], ...] = ()
    """Each with its last look."""
    failures: Mapping[str, int] = field(default_factory=dict)
    """Failed calls since the start, by class."""
    faults: int = 0
    """What failed unexpectedly since the start."""
    pages: Mapping[str, PageMatter] = field(default_factory=dict)
    """Watched pages, by their records."""
    audience: Audience = field(default_factory=dict)
    """The running groups."""
    closing: ClosingMatter = field(default_factory=ClosingMatter)

    def page(self, page: str) -> PageMatter | None:
        """The watched page of that record."""
        return self.pages.get(page)

    def matter(self, number: int) -> Matter | None:
        """The announcement of that number."""
        return next((each for each in self.matters if each.announcement.id == number), None)

    def waits_for_another(self, matter: Matter) -> bool:
        """Did who looks at it say yes, and somebody else has to as well?"""
        mine = bool(matter.first) and matter.first == self.me
        return self.second and mine and matter.announcement.approval in WAITING

    def correction_of(self, matter: Matter) -> Matter | None:
        """What corrects that bulletin, or would, if nobody dropped it."""
        number = matter.announcement.id
        return next((each for each in self.matters if _corrects(each.announcement, number)), None)

    def is_replaced(self, matter: Matter) -> bool:
        """Does a correction stand in its place?"""
        found = self.correction_of(matter)
        return found is not None and found.announcement.approval in SENT

    def may_correct(self, matter: Matter, now: datetime) -> bool:
        """Is it a bulletin that somebody read or waits for, and no correction of it is on its way?"""
        bulletin, approval = matter.announcement.bulletin, matter.announcement.approval
        is_read = matter.posted > 0 or (matter.waiting > 0 and matter.announcement.lasts(now))
        return bulletin is not None and approval in SENT and is_read and self.correction_of(matter) is None

    def incident(self, number: int) -> Incident | None:
        """The incident of that number."""
        return next((each for each in self.incidents if each.id == number), None)
