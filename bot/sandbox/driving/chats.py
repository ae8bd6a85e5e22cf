"""/sandbox/chats: what people do in their chats."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox import talking
from bot.sandbox.driving.orders import actor, chat, message, order, world_of
from bot.sandbox.driving.speech import WORDS, content
from bot.sandbox.driving.views import message_view
from bot.sandbox.errors import DrivingError
from bot.sandbox.world import Message

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.world import Json, Press, World

ANSWER_WITHIN, LONGEST_WAIT = 5.0, 60.0


async def messages(request: Request) -> JSONResponse:
    """A chat's messages, in order; `thread` narrows them to a topic."""
    world, found = world_of(request), chat(request)
    thread = request.query_params.get("thread")
    wanted = [each for each in found.messages.values() if thread is None or str(each.thread or 1) == thread]
    return JSONResponse({"messages": [message_view(world, each) for each in wanted]})


async def say(request: Request) -> JSONResponse:
    """A person says something."""
    world, found = world_of(request), chat(request)
    said = await order(request, "from", "reply_to", "thread", "anonymous", *WORDS)
    by = actor(world, found, said.get("from"))
    made = Message(
        id=0, chat=found.id, sender=by.id, date=0, text=said.get("text"), content=content(world, by, said),
        thread=_thread(said), reply_to=said.get("reply_to"), anonymous=bool(said.get("anonymous")),
    )  # fmt: skip
    return JSONResponse(message_view(world, talking.say(world, found, made)))


def _thread(said: Json) -> int | None:
    thread = said.get("thread")
    return thread if isinstance(thread, int) and thread > 1 else None


async def edit(request: Request) -> JSONResponse:
    """A person changes an own message."""
    world, found = world_of(request), chat(request)
    given = await order(request, "from", "message_id", "text")
    edited = message(found, given.get("message_id"))
    if edited.sender is None or edited.deleted:
        raise DrivingError(409, "only people's own messages can be changed")
    talking.edit(world, found, edited, str(given.get("text", "")))
    return JSONResponse(message_view(world, edited))


async def press(request: Request) -> JSONResponse:
    """A person presses a button; waits for the bot's answer."""
    world, found = world_of(request), chat(request)
    given = await order(request, "from", "message_id", "data", "forged", "wait")
    by, data = actor(world, found, given.get("from")), str(given.get("data", ""))
    on = message(found, given.get("message_id"))
    if on.sender is not None or not 1 <= len(data.encode()) <= 64:
        raise DrivingError(400, "a press is on a message of the bot's, with 1 to 64 bytes of data")
    if data not in on.once_shown and not given.get("forged"):
        raise DrivingError(409, f"no such button: {data!r}; shown were {sorted(on.once_shown)}")
    made = talking.press(world, by, on, data)
    wait = given.get("wait", ANSWER_WITHIN)
    await _answered(world, made, min(wait, LONGEST_WAIT))
    return JSONResponse({"answer": made.answer, "id": made.id})


async def _answered(world: World, made: Press, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not made.answered and not world.changes.closed and loop.time() < end:
        await world.changes.wait(end - loop.time())


async def start(request: Request) -> JSONResponse:
    """A person presses START."""
    world, found = world_of(request), chat(request)
    given = await order(request, "from", "payload")
    by = actor(world, found, given.get("from"))
    if found.type != "private":
        raise DrivingError(409, "START is in private chats")
    return JSONResponse(message_view(world, talking.start(world, by, str(given.get("payload", "")))))


_CHAT = "/sandbox/chats/{chat}"
ROUTES = [
    Route(f"{_CHAT}/messages", messages, methods=["GET"]),
    Route(f"{_CHAT}/messages", say, methods=["POST"]),
    Route(f"{_CHAT}/edit", edit, methods=["POST"]),
    Route(f"{_CHAT}/press", press, methods=["POST"]),
    Route(f"{_CHAT}/start", start, methods=["POST"]),
]
