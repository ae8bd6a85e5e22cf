"""One look at one form for one country, from every place that takes part in it, kept in one commit."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from bot.domain.budgets import Budget
from bot.domain.judging import Value, value_of
from bot.domain.scheduling import VantageFacts, networks_to_ask
from bot.faults import survived
from bot.storage.looks import Difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.clock import Clock
    from bot.domain.forms import Form
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status
    from bot.storage.store import Store
    from bot.use_cases.board import Board
    from bot.vantages.vantage import Vantage

SAME_MOMENT = timedelta(seconds=90)
"""What is the same for all countries is asked once: the looks of a round begin within seconds."""
log = structlog.get_logger()


class Viewer:
    """Asks the vantages.

    With `played` (the sandbox) `direct` sees each country by itself; in the open it sees the same for all.
    """

    def __init__(  # noqa: PLR0913  # what it looks with, and for whom
        self,
        vantages: Sequence[Vantage],
        store: Store,
        board: Board,
        clock: Clock,
        *,
        budget: Budget | None = None,
        played: bool = False,
    ) -> None:
        self._vantages, self._store, self._board, self._clock = vantages, store, board, clock
        self._budget, self._played = budget or Budget(), played
        self._differed: set[Difference] = set()
        self._shared: dict[tuple[str, str], Observation] = {}
        self._one_at_a_time: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self.counted: Counter[tuple[str, Value]] = Counter()
        """Looks since the start, by vantage and value."""

    async def load(self) -> None:
        """Read which forms ever differed from their decoy."""
        self._differed = set(await self._store.looks.differed())

    async def view(self, form: Form, country: str, *, asked: bool) -> int:
        """Look, and keep what was seen; from how many places. `asked`: somebody waits for it.

        The board sees it before it is kept, so that a full disk does not make us look again and again.
        """
        taking_part = self._taking_part(country, self._board.status(form.id, country))
        looked = await asyncio.gather(*(self._tried(each, form, country, asked=asked) for each in taking_part))
        seen = [look for look in looked if look]
        self._board.see(seen)
        for each in seen:
            self.counted[each.vantage, value_of(each.verdict)] += 1
            self._differed |= {_mark(each)} if each.differed else set()
            log.info("looked", form=form.id, country=country, vantage=each.vantage, verdict=each.verdict)
        self._board.see(await self._store.looks.add(seen))
        return len(seen)

    def _taking_part(self, country: str, status: Status | None) -> list[Vantage]:
        serving = {each.name: each for each in self._vantages if each.serves(country)}
        facts = [VantageFacts(each.name, each.country, each.costly) for each in serving.values()]
        return [serving[each.name] for each in networks_to_ask(status, facts)]

    async def _tried(self, vantage: Vantage, form: Form, country: str, *, asked: bool) -> Observation | None:
        """What fails unexpectedly at one place leaves what the others saw."""
        with survived("vantage_failed", vantage=vantage.name):
            return await self._look(vantage, form, country, asked=asked)
        return None

    async def _look(self, vantage: Vantage, form: Form, country: str, *, asked: bool) -> Observation | None:
        if self._by_country(vantage):
            return await self._ask(vantage, form, country, asked=asked)
        key = (form.id, vantage.name)
        async with self._one_at_a_time[key]:
            known = self._shared.get(key)
            if known is None or not timedelta() <= self._clock.now() - known.at < SAME_MOMENT:
                known = await self._ask(vantage, form, country, asked=asked)
        if known is None:
            return None
        self._shared[key] = known
        return replace(known, country=country)

    async def _ask(self, vantage: Vantage, form: Form, country: str, *, asked: bool) -> Observation | None:
        host = urlsplit(form.url).netloc
        if not self._budget.take(host, self._clock.now(), asked=asked):
            log.warning("look_budget_used_up", host=host)
            return None
        return await vantage.look(form, country, differed_before=self._has_differed(vantage, form, country))

    def _has_differed(self, vantage: Vantage, form: Form, country: str) -> bool:
        if self._by_country(vantage):
            return Difference(form.id, vantage.name, country) in self._differed
        return any((each.form, each.vantage) == (form.id, vantage.name) for each in self._differed)

    def _by_country(self, vantage: Vantage) -> bool:
        return bool(vantage.country) or self._played


def _mark(look: Observation) -> Difference:
    return Difference(look.form, look.vantage, look.country)
