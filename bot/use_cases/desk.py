"""What operators see, read anew before each thing they do; the conversation asks it at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import faults
from bot.domain.closing import ClosingMatter
from bot.domain.desk import Desk, HumanLook, Matter, PageMatter, Queue, Said
from bot.domain.watched_pages import PageState
from bot.domain.wishes import WishKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.watched_pages import WatchedPage
    from bot.storage.announcements import Kept
    from bot.storage.store import Store
    from bot.use_cases.announcing import Announcing
    from bot.use_cases.board import Board, Key

BACK = timedelta(days=90)
NEWEST = 12
"""So many announcements and outages are read with all that is known of them."""


class DeskReader:
    """Reads the desk from memory and the store. Only for operators: nobody else has one."""

    def __init__(  # noqa: PLR0913  # it shows what many parts know
        self,
        store: Store,
        board: Board,
        announcing: Announcing,
        clock: Clock,
        operators: Collection[int],
        *,
        second: bool,
        in_use: Callable[[], Collection[Key]],
        vantages: Sequence[str],
        failures: Callable[[], Mapping[str, int]],
        name_of: Callable[[int], str],
        pages: Mapping[str, WatchedPage],
        closing: Callable[[], ClosingMatter] = ClosingMatter,
    ) -> None:
        self._store, self._board, self._announcing, self._clock = store, board, announcing, clock
        self._operators, self._second, self._in_use = frozenset(operators), second, in_use
        self._vantages, self._failures, self._name_of = vantages, failures, name_of
        self._pages, self._closing = pages, closing
        self._desk: Desk | None = None
        self._one_at_a_time = asyncio.Lock()
        self._looks: dict[int, tuple[Observation, ...]] = {}
        """Of outages that are over: nothing is added to them any more."""

    def view(self, chat_id: int) -> Desk | None:
        """What that operator sees; None for everybody else, and before it was read."""
        if chat_id not in self._operators or self._desk is None:
            return None
        return replace(self._desk, me=self._name_of(chat_id))

    async def refresh(self) -> None:
        """Read all of it anew. One at a time: who began to read earlier could show an older state last."""
        async with self._one_at_a_time:
            self._desk = await self._read()

    async def _read(self) -> Desk:
        now, store = self._clock.now(), self._store
        incidents = (await self._board.incidents(since=now - BACK))[:NEWEST]
        groups = await store.groups.everyone()
        return Desk(
            now,
            second=self._second,
            matters=await self.matters(),
            incidents=tuple(incidents),
            looks={each.id: await self._looks_of(each) for each in incidents},
            statuses={(each.form, each.country): each for each in self._board.statuses()},
            cited={each.id: await store.watches.count(each.form, each.country, WishKind.CITED) for each in incidents},
            human=await self._human(),
            pauses=await store.pauses.current(now),
            queues=await self._queues(now),
            groups=Counter(each.group.state.value for each in groups),
            vantages=self._last_looks(),
            failures=self._failures(),
            faults=faults.counted.total(),
            pages=await self._watched(),
            audience=self._announcing.audience(),
            closing=self._closing(),
        )

    async def _watched(self) -> dict[str, PageMatter]:
        states = await self._store.pages.states()
        return {id_: PageMatter(page.url, states.get(id_) or PageState(id_)) for id_, page in self._pages.items()}

    async def matters(self) -> tuple[Matter, ...]:
        """The newest announcements as operators see them."""
        kept = await self._store.announcements.kept_since(self._clock.now() - BACK)
        return tuple([await self._matter(each) for each in kept[:NEWEST]])

    async def _matter(self, kept: Kept) -> Matter:
        one, first, said, said_at = kept
        wanted, settled, posted = await self._store.announcements.progress(one.id)
        reach = self._announcing.reach_by_language(one)
        matter = Matter(one, first, Said(said), said_at, wanted, posted, settled, reach)
        return await self._correction(matter) if one.bulletin and one.bulletin.corrects else matter

    async def _correction(self, matter: Matter) -> Matter:
        """With what it would do."""
        numbers = self._announcing.corrected_by(matter.announcement.id)
        found = [await self._store.announcements.progress(each) for each in numbers]
        edited = max((each.posted for each in found), default=0)
        return replace(matter, edited=edited, fresh=max(found[0].wanted - found[0].told, 0) if found else 0)

    async def _looks_of(self, incident: Incident) -> tuple[Observation, ...]:
        if incident.id in self._looks:
            return self._looks[incident.id]
        found = tuple(await self._board.observations(incident))
        if not incident.is_open:
            self._looks[incident.id] = found
        return found

    async def _human(self) -> tuple[HumanLook, ...]:
        opened = await self._store.confirmations.latest()
        found = [HumanLook(*key, opened.get(key)) for key in sorted(self._in_use())]
        return tuple(sorted(found, key=lambda each: each.at.timestamp() if each.at else 0))

    async def _queues(self, now: datetime) -> tuple[Queue, ...]:
        due = await self._store.outbox.queues(now)
        lanes = [Queue(lane.name.lower(), waiting, since) for lane, waiting, since in due]
        return (*lanes, Queue("groups", *await self._store.announcements.queue(now)))

    def _last_looks(self) -> tuple[tuple[str, datetime | None], ...]:
        last: dict[str, datetime] = {}
        for look in self._board.looks():
            last[look.vantage] = max(look.at, last.get(look.vantage, look.at))
        return tuple((name, last.get(name)) for name in dict.fromkeys([*self._vantages, *sorted(last)]))
