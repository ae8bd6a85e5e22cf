"""What becomes of the events that share one commit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.domain.closing import CallOff, Close
from bot.domain.deliveries import Lane
from bot.domain.orders import Confirm, Correct, Decide, EndPause, Issue, RulePage, SetPause
from bot.domain.reminders import after_quiet
from bot.storage.changes import Changes, NewDelivery, NewReport, PersonChange, Watch
from bot.use_cases import documents
from bot.use_cases.batch_groups import BatchGroups
from conversations.effects import (
    CountNoMore,
    Erase,
    ForgetGroup,
    KeepGroup,
    Leave,
    Report,
    SayInGroup,
    TakePart,
    Unwish,
    Wish,
)
from conversations.group.events import Moved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.deliveries import Saying, Value
    from bot.domain.groups import Group
    from bot.domain.people import Person
    from bot.storage.counted import Counting
    from conversations.effects import Effect
    from conversations.engine import Turn
    from conversations.events import Event
    from conversations.group.deciding import GroupTurn
    from conversations.group.events import GroupEvent


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be kept of somebody after a turn."""

    person: Person
    wake_at: datetime | None
    expires_on: date


@dataclass(slots=True)
class Batch:
    """Grows event by event; an event is noted only when all that follows from it is known."""

    now: datetime
    people: dict[int, Person] = field(default_factory=dict)
    wishes: dict[int, frozenset[Wish]] = field(default_factory=dict)
    """What everybody who is looked after here waits for, after what happened so far."""
    counted: dict[int, frozenset[int]] = field(default_factory=dict)
    """Likewise the groups in which they are counted."""
    counting: Mapping[int, Counting] = field(default_factory=dict)
    """The counters of the groups that this may be about, as they were before."""
    afterwards: list[tuple[int, Effect]] = field(default_factory=list)
    changes: Changes = field(init=False)
    groups: BatchGroups = field(default_factory=BatchGroups)
    _kept: dict[int, PersonChange] = field(default_factory=dict)
    _ordinals: Counter[int] = field(default_factory=Counter)
    """How many deliveries each update has promised so far: one of a group may speak in two chats."""

    def __post_init__(self) -> None:
        """Begin with nothing to save."""
        self.changes = Changes(self.now)

    def note(self, event: Event, turn: Turn, kept: Kept, version: int | None) -> None:
        """The event took effect: keep the person, promise the sayings, remember the effects."""
        chat_id = event.chat_id
        promised = [documents.of_saying(saying, turn.person) for saying in turn.sayings]
        change = PersonChange(chat_id, documents.of_person(kept.person), version, kept.wake_at, kept.expires_on)
        self.people[chat_id], self._kept[chat_id] = kept.person, change
        for effect in turn.effects:
            self._do(event, effect)
        for saying, document in zip(turn.sayings, promised, strict=True):
            quiet = turn.person.quiet if saying.lane is Lane.NOTICE else None
            due = after_quiet(self.now, turn.person.zone, quiet) if quiet else self.now
            self._promise(event.update_id, NewDelivery(chat_id, saying.lane, due, document))

    def note_farewell(self, chat_id: int, update_id: int | None, document: dict[str, Value]) -> None:
        """Something is said to somebody of whom nothing is kept."""
        self._promise(update_id, NewDelivery(chat_id, Lane.ANSWER, self.now, document))

    def note_group(self, event: GroupEvent, turn: GroupTurn) -> None:
        """Something took effect in a group: keep the group, promise what is said there, remember the effects."""
        if isinstance(event.happening, Moved):
            self.groups.move(event.chat_id, event.happening.to)
        if turn.group:
            self.groups.keep(turn.group)
        for saying in turn.sayings:
            self._say_in_group(event.update_id, turn.group or turn.speaks_as, saying)
        self.afterwards.extend((event.chat_id, effect) for effect in turn.effects)

    def _say_in_group(self, update_id: int | None, group: Group | None, saying: Saying) -> None:
        if group:
            document = documents.of_group_saying(saying, group)
            self._promise(update_id, NewDelivery(group.chat_id, saying.lane, self.now, document))

    def _promise(self, update_id: int | None, delivery: NewDelivery) -> None:
        if update_id is not None:
            delivery = replace(delivery, key=(update_id, self._ordinals[update_id]))
            self._ordinals[update_id] += 1
        self.changes.deliveries.append(delivery)

    def postpone(self, change: PersonChange) -> None:
        """Keep somebody as they are; look after them later."""
        self._kept.setdefault(change.chat_id, change)

    def _do(self, event: Event, effect: Effect) -> None:
        chat_id = event.chat_id
        match effect:
            case KeepGroup(group):
                self.groups.keep(group)
            case ForgetGroup(group_id):
                self.groups.forget(group_id)
                self._nobody_joins(group_id)
            case SayInGroup(group_id, saying):
                self._say_in_group(event.update_id, self.groups.get(group_id), saying)
            case Erase():
                self._erase(chat_id)
            case Report():
                self.changes.reports.append(NewReport(chat_id, effect.form, effect.country, effect.kind))
            case Wish() | Unwish():
                self._wish(chat_id, effect)
            case TakePart() | Leave() | CountNoMore():
                self._count(chat_id, effect)
            case RulePage():  # who waits is told by the next round of the watch
                self.changes.orders.append((chat_id, effect))
            case Decide() | Issue() | Correct() | Confirm() | SetPause() | EndPause() | Close() | CallOff():
                self.changes.orders.append((chat_id, effect))
                self.afterwards.append((chat_id, effect))
            case _:
                self.afterwards.append((chat_id, effect))

    def _erase(self, chat_id: int) -> None:
        """What the same commit would have kept of the chat before is not kept either."""
        changes = self.changes
        changes.erased.append(chat_id)
        changes.reports[:] = [each for each in changes.reports if each.chat_id != chat_id]
        changes.watches[:] = [each for each in changes.watches if each.chat_id != chat_id]
        changes.unwatch[:] = [each for each in changes.unwatch if each.chat_id != chat_id]
        del self.people[chat_id], self._kept[chat_id]
        changes.joined[:] = [each for each in changes.joined if each[0] != chat_id]
        self.wishes[chat_id], self.counted[chat_id] = frozenset(), frozenset()

    def _wish(self, chat_id: int, effect: Wish | Unwish) -> None:
        wish = effect.wish if isinstance(effect, Unwish) else effect
        watch = Watch(chat_id, wish.form, wish.country, wish.kind.value)
        if isinstance(effect, Unwish):
            self.wishes[chat_id] -= {wish}
            self._unwatch(watch)
        else:
            self.wishes[chat_id] |= {wish}
            self._watch(watch)

    def _count(self, chat_id: int, effect: TakePart | Leave | CountNoMore) -> None:
        """Of joining and leaving in one commit the last counts."""
        changes, pair = self.changes, (chat_id, effect.group)
        if isinstance(effect, CountNoMore):
            changes.uncounted.append(effect.group)
            self._nobody_joins(effect.group)
            return
        for kept in (changes.joined, changes.left):
            kept[:] = [each for each in kept if each != pair]
        if isinstance(effect, TakePart):
            self.counted[chat_id] |= {effect.group}
            changes.joined.append(pair)
        else:
            self.counted[chat_id] -= {effect.group}
            changes.left.append(pair)

    def _nobody_joins(self, group: int) -> None:
        self.changes.joined[:] = [each for each in self.changes.joined if each[1] != group]

    def _watch(self, watch: Watch) -> None:
        """Of a wish and its end in one commit the last counts."""
        self.changes.unwatch[:] = [each for each in self.changes.unwatch if each != watch]
        self.changes.watches.append(watch)

    def _unwatch(self, watch: Watch) -> None:
        self.changes.watches[:] = [each for each in self.changes.watches if each != watch]
        self.changes.unwatch.append(watch)

    def finished(self) -> Changes:
        """All of it, to be saved in one commit."""
        self.changes.people.extend(self._kept.values())
        self.afterwards.extend(self.groups.finish(self.changes))
        return self.changes
