"""Reads watched pages once a day, asks operators what a change means, and tells who wished to know.

What follows is kept after each step, so a kill between two of them asks or tells again what was not kept, and nothing
else: being asked and its message are one commit, and so are being told and the end of the wish.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.deliveries import Lane
from bot.domain.watched_pages import PageState, is_to_be_asked, is_to_be_told, next_reading, words_hash
from bot.storage.changes import Changes, NewDelivery, Outdated
from bot.use_cases import documents
from bot.use_cases.operators import is_quiet_for
from conversations import engine
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.clock import Clock
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page
    from bot.domain.people import Person
    from bot.domain.watched_pages import WatchedPage
    from bot.storage.store import Store
    from bot.use_cases.operators import Operators
    from bot.use_cases.telling import Telling
    from conversations.world import World

SCREEN = "admin/page"
log = structlog.get_logger()


class PageWatch:
    """The watch on Meta's pages. Only the process that leads reads, asks and tells."""

    def __init__(  # noqa: PLR0913, PLR0917  # it stands between the pages, the operators and who wished to know
        self,
        pages: Mapping[str, WatchedPage],
        fetch: Callable[[str], Awaitable[Page]],
        rules: LookRules,
        store: Store,
        operators: Operators,
        telling: Telling,
        world: World,
        clock: Clock,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._pages, self._fetch, self._rules = pages, fetch, rules
        self._store, self._operators, self._telling = store, operators, telling
        self._world, self._clock, self._chance = world, clock, chance
        self._chances: dict[str, float] = {}

    async def round(self) -> None:
        """Read what is due, then ask and tell what is to be asked and told."""
        if not await self._store.lead():
            return
        states = await self._store.pages.states()
        for page in self._pages.values():
            await self._read(page, states.get(page.id) or PageState(page.id))
        await self._ask()
        await self._tell()

    async def _read(self, page: WatchedPage, state: PageState) -> None:
        chance = self._chances.setdefault(page.id, self._chance())
        if next_reading(state, chance, self._clock.now()) > self._clock.now():
            return
        del self._chances[page.id]
        read, control = await asyncio.gather(self._fetch(page.url), self._fetch(page.control))
        words = words_hash(read, control, self._rules)
        after = await self._store.pages.note(page.id, words, self._clock.now())
        log.info("page_read", page=page.id, words=bool(words), never=after.never_read, changes=after.changes)

    async def _ask(self) -> None:
        people = await self._operators.people()
        if not people:
            return
        now, states = self._clock.now(), await self._store.pages.states()
        quiet = is_quiet_for(people[0], now)
        for state in states.values():
            if state.page in self._pages and is_to_be_asked(state, now, quiet=quiet):
                await self._ask_about(state, people)

    async def _ask_about(self, state: PageState, people: list[Person]) -> None:
        await self._operators.refresh()
        changes = Changes(self._clock.now(), pages_asked=[(state.page, state.changes)])
        for person in people:
            scene = Scene(person, changes.now, self._world).without_answers().with_answer("page", state.page)
            [saying] = engine.show(replace(scene, values={}), SCREEN).sayings
            document = documents.of_saying(saying, person)
            changes.deliveries.append(NewDelivery(person.chat_id, Lane.ANSWER, changes.now, document))
        try:
            await self._store.save(changes)
        except Outdated:
            return  # an operator decided meanwhile
        self._operators.promised()

    async def _tell(self) -> None:
        for state in (await self._store.pages.states()).values():
            page = self._pages.get(state.page)
            if page and is_to_be_told(state):
                told = await self._telling.tell_page(page, state)
                await self._store.pages.told(state.page, state.changes, self._clock.now())
                log.info("page_told", page=state.page, ruling=state.ruling, people=told)
