"""Inline mode: somebody types the bot's name and a question in any chat, and chooses one of its answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import talking
from bot.sandbox.entities import to_html
from bot.sandbox.errors import DrivingError
from bot.sandbox.objects import bot_user, user
from bot.sandbox.world import Message, Question

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Person, World

EXPIRES = timedelta(seconds=10)
"""Telegram names no number; later answers were refused about then."""
LONGEST = 256
"""Bot API, InlineQuery: characters of a question."""
KEPT = 2000


def ask(world: World, by: Person, chat: Chat, text: str, offset: str = "") -> Question:
    """Ask the bot, or take what it answered to the same words while that may be cached."""
    if len(text) > LONGEST or len(offset.encode()) > 64:
        raise DrivingError(400, f"a question has at most {LONGEST} characters, an offset 64 bytes")
    number = str(5_000_000_000_000_000_000 + world.number("question"))
    made = Question(number, by.id, chat.id, text, offset, world.clock.now())
    known = _cached(world, made)
    if len(world.questions) >= KEPT:
        del world.questions[next(iter(world.questions))]
    world.questions[made.id] = made
    if known:
        made.results, made.next_offset = known.results, known.next_offset
    else:
        world.updates.add("inline_query", _query(world, by, made))
    return made


def _cached(world: World, asked: Question) -> Question | None:
    now = world.clock.now()
    return next(
        (
            each for each in world.questions.values()
            if each.cached_until and now < each.cached_until and (each.for_anybody or each.person == asked.person)
            and (each.text, each.offset) == (asked.text, asked.offset)
        ),
        None,
    )  # fmt: skip


def _query(world: World, by: Person, asked: Question) -> Json:
    chat = world.chats[asked.chat]
    kind = "sender" if chat.id == by.id else chat.type
    return {"id": asked.id, "from": user(by), "query": asked.text, "offset": asked.offset, "chat_type": kind}


def choose(world: World, asked: Question, result_id: str, thread: int | None = None) -> Message:
    """Put a result into the chat: a message of who asked, "via" the bot."""
    result = next((each for each in asked.results or () if each["id"] == result_id), None)
    if result is None:
        raise DrivingError(404, "no such result")
    content = result["content"] | {"via_bot": bot_user(world)}
    said = Message(
        0, asked.chat, asked.person, 0, result["text"], list(result["entities"]), content,
        [list(row) for row in result["keyboard"]], thread,
    )  # fmt: skip
    return talking.put(world, world.chats[asked.chat], said)


def view(asked: Question) -> Json:
    """The results as whoever asked sees them; null before the bot has answered."""
    if asked.results is None:
        return {"id": asked.id, "results": None, "next_offset": ""}
    seen = ("id", "title", "description", "text", "keyboard")
    results = [
        {name: each[name] for name in seen} | {"html": to_html(each["text"], each["entities"])}
        for each in asked.results
    ]  # fmt: skip
    return {"id": asked.id, "results": results, "next_offset": asked.next_offset}
