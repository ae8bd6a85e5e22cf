"""/clock: the sandbox's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.driving.orders import order, world_of
from bot.sandbox.errors import DrivingError
from bot.sandbox.reading import number

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST_WAIT = 55.0


def seconds(request: Request, default: float = 25.0) -> float:
    """How long a request is ready to wait."""
    try:
        return min(max(0.0, float(request.query_params.get("timeout", default))), LONGEST_WAIT)
    except ValueError as error:
        raise DrivingError(400, "timeout is a number of seconds") from error


def after(request: Request) -> int | None:
    """The revision that the caller knows."""
    given = request.query_params.get("after")
    if given is not None and number(given) is None:
        raise DrivingError(400, "after is a number")
    return number(given)


async def tell(request: Request) -> JSONResponse:
    """The time; with `after`, as soon as the clock was moved."""
    clock, known = world_of(request).clock, after(request)
    if known is not None:
        await clock.moves.after(known, seconds(request))
    return JSONResponse(clock.told())


async def move(request: Request) -> JSONResponse:
    """Move the clock."""
    world = world_of(request)
    world.clock.order(await order(request, "advance", "now", "reset"))
    world.changed()
    return JSONResponse(world.clock.told())


ROUTES = [Route("/clock", tell, methods=["GET"]), Route("/clock", move, methods=["POST"])]
