"""What the page shows of the world, as values for its templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox.driving.views import name
from bot.sandbox.entities import to_html
from bot.sandbox.page.links import leads_to
from bot.sandbox.reading import number
from bot.sandbox.targets import GENERAL

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Message, Person, World

_AFTER_BLOCK = re.compile(r"(</(?:pre|blockquote)>)\n")
"""A block ends its line by itself."""
SHOWN = ("forward_origin", "photo", "voice", "sticker", "location", "contact", "document", "via_bot")


@dataclass(frozen=True, slots=True)
class View:
    """Who plays, and which chat is open."""

    world: World
    person: Person
    chat: Chat
    thread: int

    @property
    def address(self) -> str:
        """The query that opens this view."""
        return address(self.person, self.chat, self.thread)

    def messages(self) -> list[Message]:
        """The messages of the open chat, or of its open topic."""
        found = [message for message in self.chat.messages.values() if not message.deleted]
        if self.chat.forum:
            found = [message for message in found if (message.thread or GENERAL) == self.thread]
        return found


def address(person: Person, chat: Chat, thread: int = 0) -> str:
    """The query that opens a chat as somebody."""
    where = "" if chat.id == person.id else f"&chat={chat.id}"
    return f"as={person.id}{where}" + (f"&thread={thread}" if thread and chat.forum else "")


def view(world: World, query: Any) -> View:
    """The view that a query asks for; what it does not say is guessed."""
    person = world.people.get(_number(query, "as")) or next(iter(world.people.values()))
    chat = world.chats.get(_number(query, "chat"), world.chats[person.id])
    if chat.migrated_to:
        chat = world.chats[chat.migrated_to]
    if chat.id != person.id and person.id not in chat.members:
        chat = world.chats[person.id]
    thread = _number(query, "thread") if chat.forum else 0
    return View(world, person, chat, thread if thread in chat.topics else GENERAL if chat.forum else 0)


def _number(query: Any, of: str) -> int:
    return number(query.get(of, "")) or 0


def bubbles(shown: View) -> list[Json]:
    """The messages as the page shows them, a new day marked."""
    found, day = [], ""
    for message in shown.messages():
        at = datetime.fromtimestamp(message.date, UTC)
        bubble = _bubble(shown, message, at)
        bubble["new_day"] = f"{at:%A} {at.day} {at:%B %Y}" if f"{at:%F}" != day else ""
        day = f"{at:%F}"
        found.append(bubble)
    return found


def _bubble(shown: View, message: Message, at: datetime) -> Json:
    def leads(url: str) -> str:
        return leads_to(url, shown.person)

    who = shown.world.people.get(message.sender or 0)
    language = (shown.person if message.sender is None else who or shown.person).language_code
    return {
        "id": message.id, "chat": message.chat, "person": shown.person.id, "name": name(shown.world, message),
        "mine": message.sender == shown.person.id, "by_bot": message.sender is None, "language": language or "en",
        "html": _AFTER_BLOCK.sub(r"\1", to_html(message.text or "", message.entities, leads)),
        "time": f"{at:%H:%M}",
        "edited": message.edit_date is not None, "content": {kind: message.content.get(kind) for kind in SHOWN},
        "service": service_line(message),
        "reply": _reply(shown, message),
        "keyboard": [[_button(button, leads) for button in row] for row in message.keyboard],
    }  # fmt: skip


def _reply(shown: View, message: Message) -> str:
    earlier = shown.chat.messages.get(message.reply_to or 0)
    return ((earlier.text or "message")[:80] if not earlier.deleted else "deleted message") if earlier else ""


def _button(button: Json, leads: Any) -> Json:
    return {
        "text": button["text"], "data": button.get("callback_data"),
        "url": leads(button["url"]) if "url" in button else None,
        "copied": button.get("copy_text", {}).get("text"),
    }  # fmt: skip


def service_line(message: Message) -> str:
    """A service message in words."""
    said = {
        "new_chat_members": "joined the group", "left_chat_member": "left the group",
        "migrate_to_chat_id": "The group became a supergroup", "migrate_from_chat_id": "The group became a supergroup",
        "forum_topic_created": "made this topic", "forum_topic_closed": "closed the topic",
        "forum_topic_reopened": "opened the topic again",
    }  # fmt: skip
    kind = next((kind for kind in said if kind in message.content), "")
    about: Any = message.content.get(kind)
    member = about[0] if isinstance(about, list) else about if isinstance(about, dict) else {}
    return f"{member.get('first_name', '')} {said[kind]}".strip() if kind else ""


def unread(world: World, person: Person, chat: Chat) -> int:
    """How many messages of the bot's this person has not looked at."""
    seen = world.seen.get((person.id, chat.id), 0)
    new = [message for message in chat.messages.values() if message.id > seen and not message.deleted]
    return sum(message.sender is None and not message.content.get("left_chat_member") for message in new)
