"""Tells operators unasked: a new announcement, what became of it. To all of them, each thing once, in one commit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot.domain.deliveries import Lane
from bot.domain.desk import Said, news_of
from bot.domain.reminders import is_quiet
from bot.storage.changes import Changes, NewDelivery, Outdated, Reported
from bot.use_cases import documents
from conversations import engine
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.deliveries import Saying
    from bot.domain.desk import Matter
    from bot.domain.people import Person
    from bot.storage.store import Store
    from bot.use_cases.desk import DeskReader
    from conversations.world import World

ONE, SEVERAL = "admin/announcement", "admin/announcements"
log = structlog.get_logger()


class Operators:
    """Those who run the bot. Who never wrote to it, or blocked it, can't be told anything."""

    def __init__(  # noqa: PLR0913, PLR0917  # it stands between the desk and the outbox
        self,
        store: Store,
        desk: DeskReader,
        world: World,
        clock: Clock,
        ids: Sequence[int],
        promised: Callable[[], None],
    ) -> None:
        self._store, self._desk, self._world, self._clock = store, desk, world, clock
        self._ids, self.promised = ids, promised
        self._is_alone = False

    async def tell(self) -> int:
        """Tell what is new; of how many announcements that was."""
        people = await self.people()
        now = self._clock.now()
        quiet = bool(people) and is_quiet_for(people[0], now)
        found = [(each, news) for each in await self._desk.matters() if (news := news_of(each, now, quiet=quiet))]
        if not found or not people:
            self._say_alone(found and not people)
            return 0
        await self._desk.refresh()
        return await self._commit(people, found, now)

    async def refresh(self) -> None:
        """Let them see everything as it is now."""
        await self._desk.refresh()

    async def people(self) -> list[Person]:
        """Those of them who can be told, as the settings order them."""
        if not self._ids:
            return []
        known = (await self._store.gather([], set(self._ids))).people
        found = [documents.to_person(known[each].document) for each in self._ids if each in known]
        return [each for each in found if not each.blocked]

    def _say_alone(self, is_alone: object) -> None:
        if is_alone and not self._is_alone:
            log.warning("no_operator_to_ask", why="None of OPERATOR_IDS has written to the bot.")
        self._is_alone = bool(is_alone)

    async def _commit(self, people: list[Person], found: list[tuple[Matter, Said]], now: datetime) -> int:
        changes = Changes(now)
        for matter, news in found:
            before = (matter.said.value, matter.said_at)
            changes.reported.append(Reported(matter.announcement.id, before, news.value))
        for person in people:
            for saying in self._sayings(Scene(person, now, self._world), found):
                document = documents.of_saying(saying, person)
                changes.deliveries.append(NewDelivery(person.chat_id, Lane.ANSWER, now, document))
        try:
            await self._store.save(changes)
        except Outdated:
            return 0  # another process told them
        self.promised()
        return len(found)

    def _sayings(self, scene: Scene, found: list[tuple[Matter, Said]]) -> list[Saying]:
        """One message each; what was asked before and is still undecided comes as one summary."""
        again = [each for each, news in found if news in {Said.ASKED, Said.HALF} and each.said is news]
        once = [(each, news) for each, news in found if len(again) < 2 or each not in again]  # noqa: PLR2004  # several
        sayings = [saying_about(scene, f"a{each.announcement.id}", news.value, ONE) for each, news in once]
        return sayings if len(once) == len(found) else [*sayings, saying_about(scene, "", "waiting", SEVERAL)]


def saying_about(scene: Scene, what: str, head: str, screen: str) -> Saying:
    """A screen for an operator; the person is not changed: what they were about goes on."""
    scene = replace(scene.without_answers().with_answer("about", what).with_answer("head", head), values={})
    [saying] = engine.show(scene, screen).sayings
    return saying


def is_quiet_for(person: Person, now: datetime) -> bool:
    """Are these the person's quiet hours?"""
    return is_quiet(now.astimezone(ZoneInfo(person.zone)).hour, person.quiet)
