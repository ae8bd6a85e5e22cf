"""Name and address, used once: typed, put on the letter, sent back, forgotten. All before the update is confirmed.

It never reaches the conversation, the database or the outbox: the text of the update becomes a PDF in memory, which is
sent at once, and what goes on is only whether that succeeded. The typed message is then removed like a pasted one.
After a kill in between, Telegram brings the update again, and the letter comes a second time.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import structlog
from telegram import InputFile
from telegram.error import TelegramError

from bot.domain.errors import ObjectionBotError
from bot.rendering.letters import Sender
from bot.use_cases import documents
from bot.use_cases.papers import letter_file
from conversations.events import Event, Filled, Text
from conversations.paper.flow import language_in_hand, paper_values
from conversations.scene import Scene

if TYPE_CHECKING:
    from telegram import Bot, Update

    from bot.clock import Clock
    from bot.storage.store import Store
    from bot.use_cases.world import KnownWorld

SCREEN = "paper/fill"
MOST_LINES, LONGEST_LINE = 8, 80
AT_MOST = 10.0
"""Seconds for making and sending it: others wait behind this update."""
REMEMBERED = 256
PARTED = re.compile(r"[\n,]")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
log = structlog.get_logger()


class Filling:
    """Fills in letters for those whose screen asks for name and address; other events pass unchanged."""

    def __init__(self, bot: Bot, store: Store, world: KnownWorld, clock: Clock) -> None:
        self._bot, self._store, self._world, self._clock = bot, store, world, clock
        self._done: dict[int, bool] = {}
        """Updates that were filled in, by their numbers: a commit that fails is tried again, a letter is not."""

    async def __call__(self, update: Update, event: Event) -> Event:
        """The event, or what became of the name and address that it brought."""
        text = update.effective_message.text if update.effective_message else None
        if not isinstance(event.happening, Text) or event.update_id is None or not text or not PARTED.search(text):
            return event  # one word or line is none; the conversation says so, and nobody is looked up for it
        scene = await self._scene(event)
        if scene is None:
            return event
        sent = self._done.get(event.update_id)
        if sent is None:
            sent = await self._filled(event.chat_id, scene, text)
            self._remember(event.update_id, sent=sent)
        return Event(event.chat_id, Filled(event.happening.message_id, sent), event.language_code, event.update_id)

    async def _scene(self, event: Event) -> Scene | None:
        """Where that person is, if their screen asks for name and address and the update is new."""
        gathered = await self._store.gather([event.update_id or 0], {event.chat_id})
        stored = gathered.people.get(event.chat_id)
        if stored is None or event.update_id in gathered.seen:
            return None
        person = documents.to_person(stored.document)
        return Scene(person, self._clock.now(), self._world) if person.session.screen == SCREEN else None

    async def _filled(self, chat_id: int, scene: Scene, text: str) -> bool:
        sender, values = sender_of(text), paper_values(scene, language_in_hand(scene))
        if sender is None or not values["paper"]:
            return False
        try:
            async with asyncio.timeout(AT_MOST):
                file = await letter_file(values, sender)
                upload = InputFile(file.content, filename=file.name)
                upload.mimetype = file.mime
                await self._bot.send_document(chat_id, upload)
        except (TelegramError, ObjectionBotError, TimeoutError, ValueError, KeyError) as error:
            log.warning("letter_not_filled", error=type(error).__name__)
            return False
        return True

    def _remember(self, update_id: int, *, sent: bool) -> None:
        self._done[update_id] = sent
        while len(self._done) > REMEMBERED:
            del self._done[next(iter(self._done))]


def sender_of(text: str) -> Sender | None:
    """Name, address and perhaps an e-mail address, a line each or parted by commas; None if it can't be that."""
    lines = [" ".join(line.split()) for line in (text.splitlines() if "\n" in text else text.split(","))]
    emails = [line for line in lines if _EMAIL.fullmatch(line)]
    rest = tuple(line for line in lines if line and line not in emails)
    fits = 1 < len(rest) <= MOST_LINES and all(len(line) <= LONGEST_LINE and line.isprintable() for line in rest)
    return Sender(rest, emails[0] if emails else "") if fits else None
