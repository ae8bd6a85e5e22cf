"""People act in their chats; what the bot may see of it becomes an update."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.entities import tidy
from bot.sandbox.errors import DrivingError
from bot.sandbox.objects import message as as_json
from bot.sandbox.objects import pressed, user
from bot.sandbox.profile import USERNAME
from bot.sandbox.service import INSIDE, RUNS, block
from bot.sandbox.telegram_html import utf16
from bot.sandbox.world import Message, Press

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Person, World

TEXT_UNITS = 4096
KEPT_PRESSES = 2000
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


def say(world: World, chat: Chat, message: Message) -> Message:
    """What a person writes or sends in a chat."""
    message.text, message.entities = _text(message.text)
    return put(world, chat, message)


def put(world: World, chat: Chat, message: Message) -> Message:
    """Put a person's message, its text as it stands there, into a chat."""
    if message.text is None and not message.content:
        raise DrivingError(400, "a message needs a text or something else")
    if chat.type == "private":
        _open(world, chat)
    elif message.thread and message.thread not in chat.topics:
        raise DrivingError(404, "no such topic")
    elif chat.type == "channel" and chat.members.get(message.sender or 0) not in RUNS:
        raise DrivingError(403, "only those who run a channel post there")
    message.id, message.date = world.next_message_id(chat), world.now()
    world.add_message(chat, message)
    if reaches_bot(chat, message):
        world.updates.add(_kind(chat), as_json(world, message))
    return message


def _kind(chat: Chat, prefix: str = "") -> str:
    """The kind of update for what is said in a chat."""
    return f"{prefix}channel_post" if chat.type == "channel" else f"{prefix}message"


def _text(text: str | None) -> tuple[str | None, list[dict[str, object]]]:
    if text is None:
        return None, []
    clean, entities = tidy(text.replace("\r", ""), [])
    if not 1 <= utf16(clean) <= TEXT_UNITS:
        raise DrivingError(400, f"a text has 1 to {TEXT_UNITS} characters")
    return clean, entities


def _open(world: World, chat: Chat) -> None:
    person = world.people[chat.id]
    if person.blocked:
        raise DrivingError(409, f"{person.first_name} has blocked the bot")
    person.started = True


def reaches_bot(chat: Chat, message: Message) -> bool:
    """Privacy mode: of a group's talk a bot sees commands, replies to it and what was put there by its inline mode;
    an administrator sees all.
    """
    if chat.type == "private" or chat.bot == "administrator":
        return True
    if chat.bot not in INSIDE:
        return False
    replied = chat.messages.get(message.reply_to or 0)
    return _command(message) or "via_bot" in message.content or (replied is not None and replied.sender is None)


def _command(message: Message) -> bool:
    found = re.match(r"/\w+(?:@(\w+))?", message.text or "")
    return found is not None and (found[1] or USERNAME).lower() == USERNAME


def start(world: World, person: Person, payload: str) -> Message:
    """Press START, with what a deep link carries; it lets a blocked bot back in."""
    if not _PAYLOAD.fullmatch(payload):
        raise DrivingError(400, "a payload has at most 64 of A-Z, a-z, 0-9, _ and -")
    block(world, person, blocked=False)
    text = f"/start {payload}".strip()
    return say(world, world.chats[person.id], Message(0, person.id, person.id, 0, text))


def edit(world: World, chat: Chat, message: Message, text: str) -> None:
    """A person changes an own message."""
    message.text, message.entities = _text(text)
    message.edit_date = world.now()
    world.changed(message)
    if reaches_bot(chat, message):
        world.updates.add(_kind(chat, "edited_"), as_json(world, message))


def press(world: World, by: Person, message: Message, data: str) -> Press:
    """A person presses a button of the bot's; an old client may still show an old one."""
    made = Press(str(4_000_000_000_000_000_000 + world.number("press")), world.clock.now())
    if len(world.presses) >= KEPT_PRESSES:
        del world.presses[next(iter(world.presses))]
    world.presses[made.id] = made
    query = {
        "id": made.id,
        "from": user(by),
        "message": pressed(world, message),
        "chat_instance": str(message.chat * 7919),
        "data": data,
    }
    world.updates.add("callback_query", query)
    return made
