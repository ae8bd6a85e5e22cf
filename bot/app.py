"""Wiring: builds everything once, starts it, and stops it in order."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.clock import MovableClock, SystemClock
from bot.faults import outlast, survived
from bot.knowledge import load
from bot.knowledge.looks import load_looks
from bot.loops.announce import Announcer
from bot.loops.attend import Attendant
from bot.loops.close import close_in_time
from bot.loops.deliver import Deliverer
from bot.loops.follow import follow_clock
from bot.loops.look import look_regularly
from bot.loops.receive import Receiver, persisting
from bot.loops.remind import Reminder
from bot.loops.watch_pages import watch_pages
from bot.rendering.announced import version
from bot.rendering.languages import speakers
from bot.rendering.messages import rendered
from bot.storage import Store
from bot.storage.first_key import seal_for
from bot.storage.orders import name_of
from bot.telegram import profile
from bot.telegram.sending import Sender
from bot.telegram.standings import Standings
from bot.telegram.transport import close, make_bot
from bot.telegram.updates import ALLOWED_UPDATES
from bot.use_cases.afterwards import Afterwards
from bot.use_cases.announcing import Announcing
from bot.use_cases.board import Board
from bot.use_cases.closing import ServiceClosing
from bot.use_cases.closing_counts import ClosingCounts
from bot.use_cases.closing_telling import ClosingTelling
from bot.use_cases.concluding import Concluder
from bot.use_cases.desk import DeskReader
from bot.use_cases.dossiers import Dossiers
from bot.use_cases.files import Files
from bot.use_cases.filling import Filling
from bot.use_cases.grouping import Grouping, gone
from bot.use_cases.handling import Handler
from bot.use_cases.inline import Inline
from bot.use_cases.intake import Intake
from bot.use_cases.looking import Looker
from bot.use_cases.operators import Operators
from bot.use_cases.own_words import OwnWords
from bot.use_cases.progress import Progress
from bot.use_cases.publishing import Publisher
from bot.use_cases.reading import Reading
from bot.use_cases.telling import Telling
from bot.use_cases.viewing import Viewer
from bot.use_cases.wanted import Wanted
from bot.use_cases.watching_pages import PageWatch
from bot.use_cases.world import KnownWorld
from bot.vantages.direct import DirectVantage
from bot.vantages.opening import open_vantages
from bot.web.private import private_app
from bot.web.public import public_app
from bot.web.server import address_of, listen, serve
from bot.web.status import StatusPages
from conversations.events import Event, GroupNews

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
    from socket import socket

    from telegram import Bot, Update

    from bot.clock import Clock
    from bot.domain.deliveries import Delivery
    from bot.domain.groups import Group
    from bot.domain.looks import LookRules
    from bot.knowledge import Knowledge
    from bot.settings import Settings
    from bot.storage import Seal
    from bot.telegram.failures import Failed
    from bot.vantages.vantage import Vantage
    from conversations.effects import Effect

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class App:
    """All parts, built and not yet started."""

    settings: Settings
    clock: Clock
    store: Store
    bot: Bot
    deliverer: Deliverer
    intake: Intake
    inline: Inline
    reminder: Reminder
    board: Board
    viewer: Viewer
    looker: Looker
    announcing: Announcing
    afterwards: Afterwards
    world: KnownWorld
    standings: Standings
    pages: StatusPages
    attendant: Attendant
    page_watch: PageWatch
    closing: ServiceClosing

    async def run(self, listening: Callable[[str], None] = lambda _address: None) -> None:
        """Run until cancelled. What one part can't mend stops all, with its one line.

        `listening` is told the address of the public side once its port is ours.
        """
        settings = self.settings
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
        with (
            listen(settings.http_host, settings.http_port, "HTTP_PORT") as public,
            listen("127.0.0.1", settings.private_port, "PRIVATE_PORT") as private,
        ):
            listening(address_of(public))
            await self._run(public, private, secret)

    async def _run(self, public: socket, private: socket, secret: str | None) -> None:
        settings = self.settings
        await self.store.forget_strangers(settings.operator_ids, self.clock.now())
        async with asyncio.TaskGroup() as group:
            for what, deed in self._lasting():
                group.create_task(outlast(what, deed))
            group.create_task(serve(private_app(self.store, self.board, self.viewer, self.clock), private))
            group.create_task(self._publish(public, secret))
            group.create_task(self._receive(secret))

    def _lasting(self) -> Iterator[tuple[str, Callable[[], Awaitable[None]]]]:
        """What goes on beside the two ports, whatever befalls it."""
        url, clock = self.settings.sandbox_url, self.clock
        if url and isinstance(clock, MovableClock):
            yield "following_failed", lambda: follow_clock(url, clock, self._called)
        if self.settings.operator_ids:
            yield "attending_failed", self.attendant.run
        yield "afterwards_failed", self.afterwards.run
        yield "inline_failed", self.inline.run
        yield "delivering_failed", self.deliverer.run
        yield "reminding_failed", self.reminder.run
        yield "looking_failed", lambda: look_regularly(self.looker, clock, self.closing.is_closed)
        yield "page_watch_failed", lambda: watch_pages(self.page_watch, clock, self.closing.is_closed)
        yield "closing_failed", lambda: close_in_time(self.closing, clock)
        yield "wal_not_emptied", self.store.vacuum_wal  # a kill may have come between a goodbye and this

    def _called(self) -> None:
        self.deliverer.call()
        self.attendant.call()

    async def _publish(self, public: socket, secret: str | None) -> None:
        with survived("pages_not_warmed"):  # else each is made ready when somebody asks for it
            await self.pages.warm()
        await serve(public_app(self.bot, self.inline.take, secret, self.pages.routes()), public)

    async def _receive(self, secret: str | None) -> None:
        url = self.settings.webhook_url
        await self._receiving(lambda: self._hook(url, secret) if url else self.bot.delete_webhook())
        receiver = Receiver(self.bot, self.inline.take)
        async with asyncio.TaskGroup() as group:
            group.create_task(outlast("profile_not_set", lambda: profile.introduce(self.bot, speakers())))
            group.create_task(self._receiving(self._ask_name))
            if not url:
                group.create_task(outlast("receiving_failed", receiver.run))

    @staticmethod
    async def _receiving(deed: Callable[[], Awaitable[object]]) -> None:
        await outlast("receiving_failed", lambda: persisting(deed))

    async def _ask_name(self) -> None:
        self.world.known_as((await self.bot.get_me()).username or "")

    async def _hook(self, url: str, secret: str | None) -> bool:
        return await self.bot.set_webhook(
            f"{url.rstrip('/')}/telegram", secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[App]:
    """Everything wired together; closed in the opposite order."""
    settings.must_name_operator()
    settings.must_guard_webhook()
    clock: Clock = MovableClock() if settings.sandbox_url else SystemClock()
    knowledge = load(settings.knowledge_dir)
    rules = load_looks(knowledge.domains, settings.knowledge_dir)
    async with AsyncExitStack() as stack:
        today = clock.now().date()
        seal = seal_for(settings.database_url, settings.data_key_file, on=today)
        store = await Store.open(settings.database_url, seal, now=clock.now(), backups=settings.backups)
        stack.push_async_callback(store.close)
        bot = make_bot(settings)
        stack.push_async_callback(close, bot)
        vantages = open_vantages(settings, rules, clock, stack)
        app = _wired(settings, clock, store, seal, bot, knowledge, rules, vantages)
        await app.closing.load()
        await app.looker.start()
        await app.announcing.start()
        yield app


def _wired(  # all that was opened before
    settings: Settings,
    clock: Clock,
    store: Store,
    seal: Seal,
    bot: Bot,
    knowledge: Knowledge,
    rules: LookRules,
    vantages: Sequence[Vantage],
) -> App:
    board = Board(store, clock)
    world = KnownWorld(knowledge, board, settings, clock)
    viewer = Viewer(vantages, store, board, clock, played=bool(settings.sandbox_url))
    concluder = Concluder(board, store, clock, vantages)

    def committed(effects: list[tuple[int, Effect]]) -> None:
        afterwards.add(effects)
        deliverer.call()

    async def unreachable(delivery: Delivery, failed: Failed) -> None:
        await intake.take_events([event] if (event := gone(delivery, failed)) else [])

    async def troubled(group: Group, why: str) -> None:
        await intake.take_events([Event(group.set_up_by, GroupNews(group.chat_id, "trouble", why))])

    files = Files(store, seal, world, clock, Dossiers(store, board, world, clock, settings.operator_ids))
    reading = Reading(knowledge, settings.knowledge_dir)
    standings = Standings(bot)
    own_words = OwnWords(knowledge, settings)
    filling, grouping = Filling(bot, store, world, clock), Grouping(store, standings, world)

    async def prepared(update: Update, event: Event) -> Event:
        if event.chat_id in settings.operator_ids:
            await counts.count_for(event)
            await desk.refresh()
            progress.heard(event)
        return await filling(update, own_words(update, event))

    intake = Intake(Handler(store, world, clock), reading, committed, prepared, grouping)
    sender = Sender(bot, rendered, files.made, standings.title)

    def called() -> None:
        deliverer.call()
        attendant.call()

    announcing = Announcing(store, board, world, clock, settings.announce, called, version())
    announcer = Announcer(store, sender, announcing, world, clock, troubled)
    deliverer = Deliverer(store, sender, announcer, clock, unreachable)
    telling = Telling(store, knowledge, world, clock, deliverer.call)
    wanted, interval = Wanted(knowledge, store, clock, announcing.countries), timedelta(minutes=settings.look_interval)
    looker = Looker(viewer, wanted, concluder, telling, announcing, board, store, knowledge, clock, interval)
    counts = ClosingCounts(store, world, clock)
    desk = DeskReader(
        store,
        board,
        announcing,
        clock,
        settings.operator_ids,
        second=settings.announce_second,
        in_use=wanted.now,
        vantages=[each.name for each in vantages],
        failures=lambda: deliverer.failures,
        name_of=lambda chat_id: name_of(seal, chat_id),
        pages=knowledge.pages,
        closing=counts.matter,
    )
    world.attend(desk.view)
    operators = Operators(store, desk, world, clock, settings.operator_ids, deliverer.call)
    progress = Progress(store, desk, operators, world, clock)
    closing_telling = ClosingTelling(store, world, clock, deliverer.call)
    closing = ServiceClosing(store, operators, closing_telling, announcing, world, clock, deliverer.call)
    attendant = Attendant(operators, progress)
    direct = next(each for each in vantages if isinstance(each, DirectVantage))
    page_watch = PageWatch(knowledge.pages, direct.page, rules, store, operators, telling, world, clock)
    afterwards = Afterwards(bot, looker, intake.take_events, knowledge.names, announcing, clock.now, closing.load)
    reminder = Reminder(store, clock, intake.take_events, closing.is_closed)
    operator = {"name": settings.operator_name, "contact": settings.operator_contact}
    site = StatusPages(Publisher(board, knowledge, clock, world.closing), operator)
    return App(
        settings,
        clock,
        store,
        bot,
        deliverer,
        intake,
        Inline(bot, world, reading, clock, intake.take),
        reminder,
        board,
        viewer,
        looker,
        announcing,
        afterwards,
        world,
        standings,
        site,
        attendant,
        page_watch,
        closing,
    )
