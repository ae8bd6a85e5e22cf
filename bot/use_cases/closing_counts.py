"""How many people, groups and open cases a closing would reach; counted when an operator looks at it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.closing import ClosingMatter
from bot.domain.stages import AFTER, OPEN_STAGES, telling
from bot.use_cases import documents
from conversations.events import Press

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.people import Person
    from bot.storage.store import Store
    from conversations.events import Event
    from conversations.world import World

BUTTON = ":closing:"
"""In the data of the button that leads there."""
COUNTED_FOR = timedelta(minutes=10)
AT_ONCE = 500
"""People a page: each document has to be opened."""


class ClosingCounts:
    """Counts, and remembers it for a while."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self._store, self._world, self._clock = store, world, clock
        self._people = self._groups = self._cases = 0
        self._at: datetime | None = None

    def matter(self) -> ClosingMatter:
        """How it stands, with what was counted last."""
        return ClosingMatter(self._world.closing(), self._people, self._groups, self._cases)

    async def count_for(self, event: Event) -> None:
        """Count if an operator asks for that screen, and it was not counted lately."""
        now, data = self._clock.now(), event.happening.data if isinstance(event.happening, Press) else ""
        is_fresh = self._at is not None and timedelta() <= now - self._at < COUNTED_FOR
        if BUTTON in data and not is_fresh:
            await self._count()
            self._at = now

    async def _count(self) -> None:
        people = cases = 0
        after: bytes | None = b""
        while after is not None:
            page = await self._store.closing.page(after, AT_ONCE)
            people += len(page.people)
            cases += sum(_open_cases(documents.to_person(each.stored.document)) for each in page.people)
            after = page.last
        self._people, self._cases = people, cases
        self._groups = len(await self._store.groups.everyone())


def _open_cases(person: Person) -> int:
    last = [telling(case.facts) for case in person.cases]
    return sum(fact is None or AFTER[fact.kind] in OPEN_STAGES for fact in last)
