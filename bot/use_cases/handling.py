"""Receive → gather → decide → save: many updates share one commit, each takes effect once (promise 1)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import structlog

from bot.domain.errors import StorageError
from bot.domain.people import Person
from bot.domain.standings import Standing
from bot.domain.wishes import WishKind
from bot.faults import survived
from bot.rendering.languages import best_language
from bot.storage.changes import Outdated, PersonChange
from bot.use_cases import documents, farewells
from bot.use_cases.batch import Batch, Kept
from conversations import engine, nudging
from conversations.closing.telling import told_first
from conversations.effects import Wish
from conversations.events import Event, GroupNews, Membership, Nudged
from conversations.group.deciding import GroupScene, decide
from conversations.group.events import GroupEvent
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from bot.clock import Clock
    from bot.storage.changes import Gathered, StoredGroup
    from bot.storage.store import Store
    from conversations.effects import Effect
    from conversations.engine import Turn
    from conversations.world import World

    AnyEvent: TypeAlias = Event | GroupEvent

T = TypeVar("T")
TRIES = 3
"""An update that fails that often is set aside."""
POISON_PAUSE = timedelta(hours=1)
"""A reminder that fails comes back no sooner, so that it can't hold up the others."""
POISON_KEPT = timedelta(days=365)
KINDS = frozenset(WishKind)
log = structlog.get_logger()


