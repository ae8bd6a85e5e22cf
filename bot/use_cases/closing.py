"""Closes the service: operators are asked, everybody is told, and on the day everything is erased.

Each step follows from what is kept: who was told bears it in the same commit as the message, erasing is one commit
with the note that it is done. So a kill between two of them costs at most the message that was in the air, and a bot
that was down on the day erases at its next start. Only the process that leads asks, tells and erases.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.domain.closing import ClosingState
from bot.domain.deliveries import Lane
from bot.storage.changes import Changes, NewDelivery, Outdated
from bot.use_cases import documents
from conversations import engine
from conversations.closing.telling import done
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.domain.closing import Closing
    from bot.storage.store import Store
    from bot.use_cases.announcing import Announcing
    from bot.use_cases.closing_telling import ClosingTelling
    from bot.use_cases.operators import Operators
    from bot.use_cases.world import KnownWorld

SCREEN = "admin/closing"
log = structlog.get_logger()


class ServiceClosing:
    """The closing of the service. `promised` is called when there is something to deliver."""

    def __init__(  # noqa: PLR0913, PLR0917  # it ends what all others do
        self,
        store: Store,
        operators: Operators,
        telling: ClosingTelling,
        announcing: Announcing,
        world: KnownWorld,
        clock: Clock,
        promised: Callable[[], None],
    ) -> None:
        self._store, self._operators, self._telling, self._announcing = store, operators, telling, announcing
        self._world, self._clock, self._promised = world, clock, promised
        self._one_at_a_time = asyncio.Lock()

    async def load(self) -> None:
        """Let the conversation know what is decided."""
        self._world.close(await self._store.closing.current())

    def is_closed(self) -> bool:
        """Is the service closed, by the clock?"""
        closing = self._world.closing()
        return closing is not None and closing.is_over(self._clock.now())

    async def round(self) -> None:
        """Do what is to be done now."""
        async with self._one_at_a_time:
            await self.load()
            closing = self._world.closing()
            if closing is None or not await self._store.lead():
                return
            if closing.is_over(self._clock.now()):
                await self._erase(closing)
                return
            await self._say(closing)
            await self._telling.round(closing)

    async def _say(self, closing: Closing) -> None:
        """Tell operators how it stands, once for each change."""
        people = await self._operators.people() if closing.said != closing.standing else []
        if not people:
            return
        await self._operators.refresh()
        changes = Changes(self._clock.now(), closing_said=(closing, closing.standing))
        for person in people:
            scene = Scene(person, changes.now, self._world).without_answers()
            [saying] = engine.show(scene, SCREEN).sayings
            document = documents.of_saying(saying, person)
            changes.deliveries.append(NewDelivery(person.chat_id, Lane.ANSWER, changes.now, document))
        try:
            await self._store.save(changes)
        except Outdated:
            return  # it was decided anew; the next round tells that
        self._promised()

    async def _erase(self, closing: Closing) -> None:
        """Everything of everybody; once more if something came back, from a process that did not know yet."""
        again = closing.state is ClosingState.CLOSED
        if again and not await self._store.closing.is_anything_left():
            return
        now = self._clock.now()
        people = [] if again else await self._operators.people()
        goodbyes = [NewDelivery(one.chat_id, Lane.ANSWER, now, documents.of_saying(done(), one)) for one in people]
        try:
            await self._store.closing.erase(closing, goodbyes, now)
        except Outdated:
            return  # it was decided anew; the next round sees how
        self._announcing.leave_out_all()
        await self.load()
        log.info("closed", again=again)
        self._promised()
        await self._store.vacuum_wal()
