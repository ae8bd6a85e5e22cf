"""Inline mode: `@bot DE` in any chat is answered at once, outside the outbox, kept nowhere and never tried again.

Whoever asks is no person of ours: nothing is looked up or noted of them, their question goes no further.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import structlog
from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.domain.people import Person
from bot.faults import survived
from bot.rendering.languages import best_language
from bot.rendering.messages import renderer
from bot.telegram.sending import NO_PREVIEW, keyboard_of
from conversations.inline.status import countries_of, status_of
from conversations.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot, InlineQuery, Update

    from bot.clock import Clock
    from bot.telegram.updates import Reading
    from conversations.world import World

CACHED_SECONDS = 60
LONGEST = 64
"""Of what is typed so much is read: a country is shorter."""
WAITING, AT_ONCE = 32, 4
"""More questions than that are let go, for every letter that is typed asks again."""
NEVER_TODAY = date.min
"""What is put into a chat stays there: its times always have their date."""
UTC = "UTC"
log = structlog.get_logger()


class Inline:
    """Answers inline questions; other updates go on as they are."""

    def __init__(
        self,
        bot: Bot,
        world: World,
        read: Reading,
        clock: Clock,
        take: Callable[[Sequence[Update]], Awaitable[None]],
    ) -> None:
        self._bot, self._world, self._read, self._clock, self._take = bot, world, read, clock, take
        self._waiting: asyncio.Queue[InlineQuery] = asyncio.Queue(WAITING)

    async def take(self, updates: Sequence[Update]) -> None:
        """Returns once the others are kept; who asks inline is answered meanwhile."""
        for update in updates:
            if update.inline_query:
                with suppress(asyncio.QueueFull):
                    self._waiting.put_nowait(update.inline_query)
        if others := [each for each in updates if not each.inline_query]:
            await self._take(others)

    async def run(self) -> None:
        """Answer until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            query = await self._waiting.get()
            with survived("inline_failed"):
                await self._answer(query)

    async def _answer(self, query: InlineQuery) -> None:
        try:
            await self._bot.answer_inline_query(
                query.id, self.results(query.query, query.from_user.language_code), CACHED_SECONDS, is_personal=True
            )
        except TelegramError as error:
            log.info("inline_not_answered", error=type(error).__name__)

    def results(self, text: str, language_code: str | None) -> list[InlineQueryResultArticle]:
        """The status of each country that was typed; of those likeliest meant if none was."""
        language, now = best_language(language_code), self._clock.now()
        nobody = Person(0, language, UTC, since=now.date(), seen=now.date())
        tongue = (language_code or language).split("-")[0]
        scene = Scene(nobody, now, self._world, tongue=tongue)
        found = self._read(text[:LONGEST], language_code).countries if text.strip() else ()
        return [self._result(scene, each) for each in countries_of(scene, found)]

    def _result(self, scene: Scene, country: str) -> InlineQueryResultArticle:
        known = self._world.country(country)
        zone = known.zone if known else UTC
        document: dict[str, Any] = status_of(scene, country, zone)
        speak = renderer(scene.person.language)
        message = speak.message(document, zone=zone, today=NEVER_TODAY)
        return InlineQueryResultArticle(
            country,
            speak.country(country),
            InputTextMessageContent(message.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
            description=message.text.partition("\n")[0],
            reply_markup=keyboard_of(message),
        )
