"""What only the operator may ask: is it ready, and how is it doing. On its own port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import faults
from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric
    from starlette.requests import Request

    from bot.clock import Clock
    from bot.storage.store import Store
    from bot.use_cases.board import Board
    from bot.use_cases.viewing import Viewer


class Seen(Collector):
    """What was seen of the forms, and what failed, as numbers."""

    def __init__(self, board: Board, viewer: Viewer, clock: Clock) -> None:
        self._board, self._viewer, self._clock = board, viewer, clock

    def collect(self) -> Iterator[Metric]:
        """The numbers of now."""
        looks = CounterMetricFamily("objection_bot_looks", "Looks since the start", labels=["vantage", "value"])
        for (vantage, value), count in sorted(self._viewer.counted.items()):
            looks.add_metric([vantage, value.value], count)
        yield looks
        incidents = len(self._board.open_incidents())
        yield GaugeMetricFamily("objection_bot_incidents_open", "Forms confirmed not to answer", incidents)
        last = max((look.at for look in self._board.looks()), default=None)
        age = GaugeMetricFamily("objection_bot_last_look_age_seconds", "Since the last look at any form", labels=[])
        if last:
            age.add_metric([], (self._clock.now() - last).total_seconds())
        yield age
        failed = CounterMetricFamily(
            "objection_bot_faults", "What failed unexpectedly since the start", labels=["what"]
        )
        for what, count in sorted(faults.counted.items()):
            failed.add_metric([what], count)
        yield failed


def private_app(store: Store, board: Board, viewer: Viewer, clock: Clock) -> Starlette:
    """The private side."""
    registry = CollectorRegistry()
    registry.register(Seen(board, viewer, clock))
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
