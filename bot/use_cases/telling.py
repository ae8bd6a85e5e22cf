"""Tell those who wished to know, and nobody else. Being told and taking out the wish are one commit.

What is still to be told stands at the incident and is wiped when nobody waits any more. So a kill between two commits
loses nobody, who is then told by the next round, and doubles nobody, whose wish is gone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.forms import Service
from bot.domain.watched_pages import Ruling
from bot.domain.wishes import WishKind
from bot.storage.changes import Changes, NewDelivery, Outdated
from bot.storage.incidents import NewsKind
from bot.use_cases import documents
from conversations.scene import Scene
from conversations.status.rules import RULES
from conversations.telling import AGAIN, CODES, CORRECTED, PAGE_NOBODY, PAGE_PEOPLE, due_at, notice, page_notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.deliveries import Saying
    from bot.domain.people import Person
    from bot.domain.statuses import Status
    from bot.domain.watched_pages import PageState, WatchedPage
    from bot.knowledge import Knowledge
    from bot.storage.changes import Watch
    from bot.storage.incidents import News
    from bot.storage.store import Store
    from conversations.world import World

AT_ONCE = 100
"""People a commit."""
GRACE = timedelta(seconds=5)
"""Who wished in the moment between the end being kept and being shown still saw the outage: they are told too."""
PAPER_CORRECTED = "paper/corrected"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Message:
    """What is told to everybody with the same wish. `since` and `until` are the outage's times."""

    screen: str
    form: str
    country: str
    since: datetime | None = None
    until: datetime | None = None
    page: str = ""
    """The address of a watched page, where that changed."""


class Telling:
    """Tells the watchers of forms. `promised` is called after each commit, so that the messages go at once."""

    def __init__(
        self, store: Store, knowledge: Knowledge, world: World, clock: Clock, promised: Callable[[], None]
    ) -> None:
        self._store, self._knowledge, self._world, self._clock = store, knowledge, world, clock
        self._promised = promised
        self._one_at_a_time = asyncio.Lock()
        """A round and somebody who asks may both find the same news: two who read the same wishes would tell twice."""

    async def tell_news(self) -> int:
        """Tell of every end and correction that is not told yet; how many people were told."""
        return sum([await self._tell(news) for news in await self._store.incidents.news()])

    async def tell_codes(self, form: str, country: str) -> int:
        """Codes arrive: tell everybody who waits for that."""
        return await self._tell_all(Message(CODES, form, country), WishKind.CODES, self._clock.now())

    async def tell_cleared(self, status: Status) -> int:
        """A form answers, and no outage came of the doubt: tell who began to wait in it."""
        if status.as_of is None:
            return 0
        message = Message(AGAIN, status.form, status.country, until=status.as_of)
        return await self._tell_all(message, WishKind.ANSWERS, status.as_of + GRACE)

    async def tell_page(self, page: WatchedPage, state: PageState) -> int:
        """Operators decided about a change of a page: tell everybody who wished to know by then."""
        screen = PAGE_PEOPLE if state.ruling is Ruling.PEOPLE else PAGE_NOBODY
        message = Message(screen, RULES.form, RULES.country, since=state.since, page=page.url)
        return await self._tell_all(message, WishKind.RULES, state.ruled_at or self._clock.now())

    async def _tell(self, news: News) -> int:
        incident, told = news.incident, 0
        about = Message(AGAIN, incident.form, incident.country, incident.started_at, incident.ended_at)
        corrected = news.kind is NewsKind.CORRECTED
        if news.until is not None:
            message = replace(about, screen=CORRECTED) if corrected else about
            told += await self._tell_all(message, WishKind.ANSWERS, news.until + GRACE)
        if corrected and incident.corrected_at:
            message = replace(about, screen=PAPER_CORRECTED)
            told += await self._tell_all(message, WishKind.CITED, incident.corrected_at)
        await self._store.incidents.told(news)
        log.info("told", news=news.kind, form=incident.form, country=incident.country, people=told)
        return told

    async def _tell_all(self, message: Message, kind: WishKind, until: datetime) -> int:
        """A commit for so many at a time, until nobody waits any more who wished so up to then."""
        told = 0
        waiting = self._store.watches.waiting
        async with self._one_at_a_time:
            while watches := await waiting(message.form, message.country, kind, limit=AT_ONCE, until=until):
                told += await self._commit(watches, message)
        return told

    async def _commit(self, watches: list[Watch], message: Message) -> int:
        """Tell these; how many they were. Who takes back a wish meanwhile is told nothing: the others then anew."""
        changes = Changes(self._clock.now(), fulfilled=watches)
        gathered = await self._store.gather([], [watch.chat_id for watch in watches])
        for stored in gathered.people.values():
            person = documents.to_person(stored.document)
            if not person.blocked:
                changes.deliveries.append(self._delivery(person, message))
        try:
            await self._store.save(changes)
        except Outdated:
            return 0
        self._promised()
        return len(changes.deliveries)

    def _delivery(self, person: Person, message: Message) -> NewDelivery:
        scene = Scene(person, self._clock.now(), self._world)
        saying = self._saying(scene, message)
        return NewDelivery(person.chat_id, saying.lane, due_at(scene), documents.of_saying(saying, person))

    def _saying(self, scene: Scene, message: Message) -> Saying:
        if message.page:
            return page_notice(scene, message.screen, message.page, message.since)
        known = self._knowledge.forms.get(message.form)
        service = known.service if known else Service.NONE
        return notice(scene, message.screen, service, message.country, since=message.since, until=message.until)
