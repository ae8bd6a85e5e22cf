"""A lookout: scripted places to look from, a clock that is moved by hand, a real SQLite file.

async with lookout(tmp_path) as post:
    post.sees(DE, Verdict.GONE)
    await post.asks("DE")
    await post.passes(minutes=30)
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.announcing import Announce
from bot.domain.forms import Service
from bot.domain.observations import Observation, Reason, Verdict
from bot.storage import Changes, PersonChange, Seal, Store, Watch
from bot.use_cases import documents
from bot.use_cases.announcing import Announcing
from bot.use_cases.board import Board
from bot.use_cases.concluding import Concluder
from bot.use_cases.looking import Looker
from bot.use_cases.telling import Telling
from bot.use_cases.viewing import Viewer
from bot.use_cases.wanted import Wanted
from bot.use_cases.world import KnownWorld
from tests.conversations.pure import KNOWLEDGE, NOON, OPERATOR, Chat, StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.domain.budgets import Budget

INTERVAL = timedelta(minutes=30)
ON = NOON.date()
FACEBOOK, INSTAGRAM = (
    KNOWLEDGE.forms_for(service=service, country="DE", on=ON)[0].id for service in (Service.FACEBOOK, Service.INSTAGRAM)
)


class Place:
    """A vantage that sees what the script says; without a script the form asks for login."""

    costly = False

    def __init__(self, name: str, country: str, clock: StoppedClock) -> None:
        self.name, self.country, self.clock = name, country, clock
        self.script: dict[tuple[str, str], Verdict] = {}
        self.looked: list[tuple[str, str, bool]] = []

    def serves(self, country: str) -> bool:
        return self.country in {"", country}

    async def look(self, form, country, *, differed_before=False) -> Observation:
        self.looked.append((form.id, country, differed_before))
        verdict = self.script.get((form.id, country), Verdict.ASKS_LOGIN)
        reason = {Verdict.GONE: Reason.NOT_FOUND, Verdict.NO_DATA: Reason.BOT_WALL}.get(verdict, Reason.NONE)
        differed = True if verdict is Verdict.ASKS_LOGIN else None
        return Observation(
            form.id, country, self.name, self.clock.at, verdict, reason, 200, 0.1, ("seen",), differed=differed
        )


class Lookout:
    """The looking part of the bot, without Telegram."""

    def __init__(self, store: Store, clock: StoppedClock, *, played: bool = True, budget: Budget | None = None) -> None:
        self.store, self.clock = store, clock
        self.places = [Place(*each, clock) for each in (("direct", ""), ("proxy:DE", "DE"), ("proxy:AT", "AT"))]
        self.board = Board(store, clock)
        self.world = KnownWorld(KNOWLEDGE, self.board, OPERATOR, clock)
        self.promised = 0
        self.telling = Telling(store, KNOWLEDGE, self.world, clock, self._promise)
        self.concluder = Concluder(self.board, store, clock, self.places)
        self.viewer = Viewer(self.places, store, self.board, clock, budget=budget, played=played)
        self.wanted = Wanted(KNOWLEDGE, store, clock)
        self.announcing = Announcing(store, self.board, self.world, clock, Announce.AUTO, lambda: None)
        self.looker = Looker(
            self.viewer, self.wanted, self.concluder, self.telling, self.announcing, self.board, store, KNOWLEDGE,
            clock, INTERVAL, chance=lambda: 0.5,
        )  # fmt: skip

    def _promise(self) -> None:
        self.promised += 1

    def sees(self, country: str, verdict: Verdict, *, form: str = FACEBOOK, places: str = "") -> None:
        for place in self.places:
            if place.name.startswith(places):
                place.script[form, country] = verdict

    @property
    def looked(self) -> list[tuple[str, str, str]]:
        return [(place.name, form, country) for place in self.places for form, country, _ in place.looked]

    def forgets_looks(self) -> None:
        for place in self.places:
            place.looked.clear()

    async def asks(self, country: str = "DE", **more) -> None:
        await self.looker.look_for_somebody(country, **more)

    async def passes(self, **time: float) -> None:
        """So much time passes, with a round whenever the looker wants one."""
        end = self.clock.at + timedelta(**time)
        while self.clock.at < end:
            pause = await self.looker.round()
            self.clock.at = min(self.clock.at + pause, end)
        await self.looker.round()

    def status(self, country: str = "DE", form: str = FACEBOOK):
        return self.board.status(form, country)

    async def person(self, chat: int, *wishes: tuple[str, str, str], **more) -> None:
        """Somebody who is known, and waits for (form, country, kind)."""
        known = replace(Chat().person, chat_id=chat, **more)
        watches = [Watch(chat, *wish) for wish in wishes]
        change = PersonChange(chat, documents.of_person(known))
        await self.store.save(Changes(self.clock.at, people=[change], watches=watches))

    async def told(self, *chats: int) -> list[tuple[int, str]]:
        """What is promised to whom."""
        rows = [(chat, row) for chat in chats for row in (await self.store.rows_of(chat)).get("deliveries", [])]
        return [(chat, row["sealed"]["screen"]) for chat, row in rows]


@asynccontextmanager
async def lookout(folder: Path, *, clock: StoppedClock | None = None, **more) -> AsyncIterator[Lookout]:
    """Open it, as a process that starts would."""
    clock = clock or StoppedClock(NOON)
    seal = Seal.from_file(folder / "data.key", on=clock.at.date())
    store = await Store.open(f"sqlite:///{folder}/bot.db", seal, now=clock.at, backups=None)
    try:
        post = Lookout(store, clock, **more)
        await post.looker.start()
        yield post
    finally:
        await store.close()
