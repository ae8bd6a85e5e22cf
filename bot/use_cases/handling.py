"""Receive → gather → decide → save: many updates share one commit, each takes effect once (promise 1)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.people import Person
from bot.rendering.languages import best_language
from bot.storage.changes import Changes, NewDelivery, NewReport, Outdated, PersonChange
from bot.use_cases import documents
from conversations import engine, nudging
from conversations.events import Membership, Nudged
from conversations.scene import Erase, Report, Scene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.storage.changes import Gathered
    from bot.storage.store import Store
    from conversations.engine import Turn
    from conversations.events import Event
    from conversations.scene import Effect, World

TRIES = 3
"""An update that fails that often is set aside."""
log = structlog.get_logger()


@dataclass(slots=True)
class Batch:
    """What becomes of the events of one commit."""

    now: datetime
    people: dict[int, Person] = field(default_factory=dict)
    versions: dict[int, int | None] = field(default_factory=dict)
    erased: list[int] = field(default_factory=list)
    changes: Changes = field(init=False)
    afterwards: list[tuple[int, Effect]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changes = Changes(self.now)


class Handler:
    """Turns events into what is kept and what is promised."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self._store, self._world, self._clock = store, world, clock

    async def take(self, events: Sequence[Event], *, known: Sequence[int] = ()) -> list[tuple[int, Effect]]:
        """Let events take effect in one commit; what is to be done afterwards, with its chat.

        `known` are updates that say nothing to us: remembered, confirmed, without effect.
        """
        if not events and not known:
            return []
        for _ in range(TRIES - 1):
            try:
                return await self._once(events, known)
            except Outdated:
                log.info("batch_outdated", events=len(events))
        return await self._once(events, known)

    async def _once(self, events: Sequence[Event], known: Sequence[int]) -> list[tuple[int, Effect]]:
        ids = [event.update_id for event in events if event.update_id is not None]
        gathered = await self._store.gather([*ids, *known], {event.chat_id for event in events})
        batch = Batch(self._clock.now())
        batch.changes.updates.extend(each for each in dict.fromkeys(known) if each not in gathered.seen)
        done = set(gathered.seen)
        for event in events:
            if event.update_id is None or event.update_id not in done:
                self._decide(batch, gathered, event)
                done.add(event.update_id or -1)
        self._keep(batch)
        await self._store.save(batch.changes)
        return batch.afterwards

    def _decide(self, batch: Batch, gathered: Gathered, event: Event) -> None:
        if event.update_id is not None:
            batch.changes.updates.append(event.update_id)
        if event.chat_id in gathered.damaged:
            log.error("person_damaged", update_id=event.update_id)
            return
        person = self._person(batch, gathered, event)
        if person is None:
            return
        tongue = (event.language_code or "").split("-")[0]
        scene = Scene(person, batch.now, self._world, tongue=tongue)
        turn = self._turn(scene, event)
        if turn is None:
            batch.changes.set_aside.append(event.update_id or 0)
            turn = engine.show(replace(scene, aside="set_aside"), "help/doors")
        self._note(batch, event, turn)

    def _turn(self, scene: Scene, event: Event) -> Turn | None:
        if isinstance(event.happening, Nudged):
            return nudging.nudged(scene)
        for attempt in range(1, TRIES + 1):
            try:
                return engine.advance(scene, event.happening)
            except Exception:
                log.exception("update_failed", update_id=event.update_id, attempt=attempt)
        return None

    def _person(self, batch: Batch, gathered: Gathered, event: Event) -> Person | None:
        if event.chat_id in batch.people:
            return batch.people[event.chat_id]
        stored = gathered.people.get(event.chat_id) if event.chat_id not in batch.erased else None
        if stored:
            batch.versions[event.chat_id] = stored.version
            return documents.to_person(stored.document)
        if isinstance(event.happening, Membership | Nudged):
            return None
        batch.versions[event.chat_id] = None
        return self._stranger(event, batch.now)

    def _stranger(self, event: Event, now: datetime) -> Person:
        language = best_language(event.language_code)
        tongue = (event.language_code or language).split("-")[0]
        home = next(iter(self._world.suggested(tongue) or self._world.suggested(language)), None)
        country = self._world.country(home) if home else None
        today = now.date()
        return Person(event.chat_id, language, country.zone if country else "UTC", since=today, seen=today)

    def _note(self, batch: Batch, event: Event, turn: Turn) -> None:
        batch.people[event.chat_id] = turn.person
        for effect in turn.effects:
            match effect:
                case Erase():
                    batch.erased.append(event.chat_id)
                    batch.people.pop(event.chat_id, None)
                case Report():
                    report = NewReport(event.chat_id, effect.form, effect.country, effect.kind)
                    batch.changes.reports.append(report)
                case _:
                    batch.afterwards.append((event.chat_id, effect))
        for ordinal, saying in enumerate(turn.sayings):
            key = (event.update_id, ordinal) if event.update_id is not None else None
            document = documents.of_saying(saying, turn.person)
            batch.changes.deliveries.append(
                NewDelivery(event.chat_id, saying.lane, batch.now, document, key)
            )

    def _keep(self, batch: Batch) -> None:
        batch.changes.erased.extend(batch.erased)
        for chat_id, person in batch.people.items():
            scene = Scene(person, batch.now, self._world)
            batch.changes.people.append(
                PersonChange(
                    chat_id,
                    documents.of_person(person),
                    None if chat_id in batch.erased else batch.versions[chat_id],
                    nudging.next_wake(scene),
                    nudging.forgotten_on(scene),
                )
            )
