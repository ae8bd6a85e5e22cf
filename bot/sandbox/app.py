"""The sandbox as an ASGI app."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import bot_api
from bot.sandbox.driving import ROUTES as DRIVING
from bot.sandbox.errors import DrivingError
from bot.sandbox.guard import Guard
from bot.sandbox.meta.server import ROUTES as META
from bot.sandbox.page import ROUTES as PAGE
from bot.sandbox.seed import cast
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from starlette.requests import Request

LANDING = 2.0
"""Seconds for the webhook's last connections to close."""
BOT_API = [
    Route("/bot{token}/{method}", bot_api.call, methods=["GET", "POST"]),
    Route("/file/bot{token}/{path:path}", bot_api.download),
]


def create_app(seed: Callable[[World], None] | None = None, hosts: Iterable[str] = ()) -> Starlette:
    """A new sandbox. `seed` fills its world; `hosts` are names it answers to besides this machine's own."""
    world = World()
    (seed or cast)(world)
    app = Starlette(
        routes=[*BOT_API, *META, *DRIVING, *PAGE],
        middleware=[Middleware(Guard, hosts=frozenset(hosts))],
        exception_handlers={DrivingError: _refused},
        lifespan=_lifespan,
    )
    app.state.world = world
    return app


def _refused(request: Request, error: Exception) -> Response:
    del request
    code, text = (error.code, error.error) if isinstance(error, DrivingError) else (500, str(error))
    return JSONResponse({"error": text}, code)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        sender = group.create_task(WebhookSender(app.state.world).run())
        try:
            yield
        finally:
            app.state.world.close()
            await asyncio.wait({sender}, timeout=LANDING)  # cancelled while it closes, it would leave sockets open
            sender.cancel()
