"""Tell those who wished to know, and nobody else. Being told and taking out the wish are one commit.

What is still to be told stands at the incident and is wiped when nobody waits any more. So a kill between two commits
loses nobody, who is then told by the next round, and doubles nobody, whose wish is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.domain.deliveries import Lane, Saying
from bot.storage.changes import Changes, NewDelivery
from bot.storage.incidents import NewsKind
from bot.use_cases import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.deliveries import Value
    from bot.domain.incidents import Incident
    from bot.knowledge import Knowledge
    from bot.storage.changes import Watch
    from bot.storage.incidents import News
    from bot.storage.store import Store

AT_ONCE = 100
"""People a commit."""
ANSWERS, CODES, CITED = "answers", "codes", "cited"
AGAIN, CODES_ARRIVE = "status/again", "status/codes"
CORRECTED, PAPER_CORRECTED = "status/corrected", "paper/corrected"
log = structlog.get_logger()


class Telling:
    """Tells the watchers of forms. `promised` is called after each commit, so that the messages go at once."""

    def __init__(self, store: Store, knowledge: Knowledge, clock: Clock, promised: Callable[[], None]) -> None:
        self._store, self._knowledge, self._clock, self._promised = store, knowledge, clock, promised

    async def tell_news(self) -> int:
        """Tell of every end and correction that is not told yet; how many people were told."""
        return sum([await self._tell(news) for news in await self._store.incidents.news()])

    async def tell_codes(self, form: str, country: str) -> int:
        """Codes arrive: tell everybody who waits for that."""
        values = self._values(form, country)
        return await self._tell_all(CODES_ARRIVE, values, form, country, CODES, self._clock.now())

    async def _tell(self, news: News) -> int:
        incident, told = news.incident, 0
        if news.until is not None:
            screen = AGAIN if news.kind is NewsKind.ENDED else CORRECTED
            told += await self._tell_those(screen, incident, ANSWERS, news.until)
        if news.kind is NewsKind.CORRECTED and incident.corrected_at:
            told += await self._tell_those(PAPER_CORRECTED, incident, CITED, incident.corrected_at)
        await self._store.incidents.told(news)
        log.info("told", news=news.kind, form=incident.form, country=incident.country, people=told)
        return told

    async def _tell_those(self, screen: str, incident: Incident, kind: str, until: datetime) -> int:
        values = self._values(incident.form, incident.country, incident)
        return await self._tell_all(screen, values, incident.form, incident.country, kind, until)

    async def _tell_all(  # noqa: PLR0913, PLR0917  # who, of what, and until when
        self, screen: str, values: Mapping[str, Value], form: str, country: str, kind: str, until: datetime
    ) -> int:
        told = 0
        while watches := await self._store.watches.waiting(form, country, kind, limit=AT_ONCE, until=until):
            told += await self._commit(watches, screen, values)
        return told

    async def _commit(self, watches: list[Watch], screen: str, values: Mapping[str, Value]) -> int:
        now = self._clock.now()
        changes = Changes(now, unwatch=watches)
        changes.deliveries.extend(await self._deliveries(watches, screen, values, now))
        await self._store.save(changes)
        self._promised()
        return len(changes.deliveries)

    async def _deliveries(
        self, watches: list[Watch], screen: str, values: Mapping[str, Value], now: datetime
    ) -> list[NewDelivery]:
        """Nobody who blocked the bot, or is no person any more, is written to."""
        gathered = await self._store.gather([], [watch.chat_id for watch in watches])
        people = (documents.to_person(stored.document) for stored in gathered.people.values())
        saying = Saying(screen, lane=Lane.NOTICE, values=values)
        return [
            NewDelivery(person.chat_id, saying.lane, now, documents.of_saying(saying, person))
            for person in people
            if not person.blocked
        ]

    def _values(self, form: str, country: str, incident: Incident | None = None) -> dict[str, Value]:
        known = self._knowledge.forms.get(form)
        values: dict[str, Value] = {"form": form, "country": country, "service": known.service.value if known else ""}
        if incident:
            values["since"] = incident.started_at.isoformat()
            values["until"] = incident.ended_at.isoformat() if incident.ended_at else None
        return values