class Handler:
    """Turns events into what is kept and what is promised."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self._store, self._world, self._clock = store, world, clock

    async def take(self, events: Sequence[AnyEvent], *, known: Sequence[int] = ()) -> list[tuple[int, Effect]]:
        """Let events take effect in one commit; what is to be done afterwards, with its chat.

        `known` are updates that say nothing to us: remembered, confirmed, without effect.
        """
        if not events and not known:
            return []
        return await self._tried(lambda: self._once(events, known))

    async def pass_over(self, events: Sequence[AnyEvent], *, known: Sequence[int] = ()) -> None:
        """Remember events that break their commit as set aside, and apologise: for that, nothing of them is needed."""
        await self._tried(lambda: self._passed_over(events, known))

    @staticmethod
    async def _tried(deed: Callable[[], Awaitable[T]]) -> T:
        for _ in range(TRIES):
            try:
                return await deed()
            except Outdated:
                log.info("batch_outdated")
        raise StorageError("Somebody else changes the same rows of the database all the time.")

    async def _passed_over(self, events: Sequence[AnyEvent], known: Sequence[int]) -> None:
        ids = [event.update_id for event in events if event.update_id is not None]
        gathered = await self._store.gather([*ids, *known], people_of(events, ()))
        batch = Batch(self._clock.now())
        batch.changes.updates.extend(each for each in dict.fromkeys([*ids, *known]) if each not in gathered.seen)
        for event in events:
            if event.chat_id not in gathered.damaged and event.update_id not in gathered.seen:
                self._set_aside(batch, gathered, event)
        await self._store.save(batch.finished())

    async def _once(self, events: Sequence[AnyEvent], known: Sequence[int]) -> list[tuple[int, Effect]]:
        ids = [event.update_id for event in events if event.update_id is not None]
        batch = Batch(self._clock.now())
        if concerned := groups_of(events):
            batch.groups.read = await self._store.groups.among(concerned)
            on = [chat_id for chat_id, each in batch.groups.read.items() if each.group.counter]
            batch.counting = await self._store.counted.among(on)
        gathered = await self._store.gather([*ids, *known], people_of(events, batch.groups.read.values()))
        batch.changes.updates.extend(each for each in dict.fromkeys(known) if each not in gathered.seen)
        done = set(gathered.seen)
        for event in events:
            if event.update_id is None or event.update_id not in done:
                self._decide(batch, gathered, event)
                done.add(event.update_id or -1)
        await self._store.save(batch.finished())
        return batch.afterwards

    def _decide(self, batch: Batch, gathered: Gathered, event: AnyEvent) -> None:
        if event.update_id is not None:
            batch.changes.updates.append(event.update_id)
        if event.chat_id in gathered.damaged:
            log.error("person_damaged", update_id=event.update_id)
            return
        for attempt in range(1, TRIES + 1):
            with survived("update_failed", update_id=event.update_id, attempt=attempt):
                self._effect(batch, gathered, event)
                return
        self._set_aside(batch, gathered, event)

    def _effect(self, batch: Batch, gathered: Gathered, event: AnyEvent) -> None:
        if self._is_closed(batch):
            self._farewell(batch, event)
            return
        if isinstance(event, GroupEvent):
            self._in_group(batch, gathered, event)
            return
        scene = self._scene(batch, gathered, event)
        if scene is None:
            return
        is_nudge = isinstance(event.happening, Nudged)
        turn = nudging.nudged(scene) if is_nudge else told_first(scene, engine.advance(scene, event.happening))
        self._note(batch, gathered, event, turn)

    def _is_closed(self, batch: Batch) -> bool:
        closing = self._world.closing()
        return closing is not None and closing.is_over(batch.now)

    def _farewell(self, batch: Batch, event: AnyEvent) -> None:
        """After the closing: one line to whoever does something, and nothing of them is kept."""
        batch.afterwards.extend(farewells.presses_answered(event, self._world))
        if isinstance(event, Event) and not isinstance(event.happening, Membership | GroupNews | Nudged):
            document = farewells.document(self._stranger(batch, event), self._world, batch.now)
            batch.note_farewell(event.chat_id, event.update_id, document)

    def _in_group(self, batch: Batch, gathered: Gathered, event: GroupEvent) -> None:
        """What happens in a group, and what its admin is told of it in private, in the same commit."""
        by = self._reachable(batch, gathered, event.actor)
        language = best_language(event.language_code)
        group = batch.groups.get(event.chat_id)
        count, join = batch.counting.get(event.chat_id) or (0, "")
        turn = decide(GroupScene(event, group, by, batch.now, self._world, language, count, join))
        batch.note_group(event, turn)
        for chat_id, news in turn.news:
            standing = event.standing or Standing(event.is_admin, is_forum=event.is_forum, is_channel=event.is_channel)
            told = Event(chat_id, news, event.language_code, event.update_id, {news.group: standing})
            if chat_id not in gathered.damaged:
                self._effect(batch, gathered, told)

    def _reachable(self, batch: Batch, gathered: Gathered, chat_id: int | None) -> Person | None:
        """Somebody who has a chat with the bot in which it may write."""
        if chat_id is None or chat_id in gathered.damaged:
            return None
        person = self._person(batch, gathered, Event(chat_id, Nudged()))
        return person if person and not person.blocked else None

    def _note(self, batch: Batch, gathered: Gathered, event: Event, turn: Turn) -> None:
        after = Scene(turn.person, batch.now, self._world)
        kept = Kept(turn.person, nudging.next_wake(after), nudging.forgotten_on(after))
        stored = gathered.people.get(event.chat_id)
        begins = stored is None or event.chat_id in batch.changes.erased
        batch.note(event, turn, kept, None if begins or stored is None else stored.version)

    def _set_aside(self, batch: Batch, gathered: Gathered, event: AnyEvent) -> None:
        """Pass over what fails: apologise for an update, put off a reminder."""
        if event.update_id is not None:
            batch.changes.set_aside.append(event.update_id)
        if isinstance(event, GroupEvent) or self._is_closed(batch):
            return
        if event.update_id is not None:
            with suppress(Exception):
                scene = self._scene(batch, gathered, event)
                if scene:
                    turn = engine.show(replace(scene, aside="set_aside"), "help/doors")
                    self._note(batch, gathered, event, turn)
        elif stored := gathered.people.get(event.chat_id):
            later, expires = batch.now + POISON_PAUSE, (batch.now + POISON_KEPT).date()
            batch.postpone(PersonChange(event.chat_id, stored.document, stored.version, later, expires))

    def _scene(self, batch: Batch, gathered: Gathered, event: Event) -> Scene | None:
        person = self._person(batch, gathered, event)
        tongue = (event.language_code or "").split("-")[0]
        if person is None:
            return None
        wishes = batch.wishes.setdefault(event.chat_id, _wishes(gathered, event.chat_id))
        counted = batch.counted.setdefault(event.chat_id, frozenset(gathered.counted.get(event.chat_id, ())))
        groups = {chat: group for chat in event.standings if (group := batch.groups.get(chat))}
        return Scene(
            person,
            batch.now,
            self._world,
            tongue=tongue,
            wishes=wishes,
            counted=counted,
            groups=groups,
            standings=event.standings,
        )

    def _person(self, batch: Batch, gathered: Gathered, event: Event) -> Person | None:
        if event.chat_id in batch.people:
            return batch.people[event.chat_id]
        stored = gathered.people.get(event.chat_id)
        if stored and event.chat_id not in batch.changes.erased:
            return documents.to_person(stored.document)
        return None if isinstance(event.happening, Membership | GroupNews | Nudged) else self._stranger(batch, event)

    def _stranger(self, batch: Batch, event: Event) -> Person:
        language = best_language(event.language_code)
        tongue = (event.language_code or language).split("-")[0]
        home = next(iter(self._world.suggested(tongue) or self._world.suggested(language)), None)
        country = self._world.country(home) if home else None
        today = batch.now.date()
        return Person(event.chat_id, language, country.zone if country else "UTC", since=today, seen=today)


def groups_of(events: Iterable[AnyEvent]) -> set[int]:
    """The groups that these events may be about."""
    return {
        chat_id
        for event in events
        for chat_id in ((event.chat_id,) if isinstance(event, GroupEvent) else event.standings)
    }


def people_of(events: Iterable[AnyEvent], groups: Iterable[StoredGroup]) -> set[int]:
    """The private chats that these events may be about."""
    direct = {event.actor if isinstance(event, GroupEvent) else event.chat_id for event in events}
    return {chat_id for chat_id in direct | {each.group.set_up_by for each in groups} if chat_id}


def _wishes(gathered: Gathered, chat_id: int) -> frozenset[Wish]:
    kept = gathered.wishes.get(chat_id, ())
    return frozenset(Wish(each.form, each.country, WishKind(each.kind)) for each in kept if each.kind in KINDS)
