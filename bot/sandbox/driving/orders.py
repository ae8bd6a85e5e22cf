"""Reading an order, and finding whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import DrivingError
from bot.sandbox.reading import number, strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import UnionType

    from starlette.requests import Request

    from bot.sandbox.world import Chat, Json, Message, Person, World

NUMBERS = ("from", "message_id", "reply_to", "thread", "person", "id", "chat_id", "times")
TEXTS = (
    "text", "data", "payload", "name", "title", "type", "status", "kind", "method", "form", "page", "country", "state",
    "first_name", "language_code", "lives_in", "opens_in", "advance", "now", "bot",
    "query", "offset", "result",
)  # fmt: skip
FLAGS = (
    "forum", "closed", "anonymous", "forged", "reset", "bulk", "photo", "voice", "sticker", "location", "contact",
    "forward",
)  # fmt: skip
OBJECTS = ("logins", "fault", "content", "document")
KINDS: Mapping[str, type | UnionType] = (
    dict.fromkeys(NUMBERS, int) | dict.fromkeys(TEXTS, str) | dict.fromkeys(FLAGS, bool) | dict.fromkeys(OBJECTS, dict)
    | {"members": list} | dict.fromkeys(("wait", "answer_delay", "slow_seconds"), int | float)
)  # fmt: skip
"""A word means the same in every order."""


def world_of(request: Request) -> World:
    """The world that the request drives."""
    world: World = request.app.state.world
    return world


async def order(request: Request, *known: str) -> Json:
    """The JSON object of a request; unknown words are refused, so that a mistake is seen. Null is absent."""
    body = await request.body()
    try:
        given = strict_json(body or b"{}")
    except ValueError as error:
        raise DrivingError(400, f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise DrivingError(400, "a JSON object is wanted")
    if unknown := given.keys() - set(known):
        raise DrivingError(400, f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    wrong = [word for word, value in given.items() if value is not None and not isinstance(value, KINDS[word])]
    if wrong:
        raise DrivingError(400, f"wrong kind of value: {', '.join(sorted(wrong))}")
    return {word: value for word, value in given.items() if value is not None}


def person(world: World, wanted: Any) -> Person:
    """A person by id."""
    if not isinstance(wanted, int) or wanted not in world.people:
        raise DrivingError(404, f"no such person: {wanted!r}")
    return world.people[wanted]


def chat(request: Request) -> Chat:
    """The chat in the path."""
    found = world_of(request).chats.get(number(request.path_params["chat"]) or 0)
    if found is None:
        raise DrivingError(404, "no such chat")
    return found


def message(of: Chat, wanted: Any) -> Message:
    """A message of a chat."""
    if not isinstance(wanted, int) or wanted not in of.messages:
        raise DrivingError(404, f"no such message: {wanted!r}")
    return of.messages[wanted]


def actor(world: World, of: Chat, wanted: Any) -> Person:
    """Who acts in a chat; must belong there."""
    who = person(world, of.id if of.type == "private" and wanted is None else wanted)
    if who.deactivated:
        raise DrivingError(409, f"{who.first_name}'s account is deactivated")
    if who.id != of.id and who.id not in of.members:
        raise DrivingError(403, f"{who.first_name} is not in this chat")
    return who
