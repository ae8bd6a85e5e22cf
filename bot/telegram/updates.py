"""Telegram's updates as events. What says nothing to us gives None; texts are read here and go no further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import structlog
from telegram import Update
from telegram.constants import ChatType

from bot.telegram.values import LARGEST_NUMBER, string, whole
from conversations.events import Attachment, Command, Event, Meaning, Membership, Press, Shared, Text

if TYPE_CHECKING:
    from telegram import Bot, Message

    from conversations.events import Happening

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "inline_query",
]
"""Bot API, getUpdates: asked for explicitly, so that nothing else is ever sent to us."""
LONGEST_ARGUMENT = 64
"""Bot API, deep linking: a start parameter has at most 64 characters."""
LARGEST_FILE = 262_144
log = structlog.get_logger()
KINDS = ("photo", "voice", "sticker", "location", "contact", "document")


class Reading(Protocol):
    """Reads a text in a chat's language."""

    def __call__(self, text: str, language_code: str | None) -> Meaning:
        """What the text can mean."""


def parsed(data: object, bot: Bot) -> Update | None:
    """Telegram's update. One that can't be read becomes an empty one: remembered by its number, and passed over.

    None for what has no number of Telegram's size: nothing could be remembered of it.
    """
    number = data.get("update_id") if isinstance(data, dict) else None
    if type(number) is not int or not 0 <= number < LARGEST_NUMBER:
        return None
    try:
        return Update.de_json(data, bot)  # type: ignore[arg-type]  # a dict with a number, seen above
    except Exception:
        log.exception("update_unreadable", update_id=number)
        return Update(number)


def event_of(update: Update, read: Reading) -> Event | None:
    """The event in a private chat, None for all else: groups, channels, other bots, what we don't know.

    A private chat has its person's number: nobody acts in somebody else's. TypeError or ValueError: what we would
    keep or send back is of no type that Telegram gives it.
    """
    user, chat = update.effective_user, update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE or user is None or user.is_bot or chat.id != user.id:
        return None
    language = None if user.language_code is None else string(user.language_code)
    happening = _happening(update, read, language)
    if happening is None:
        return None
    return Event(whole(chat.id), happening, language, update.update_id)


def _happening(update: Update, read: Reading, language: str | None) -> Happening | None:
    if query := update.callback_query:
        message_id = whole(query.message.message_id) if query.message else None
        there = message_id if message_id and message_id > 0 else None
        return Press(string(query.id), there, string(query.data or ""))
    if member := update.my_chat_member:
        return Membership(blocked=member.new_chat_member.status in {"kicked", "left"})
    message = update.message or update.edited_message
    return _said(message, read, language) if message else None


def _said(message: Message, read: Reading, language: str | None) -> Happening | None:
    text = message.text
    if message.chat_shared:
        return Shared(whole(message.chat_shared.chat_id))
    if message.via_bot:
        return None  # nobody's own words: what our inline mode put here has been answered by what it says
    if text is None:
        return _attachment(message)
    if text.startswith("/"):
        written, _, rest = text[1:].partition(" ")
        name, argument = written.partition("@")[0].lower()[:32], rest.strip()[:LONGEST_ARGUMENT]
        means_something = argument and name != "start"
        return Command(name, argument, read(argument, language) if means_something else Meaning())
    return Text(whole(message.message_id), read(text, language))


def _attachment(message: Message) -> Attachment | None:
    kind = next((kind for kind in KINDS if getattr(message, kind)), None)
    if kind is None and message.effective_attachment is None:
        return None
    document = message.document
    small = document and (document.file_size or 0) <= LARGEST_FILE and (document.file_name or "").endswith(".json")
    file_id = string(document.file_id) if document and small else None
    return Attachment(whole(message.message_id), kind or "other", file_id)
