"""Telegram's updates as events. What says nothing to us gives None; texts are read here and go no further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from telegram.constants import ChatType

from conversations.events import Attachment, Command, Event, Meaning, Membership, Press, Text

if TYPE_CHECKING:
    from telegram import Message, Update

    from conversations.events import Happening

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""Bot API, getUpdates: asked for explicitly, so that nothing else is ever sent to us."""
LONGEST_ARGUMENT = 64
"""Bot API, deep linking: a start parameter has at most 64 characters."""
LARGEST_FILE = 262_144
KINDS = ("photo", "voice", "sticker", "location", "contact", "document")


class Reading(Protocol):
    """Reads a text in a chat's language."""

    def __call__(self, text: str, language_code: str | None) -> Meaning:
        """What the text can mean."""


def event_of(update: Update, read: Reading) -> Event | None:
    """The event in a private chat, None for all else: groups, channels, other bots, what we don't know."""
    user, chat = update.effective_user, update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE or user is None or user.is_bot:
        return None
    happening = _happening(update, read, user.language_code)
    if happening is None:
        return None
    return Event(chat.id, happening, user.language_code, update.update_id)


def _happening(update: Update, read: Reading, language: str | None) -> Happening | None:
    if query := update.callback_query:
        message_id = query.message.message_id if query.message else None
        return Press(query.id, message_id, query.data or "")
    if member := update.my_chat_member:
        return Membership(blocked=member.new_chat_member.status in {"kicked", "left"})
    message = update.message or update.edited_message
    return _said(message, read, language) if message else None


def _said(message: Message, read: Reading, language: str | None) -> Happening | None:
    text = message.text
    if text is None:
        return _attachment(message)
    if text.startswith("/"):
        written, _, rest = text[1:].partition(" ")
        name, argument = written.partition("@")[0].lower()[:32], rest.strip()[:LONGEST_ARGUMENT]
        means_something = argument and name != "start"
        return Command(name, argument, read(argument, language) if means_something else Meaning())
    return Text(message.message_id, read(text, language))


def _attachment(message: Message) -> Attachment | None:
    kind = next((kind for kind in KINDS if getattr(message, kind)), None)
    if kind is None and message.effective_attachment is None:
        return None
    document = message.document
    small = document and (document.file_size or 0) <= LARGEST_FILE and (document.file_name or "").endswith(".json")
    return Attachment(message.message_id, kind or "other", document.file_id if document and small else None)
