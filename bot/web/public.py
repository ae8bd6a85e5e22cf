"""What the world may ask: is it alive, the status page, and Telegram's webhook."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.errors import StorageError
from bot.faults import survived
from bot.telegram.updates import parsed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.requests import Request
    from telegram import Bot, Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
LARGEST_UPDATE = 1_048_576
"""Bytes; an update is far smaller."""
log = structlog.get_logger()


def public_app(
    bot: Bot, take: Callable[[Sequence[Update]], Awaitable[None]], secret: str | None, pages: Sequence[Route] = ()
) -> Starlette:
    """The public side: health, these pages, and with a secret the webhook."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("not Telegram", 403)
        update = await _update(request, bot)
        if update is None:
            return PlainTextResponse("no update", 400)
        try:
            with survived("webhook_failed", update_id=update.update_id):
                await take([update])
                return PlainTextResponse("kept")
        except StorageError as error:
            log.warning("webhook_interrupted", why=str(error))
        return PlainTextResponse("not kept, send it again", 503)

    routes = [Route("/healthz", healthz), *pages]
    if secret:
        routes.append(Route("/telegram", webhook, methods=["POST"]))
    return Starlette(routes=routes)


async def _update(request: Request, bot: Bot) -> Update | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    try:
        return parsed(json.loads(body), bot)
    except (ValueError, RecursionError):
        return None
