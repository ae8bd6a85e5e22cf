"""Sending: text, documents, pictures, "is typing"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.asking import asked
from bot.sandbox.entities import tidy
from bot.sandbox.errors import bad_request, not_played
from bot.sandbox.files import as_document, as_photo, keep
from bot.sandbox.keyboards import keyboard
from bot.sandbox.methods.method import method
from bot.sandbox.objects import message as as_json
from bot.sandbox.reading import number
from bot.sandbox.targets import present, writable
from bot.sandbox.telegram_html import parse, utf16
from bot.sandbox.world import Message

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.telegram_html import Entity
    from bot.sandbox.world import Chat, File, Json, World

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
COMMON = (
    "chat_id", "message_thread_id", "parse_mode", "disable_notification", "protect_content",
    "reply_parameters", "reply_markup",
)  # fmt: skip


def formatted(params: Params, name: str) -> tuple[str, list[Entity]]:
    """A text parameter by its parse mode."""
    text, mode = params.text(name).replace("\r", ""), params.text("parse_mode")
    if mode and mode.lower() != "html":
        raise not_played(f"knows the parse mode HTML only, not {mode}")
    return tidy(*(parse(text) if mode else (text, [])))


def message_text(params: Params) -> tuple[str, list[Entity]]:
    """The text of a message, 1 to 4096 units long."""
    text, entities = formatted(params, "text")
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > TEXT_UNITS:
        raise bad_request("message is too long")
    return text, entities


def _caption(params: Params) -> tuple[str | None, list[Entity]]:
    text, entities = formatted(params, "caption")
    if utf16(text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return text or None, entities


async def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    text, entities = message_text(params)
    preview = params.json("link_preview_options")
    content: Json = {"link_preview_options": preview} if preview else {}
    return _send(world, params, content, (text, entities))


async def send_document(world: World, params: Params) -> Json:
    """Send a file."""
    file = _file(world, params, "document", "documents")
    return _send(world, params, {"document": as_document(file)}, _caption(params))


async def send_photo(world: World, params: Params) -> Json:
    """Send a picture."""
    file = _file(world, params, "photo", "photos")
    return _send(world, params, {"photo": as_photo(file)}, _caption(params))


def _file(world: World, params: Params, name: str, folder: str) -> File:
    given = params.text(name)
    upload = params.files.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload:
        if not upload.content:
            raise bad_request("file must be non-empty")
        writable(world, params.chat(), params.whole("message_thread_id"))
        return keep(world, upload, folder)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if given not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[given]


def _send(world: World, params: Params, content: Json, text: tuple[str | None, list[Entity]]) -> Json:
    thread = params.whole("message_thread_id")
    chat = writable(world, params.chat(), thread)
    message = Message(
        id=0, chat=chat.id, sender=None, date=world.now(), text=text[0], entities=text[1], content=content,
        keyboard=keyboard(params.json("reply_markup")), thread=thread or None,
        reply_to=_reply(chat, params.json("reply_parameters")),
    )  # fmt: skip
    if params.flag("protect_content"):
        message.content = content | {"has_protected_content": True}
    asked(chat, params.json("reply_markup"))
    message.id = world.next_message_id(chat)
    return as_json(world, world.add_message(chat, message))


def _reply(chat: Chat, reply: Any) -> int | None:
    if not isinstance(reply, dict):
        return None
    if unknown := reply.keys() - {"message_id", "allow_sending_without_reply", "chat_id"}:
        raise not_played(f"does not know {sorted(unknown)} of reply_parameters")
    earlier = chat.messages.get(number(reply.get("message_id")) or 0)
    if earlier and not earlier.deleted:
        return earlier.id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    present(world, params.chat())
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


METHODS = (
    method("sendMessage", send_message, *COMMON, "text", "link_preview_options", sends=True),
    method(
        "sendDocument",
        send_document,
        *COMMON,
        "document",
        "caption",
        "disable_content_type_detection",
        sends=True,
    ),
    method("sendPhoto", send_photo, *COMMON, "photo", "caption", sends=True),
    method("sendChatAction", send_chat_action, "chat_id", "message_thread_id", "action"),
)
