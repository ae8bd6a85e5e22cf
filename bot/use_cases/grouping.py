"""Gathers what decisions about groups need of Telegram: is this an admin right now? At most 2 s, before the commit."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.standings import Standing
from bot.telegram.failures import Failure
from bot.use_cases import documents
from conversations.events import Command, Event, Invited, Membership, Press, Shared
from conversations.group.events import BotStands, GroupCommand, GroupEvent, Moved, NotPosted
from conversations.group.hand import HELD
from conversations.group.replies import JOIN

if TYPE_CHECKING:
    from bot.domain.deliveries import Delivery
    from bot.domain.people import Person
    from bot.storage.store import Store
    from bot.telegram.failures import Failed
    from bot.telegram.standings import Standings
    from conversations.world import World

BUTTONS, COUNTER = "group.", "counter."
PAYLOAD = "group-"
TEST = "group/in_test"
NEAR = 10_000
"""People whose conversation was about a group since the start, at most."""


class Grouping:
    """Fills events with standings. An event that is about no group passes unchanged, and costs nothing."""

    def __init__(self, store: Store, standings: Standings, world: World) -> None:
        self._store, self._standings, self._world = store, standings, world
        self._near: OrderedDict[int, None] = OrderedDict()
        """People whose conversation is about a group: their typed words and ways back may be too."""

    def me(self) -> str:
        """The bot's user name."""
        return str(self._world.facts().get("bot") or "")

    async def __call__(self, event: Event | GroupEvent) -> Event | GroupEvent:
        """The event with what Telegram says of who acted."""
        if isinstance(event, GroupEvent):
            return await self._in_group(event)
        if (number := self._counter_of(event)) is not None:
            return await self._at_counter(event, number)
        if isinstance(event.happening, Membership) or not self._may_concern(event):
            return event
        groups = _named(event) or _held(await self._person(event.chat_id))
        self._note(event.chat_id, is_near=bool(groups))
        return replace(event, standings={group: await self._standings.of(group, event.chat_id) for group in groups})

    def _counter_of(self, event: Event) -> int | None:
        """The group whose counter this is about: by the token of a link, or the number in a button."""
        match event.happening:
            case Command("start", argument) if argument.startswith(JOIN):
                return self._store.counted.group_of(argument.removeprefix(JOIN))
            case Press(data=data) if data.startswith(COUNTER):
                return next(iter(_numbers(_choice(data).partition(".")[2])), None)
        return None

    async def _at_counter(self, event: Event, number: int) -> Event:
        is_link = isinstance(event.happening, Command)
        happening = Invited(number) if is_link else event.happening
        joins = is_link or (isinstance(event.happening, Press) and _choice(event.happening.data).startswith("yes."))
        belongs = await self._standings.belongs(number, event.chat_id) if joins else None
        return replace(event, happening=happening, standings={number: Standing(None, belongs=belongs)})

    async def _in_group(self, event: GroupEvent) -> GroupEvent:
        happening = event.happening
        if isinstance(happening, BotStands):
            self._standings.forget(event.chat_id)
        if not isinstance(happening, BotStands | GroupCommand) or event.actor is None or event.vouched:
            return event
        return replace(event, standing=await self._standings.of(event.chat_id, event.actor))

    def _note(self, chat_id: int, *, is_near: bool) -> None:
        self._near.pop(chat_id, None)
        if is_near:
            self._near[chat_id] = None
        while len(self._near) > NEAR:
            self._near.popitem(last=False)

    def _may_concern(self, event: Event) -> bool:
        return bool(_named(event)) or event.chat_id in self._near or _is_about_groups(event)

    async def _person(self, chat_id: int) -> Person | None:
        stored = (await self._store.gather([], {chat_id})).people.get(chat_id)
        return documents.to_person(stored.document) if stored else None


def gone(delivery: Delivery, failed: Failed) -> Event | GroupEvent | None:
    """What it means that a delivery could not be made: a person who blocked the bot, or trouble in a group.

    An answer that nobody got stops no group; a test message that could not be posted is told to who asked for it.
    """
    if delivery.chat_id > 0:
        return Event(delivery.chat_id, Membership(blocked=True))
    if failed.failure is Failure.MOVED:
        return GroupEvent(delivery.chat_id, Moved(failed.moved_to))
    is_test = delivery.document["screen"] == TEST
    return GroupEvent(delivery.chat_id, NotPosted(failed.failure.value)) if is_test else None


def _is_about_groups(event: Event) -> bool:
    return isinstance(event.happening, Press) and event.happening.data.startswith(BUTTONS)


def _named(event: Event) -> list[int]:
    """The group that the event itself names: shared, in a link, or in a button that carries it."""
    match event.happening:
        case Shared(group):
            return [group]
        case Command("start", argument) if argument.startswith(PAYLOAD):
            return _numbers(argument.removeprefix("group"))
        case Press(data=data) if data.startswith(BUTTONS):
            return _numbers(_choice(data).rpartition(".")[2].removeprefix("g"))
    return []


def _choice(data: str) -> str:
    return [*data.split(":"), ""][1]


def _numbers(written: str) -> list[int]:
    return [int(written)] if written.startswith("-") and written[1:].isdecimal() and len(written) < 20 else []  # noqa: PLR2004  # digits of Telegram's largest number


def _held(person: Person | None) -> list[int]:
    return _numbers(person.session.answers.get(HELD, "")) if person else []
