"""Many groups, an incident after the other, and what stands in each chat at the end. Real store, clock moved by hand.

async with many_groups(tmp_path, groups) as there:
    there.opens("AT")
    await there.passes(minutes=10)
    there.chats[-1].shown
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.domain.announcing import Announce
from bot.domain.forms import Service
from bot.domain.incidents import Cause, Correction, Incident, Proof
from bot.loops.announce import Announcer
from bot.storage import Seal, Store
from bot.storage.changes import StoredGroup
from bot.telegram.failures import classify
from bot.use_cases.announcing import Announcing
from bot.use_cases.board import Board
from tests.conversations.pure import NOON, StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from datetime import datetime
    from pathlib import Path

    from bot.domain.groups import Group

FORM = "form"
STEP = timedelta(minutes=10)


class World:
    """One form of Facebook everywhere."""

    id = FORM

    def form(self, service: Service, _country: str) -> World | None:
        return self if service is Service.FACEBOOK else None

    def facts(self) -> dict[str, str]:
        return {"bot": "some_bot"}


@dataclass
class Post:
    """One message: what it shows now, and when it was posted."""

    number: int
    screen: str
    lines: list[dict[str, Any]]
    at: datetime


@dataclass
class Chat:
    """What stands in a group. `moved_to` is its number as a supergroup; its messages can't be reached there."""

    posts: list[Post] = field(default_factory=list)
    is_shut: bool = False
    moved_to: int | None = None
    out_of_reach: int = 0
    """So many of the messages were posted before it moved."""

    @property
    def alarms(self) -> list[Post]:
        return [each for each in self.posts if each.screen == "announce/alarm"]

    @property
    def screens(self) -> list[str]:
        return [each.screen.removeprefix("announce/") for each in self.posts]


class Telegram:
    """Where messages are posted and edited. It numbers them anew in each chat."""

    def __init__(self, clock: StoppedClock) -> None:
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.vain_edits = 0

    def chat(self, number: int) -> Chat:
        found = self.chats.setdefault(number, Chat())
        if found.is_shut:
            raise Forbidden("bot was kicked from the supergroup chat")
        if found.moved_to:
            raise ChatMigrated(found.moved_to)
        return found

    def now(self, number: int) -> Chat:
        """What people see who were in that group, wherever it went."""
        found = self.chats.setdefault(number, Chat())
        return self.now(found.moved_to) if found.moved_to else found

    async def post(self, chat_id: int, document: dict[str, Any], now: datetime, *, topic, reply_to) -> int:
        posts = self.chat(chat_id).posts
        posts.append(Post(len(posts) + 1, document["screen"], document["values"]["lines"], now))
        return len(posts)

    async def edit(self, chat_id: int, number: int, document: dict[str, Any], _now: datetime) -> bool:
        chat = self.chat(chat_id)
        if not chat.out_of_reach < number <= len(chat.posts):
            self.vain_edits += 1
            return False
        if chat.posts[number - 1].lines == document["values"]["lines"]:
            raise BadRequest("message is not modified")
        chat.posts[number - 1].lines = document["values"]["lines"]
        return True

    def move(self, old: int, new: int) -> None:
        """A group becomes a supergroup: who is in it still sees the old messages, and the bot has lost them."""
        before = self.chat(old)
        self.chats[new] = Chat(before.posts, out_of_reach=len(before.posts))
        self.chats[old] = Chat(moved_to=new)


class ManyGroups:
    """The telling part of the bot, with incidents as the test wants them."""

    def __init__(self, store: Store, clock: StoppedClock, mode: Announce) -> None:
        self.store, self.clock, self.mode = store, clock, mode
        self.telegram = Telegram(clock)
        self.board = Board(store, clock)
        self.incidents: dict[int, Incident] = {}
        self.troubled: list[int] = []
        self.begin()

    def begin(self) -> None:
        """A life of the bot: what was in memory is gone."""
        self.announcing = Announcing(self.store, self.board, World(), self.clock, self.mode, lambda: None)
        self.announcer = Announcer(
            self.store, self.telegram, self.announcing, World(), self.clock, self._trouble,  # type: ignore[arg-type]
        )  # fmt: skip

    async def _trouble(self, group: Group, _why: str) -> None:
        self.troubled.append(group.chat_id)

    async def settle(self) -> None:
        """Bring announcements to the incidents, and groups to the announcements, as far as it is time."""
        await self.announcing.sync()
        while job := await self.announcer.next(()):
            try:
                told = await self.announcer.say(job)
            except TelegramError as error:
                await self.announcer.failed(job, classify(error))
            else:
                await self.announcer.said(job, told)

    async def passes(self, **time: float) -> None:
        """So much time passes; every ten minutes the bot does what is due."""
        end = self.clock.at + timedelta(**time)
        await self.settle()
        while self.clock.at < end:
            self.clock.at = min(self.clock.at + STEP, end)
            await self.settle()

    def open_in(self, country: str) -> Incident | None:
        return next((each for each in self.incidents.values() if each.country == country and each.is_open), None)

    def opens(self, country: str) -> None:
        now, number = self.clock.at, len(self.incidents) + 1
        networks = ("direct", f"proxy:{country}")
        self._note(Incident(number, FORM, country, now, now, (Cause.GONE,), Proof.NETWORKS, networks, 3))

    def changes(self, country: str, cause: Cause) -> None:
        if found := self.open_in(country):
            self._note(replace(found, causes=(*found.causes, cause)))

    def ends(self, country: str) -> None:
        if found := self.open_in(country):
            self._note(replace(found, ended_at=self.clock.at))

    def corrects(self, number: int) -> None:
        self._note(replace(self.incidents[number], correction=Correction.MEASUREMENT, corrected_at=self.clock.at))

    def _note(self, incident: Incident) -> None:
        self.incidents[incident.id] = incident
        self.board.note(incident)


@asynccontextmanager
async def many_groups(
    folder: Path, groups: Iterable[Group], *, at: datetime = NOON, mode: Announce = Announce.AUTO
) -> AsyncIterator[ManyGroups]:
    """They are set up and wait."""
    seal = Seal.from_file(folder / "keys" / "data.key", on=at.date())
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/bot.db", seal, now=at, backups=None)
    try:
        await store.groups.save(*(StoredGroup(each, 0) for each in groups))
        there = ManyGroups(store, StoppedClock(at), mode)
        await there.announcing.start()
        yield there
    finally:
        await store.close()


def is_held(group: Group, at: datetime) -> bool:
    """Do the group's hold-back hours hold then? Reckoned by hours, not as the bot does."""
    if group.hold is None:
        return False
    hour = at.astimezone(ZoneInfo(group.zone)).hour
    start, end = group.hold.start, group.hold.end
    return start <= hour or hour < end if start > end else start <= hour < end
