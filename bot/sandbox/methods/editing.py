"""Changing and removing what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import keyboard
from bot.sandbox.methods.messages import message_text
from bot.sandbox.methods.method import method
from bot.sandbox.objects import is_media
from bot.sandbox.objects import message as as_json
from bot.sandbox.reading import number
from bot.sandbox.targets import editable, present, writable
from bot.sandbox.world import shown

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.telegram_html import Entity
    from bot.sandbox.world import Chat, Json, Message, World

FORTY_EIGHT_HOURS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _mine(world: World, params: Params) -> Message:
    chat = writable(world, params.chat())
    return editable(chat, params.message())


async def edit_text(world: World, params: Params) -> Json:
    """Replace text and buttons."""
    text, entities = message_text(params)
    rows = keyboard(params.json("reply_markup"))
    message = _mine(world, params)
    if message.text is None or is_media(message.content):
        raise bad_request("there is no text in the message to edit")
    preview = params.json("link_preview_options")
    content: Json = {"link_preview_options": preview} if preview else {}
    if (text, entities, rows) == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    message.content = content
    return _changed(world, message, (text, entities), rows)


async def edit_markup(world: World, params: Params) -> Json:
    """Replace the buttons."""
    rows = keyboard(params.json("reply_markup"))
    message = _mine(world, params)
    if rows == message.keyboard:
        raise bad_request(NOT_MODIFIED)
    return _changed(world, message, (message.text, message.entities), rows)


def _changed(world: World, message: Message, text: tuple[str | None, list[Entity]], rows: list[list[Json]]) -> Json:
    message.text, message.entities = text
    message.keyboard, message.edit_date = rows, world.now()
    message.once_shown |= shown(rows)
    world.changed(message)
    return as_json(world, message)


async def delete_message(world: World, params: Params) -> bool:
    """Remove one message for everybody."""
    chat = present(world, params.chat())
    message = chat.messages.get(params.message())
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, message):
        private = chat.type == "private"
        raise bad_request("message can't be deleted for everyone" if private else "message can't be deleted")
    _delete(world, message)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Remove up to a hundred; those that are not there are passed over."""
    chat = present(world, params.chat())
    wanted = params.json("message_ids")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("message identifiers are not specified")
    found = [message for each in wanted if (message := chat.messages.get(number(each) or 0)) and not message.deleted]
    if not all(_deletable(world, chat, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        _delete(world, message)
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    """For 48 hours; in groups only the bot's own unless it is an administrator, who may at any time."""
    if chat.type != "private" and chat.bot == "administrator":
        return True
    young = world.now() - message.date < FORTY_EIGHT_HOURS
    return young and (chat.type == "private" or message.sender is None)


def _delete(world: World, message: Message) -> None:
    message.deleted = True
    message.text, message.entities, message.keyboard = None, [], []
    world.changed(message)


METHODS = (
    method(
        "editMessageText", edit_text,
        "chat_id", "message_id", "text", "parse_mode", "reply_markup", "link_preview_options", sends=True,
    ),
    method("editMessageReplyMarkup", edit_markup, "chat_id", "message_id", "reply_markup", sends=True),
    method("deleteMessage", delete_message, "chat_id", "message_id"),
    method("deleteMessages", delete_messages, "chat_id", "message_ids"),
)  # fmt: skip
