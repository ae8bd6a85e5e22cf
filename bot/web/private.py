"""What only the operator may ask: is it ready, and how is it doing. On its own port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.storage.store import Store


def private_app(store: Store) -> Starlette:
    """The private side."""
    registry = CollectorRegistry()
    waiting = Gauge("objection_bot_deliveries_waiting", "Deliveries in the outbox", ["lane"], registry=registry)

    async def readyz(_request: Request) -> Response:
        try:
            await store.outbox.counts()
        except StorageError as error:
            return PlainTextResponse(f"not ready: {error}", 503)
        return PlainTextResponse("ready")

    async def metrics(_request: Request) -> Response:
        for lane, count in (await store.outbox.counts()).items():
            waiting.labels(lane.name.lower()).set(count)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/readyz", readyz), Route("/metrics", metrics)])
