"""Tells everybody that the service closes, or that it goes on after all. Being told and its message are one commit.

Who is in quiet hours is told after them: a message that waits for the morning would hold up all answers behind it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.closing import is_to_be_told, known_of
from bot.domain.groups import GroupState, PostKind
from bot.domain.reminders import after_quiet
from bot.storage.changes import Changes, NewDelivery, Outdated, StoredGroup
from bot.use_cases import documents
from conversations.closing.telling import in_group, notice
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.closing import Closing
    from bot.domain.groups import Group
    from bot.domain.people import Person
    from bot.storage.closing import Reached
    from bot.storage.store import Store
    from conversations.world import World

AT_ONCE = 100
"""People a commit."""
log = structlog.get_logger()


class ClosingTelling:
    """Brings what everybody knows to what is decided."""

    def __init__(self, store: Store, world: World, clock: Clock, promised: Callable[[], None]) -> None:
        self._store, self._world, self._clock, self._promised = store, world, clock, promised
        self._waits: tuple[Closing, datetime] | None = None
        """Of which closing everybody is told but those whose quiet hours end then."""

    async def round(self, closing: Closing) -> None:
        """Tell those who do not know yet and may be told now."""
        later = await self._groups(closing)
        if closing.told_at is None and not self._is_waiting(closing):
            later += await self._people(closing)
            self._waits = (closing, min(later)) if later else None
            if not later:
                await self._store.closing.told(closing, self._clock.now())
                log.info("closing_told", state=closing.state.value)

    def _is_waiting(self, closing: Closing) -> bool:
        if self._waits is None or self._waits[0] != closing:
            return False
        return self._clock.now() < self._waits[1]

    async def _people(self, closing: Closing) -> list[datetime]:
        """All people once; when those may be told who could not be now."""
        later: list[datetime] = []
        after: bytes | None = b""
        while after is not None:
            page = await self._store.closing.page(after, AT_ONCE)
            later += await self._tell(page.people, closing)
            after = page.last
        return later

    async def _tell(self, people: Sequence[Reached], closing: Closing) -> list[datetime]:
        changes, later = Changes(self._clock.now()), []
        for each in people:
            person = documents.to_person(each.stored.document)
            if person.blocked or not is_to_be_told(person, closing):
                continue
            due = after_quiet(changes.now, person.zone, person.quiet)
            if due > changes.now:
                later.append(due)
                continue
            known = replace(person, closes=known_of(closing))
            changes.people.append(each.changed(documents.of_person(known)))
            changes.deliveries.append(self._delivery(person, closing, changes.now))
        return later + await self._saved(changes)

    def _delivery(self, person: Person, closing: Closing, now: datetime) -> NewDelivery:
        saying = notice(Scene(person, now, self._world), closing)
        return NewDelivery(person.chat_id, saying.lane, now, documents.of_saying(saying, person))

    async def _saved(self, changes: Changes) -> list[datetime]:
        """Nothing, or now: somebody of them wrote meanwhile, so the next round tells them."""
        if not changes.people and not changes.groups:
            return []
        try:
            await self._store.save(changes)
        except Outdated:
            return [changes.now]
        self._promised()
        return []

    async def _groups(self, closing: Closing) -> list[datetime]:
        """Each group once, in its topic, outside the hours it holds back; of a closing a paused one is not told."""
        later: list[datetime] = []
        for group, version in await self._store.groups.everyone():
            if not is_to_be_told(group, closing) or not _may_hear(group, closing):
                continue
            now = self._clock.now()
            due = after_quiet(now, group.zone, group.hold) if group.hold else now
            later += [due] if due > now else await self._tell_group(group, version, closing, now)
        return later

    async def _tell_group(self, group: Group, version: int, closing: Closing, now: datetime) -> list[datetime]:
        known = replace(group.after_post(PostKind.OPERATOR, now), closes=known_of(closing))
        saying = in_group(group, closing)
        promised = NewDelivery(group.chat_id, saying.lane, now, documents.of_group_saying(saying, group))
        return await self._saved(Changes(now, groups=[StoredGroup(known, version)], deliveries=[promised]))


def _may_hear(group: Group, closing: Closing) -> bool:
    """That it goes on is a correction: who was told otherwise hears it, though an admin paused the group since."""
    is_heard = group.state is GroupState.RUNNING or (group.state is GroupState.PAUSED and not closing.is_announced)
    return is_heard and not group.needs_topic
