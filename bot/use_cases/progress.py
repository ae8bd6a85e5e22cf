"""While groups are told, the message in which an operator said so counts along: the same one, edited every few seconds.

Which message that is, is remembered in memory alone: after a restart operators hear again when all is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.announcing import Approval
from bot.domain.deliveries import Kind, Lane
from bot.storage.changes import Changes, NewDelivery
from bot.use_cases import documents
from bot.use_cases.operators import ONE, saying_about
from conversations import buttons
from conversations.admin.naming import ANNOUNCEMENT, number_of
from conversations.events import Press
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.desk import Matter
    from bot.domain.people import Person
    from bot.storage.store import Store
    from bot.use_cases.desk import DeskReader
    from bot.use_cases.operators import Operators
    from conversations.events import Event
    from conversations.world import World

EVERY = timedelta(seconds=5)
"""Between two edits of a message."""
SHOWS = frozenset({"open", "send"})
"""Buttons after which the message says how an announcement stands."""
TOLD = frozenset({Approval.YES, Approval.STOPPED})


@dataclass(frozen=True, slots=True)
class Followed:
    """A message that says how an announcement stands; `shown` is what it said when it was edited last (UTC)."""

    message_id: int
    announcement: int
    shown: tuple[object, ...] = ()
    at: datetime | None = None


class Progress:
    """Follows the last such message of each operator."""

    def __init__(self, store: Store, desk: DeskReader, operators: Operators, world: World, clock: Clock) -> None:
        self._store, self._desk, self._operators = store, desk, operators
        self._world, self._clock = world, clock
        self._followed: dict[int, Followed] = {}

    def heard(self, event: Event) -> None:
        """An operator pressed something: the message may show an announcement from now on, or something else."""
        press = event.happening
        if not isinstance(press, Press):
            return
        button, known = buttons.decode(press.data), self._followed.get(event.chat_id)
        verb, _, what = button.choice.partition(".") if button else ("", "", "")
        number = number_of(what, ANNOUNCEMENT) if button and button.screen.startswith("admin/") else 0
        if press.message_id and number and verb in SHOWS:
            self._followed[event.chat_id] = Followed(press.message_id, number)
        elif known and known.message_id == press.message_id:
            del self._followed[event.chat_id]

    async def tell(self) -> int:
        """Edit what has moved on; how many messages that was. Nobody who waits for an answer waits for this."""
        now = self._clock.now()
        due = [chat for chat, each in self._followed.items() if each.at is None or now - each.at >= EVERY]
        matters = {each.announcement.id: each for each in await self._desk.matters()} if due else {}
        moved = [(chat, matter) for chat in due if (matter := self._moved(self._followed.get(chat), matters))]
        if not moved:
            return 0
        await self._desk.refresh()
        people = {each.chat_id: each for each in await self._operators.people()}
        changes = Changes(now)
        shown: list[tuple[int, Followed, Matter]] = []
        for chat, matter in moved:
            followed = self._followed.get(chat)  # they may have pressed something since it was looked up
            if followed and followed.announcement == matter.announcement.id and (person := people.get(chat)):
                changes.deliveries.append(self._edited(person, followed, matter, now))
                shown.append((chat, followed, matter))
        await self._store.save(changes)
        for each in shown:
            self._note(*each, now)
        self._operators.promised()
        return len(changes.deliveries)

    @staticmethod
    def _moved(followed: Followed | None, matters: Mapping[int, Matter]) -> Matter | None:
        """The announcement, if the message is to say something else of it now."""
        matter = matters.get(followed.announcement) if followed else None
        if followed is None or matter is None or matter.announcement.approval not in TOLD or matter.wanted == 0:
            return None
        return matter if _counted(matter) != followed.shown else None

    def _edited(self, person: Person, followed: Followed, matter: Matter, now: datetime) -> NewDelivery:
        number, chat_id = matter.announcement.id, person.chat_id
        said = saying_about(Scene(person, now, self._world), f"a{number}", "", ONE)
        said = replace(said, kind=Kind.EDIT, lane=Lane.NOTICE, message_id=followed.message_id)
        return NewDelivery(chat_id, said.lane, now, documents.of_saying(said, person))

    def _note(self, chat_id: int, followed: Followed, matter: Matter, now: datetime) -> None:
        """It is kept that it will show this: only now, for what could not be kept is to be shown yet."""
        if self._followed.get(chat_id) is not followed:
            return  # they pressed something while it was kept
        self._followed[chat_id] = replace(followed, shown=_counted(matter), at=now)
        if matter.settled >= matter.wanted or matter.announcement.approval is Approval.STOPPED:
            del self._followed[chat_id]  # it stays as it is


def _counted(matter: Matter) -> tuple[object, ...]:
    return (matter.announcement.approval, matter.posted, matter.settled, matter.wanted)
