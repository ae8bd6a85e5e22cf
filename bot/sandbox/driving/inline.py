"""/sandbox/chats/{id}/inline: asking the bot from within any chat, and putting an answer there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox import inline
from bot.sandbox.driving.orders import actor, chat, order, world_of
from bot.sandbox.driving.views import message_view
from bot.sandbox.errors import DrivingError

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.world import Question, World

ANSWER_WITHIN, LONGEST_WAIT = 5.0, 60.0


async def ask(request: Request) -> JSONResponse:
    """A person types behind the bot's name; waits for its answer."""
    world, found = world_of(request), chat(request)
    given = await order(request, "from", "query", "offset", "wait")
    by = actor(world, found, given.get("from"))
    asked = inline.ask(world, by, found, str(given.get("query", "")), str(given.get("offset", "")))
    await _answered(world, asked, min(given.get("wait", ANSWER_WITHIN), LONGEST_WAIT))
    return JSONResponse(inline.view(asked))


async def _answered(world: World, asked: Question, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while asked.results is None and not world.changes.closed and loop.time() < end:
        await world.changes.wait(end - loop.time())


async def choose(request: Request) -> JSONResponse:
    """Who asked puts a result into the chat."""
    world, found = world_of(request), chat(request)
    given = await order(request, "from", "result", "thread")
    by, asked = actor(world, found, given.get("from")), world.questions.get(request.path_params["question"])
    if asked is None or (asked.person, asked.chat) != (by.id, found.id):
        raise DrivingError(404, "no such question of this person here")
    thread = given.get("thread")
    topic = thread if isinstance(thread, int) and thread > 1 else None
    return JSONResponse(message_view(world, inline.choose(world, asked, str(given.get("result", "")), topic)))


ROUTES = [
    Route("/sandbox/chats/{chat}/inline", ask, methods=["POST"]),
    Route("/sandbox/chats/{chat}/inline/{question}", choose, methods=["POST"]),
]
