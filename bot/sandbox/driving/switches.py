"""/sandbox/forms, /sandbox/pages, /sandbox/faults, /sandbox/limits: what goes wrong, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.driving.orders import order, world_of
from bot.sandbox.errors import DrivingError
from bot.sandbox.meta.forms import forms
from bot.sandbox.meta.notices import notices
from bot.sandbox.meta.switches import State

if TYPE_CHECKING:
    from starlette.requests import Request


async def turn(request: Request) -> JSONResponse:
    """Switch a form in a country."""
    world, given = world_of(request), await order(request, "form", "country", "state")
    form, country, state = str(given.get("form")), str(given.get("country", "*")), given.get("state")
    if form not in forms():
        raise DrivingError(404, f"known forms: {', '.join(forms())}")
    if state not in set(State):
        raise DrivingError(400, f"known states: {', '.join(State)}")
    if country != "*" and not (len(country) == 2 and country.isalpha()):
        raise DrivingError(400, "a country has two letters, * is everywhere")
    world.switches.turn(form, country.upper(), State(state))
    world.changed()
    return JSONResponse({"form": form, "country": country.upper(), "state": state})


async def reword(request: Request) -> JSONResponse:
    """Give one of Meta's pages about AI other words."""
    world, given = world_of(request), await order(request, "page")
    page = str(given.get("page"))
    if page not in notices():
        raise DrivingError(404, f"known pages: {', '.join(notices())}")
    edition = world.switches.reword(page)
    world.changed()
    return JSONResponse({"page": page, "edition": edition})


async def order_fault(request: Request) -> JSONResponse:
    """Let the next calls fail."""
    world, given = world_of(request), await order(request, "method", "chat_id", "times", "fault")
    what, times = given.get("fault", {}), given.get("times", 1)
    world.faults.order(given.get("method", "*"), given.get("chat_id"), times, what)
    return JSONResponse({"waiting": len(world.faults.waiting)})


async def forget_faults(request: Request) -> JSONResponse:
    """No more faults."""
    world_of(request).faults.waiting.clear()
    return JSONResponse({"waiting": 0})


async def limit(request: Request) -> JSONResponse:
    """Limits on or off; how long answers and slow pages take."""
    limits, given = world_of(request).limits, await order(request, "bulk", "answer_delay", "slow_seconds")
    limits.bulk = bool(given.get("bulk", limits.bulk))
    limits.answer_delay = _seconds(given.get("answer_delay", limits.answer_delay))
    limits.slow_seconds = _seconds(given.get("slow_seconds", limits.slow_seconds))
    return JSONResponse({"bulk": limits.bulk, "answer_delay": limits.answer_delay, "slow_seconds": limits.slow_seconds})


def _seconds(given: float) -> float:
    if not 0 <= given <= 300:
        raise DrivingError(400, "seconds are a number from 0 to 300")
    return float(given)


ROUTES = [
    Route("/sandbox/forms", turn, methods=["POST"]),
    Route("/sandbox/pages", reword, methods=["POST"]),
    Route("/sandbox/faults", order_fault, methods=["POST"]),
    Route("/sandbox/faults", forget_faults, methods=["DELETE"]),
    Route("/sandbox/limits", limit, methods=["POST"]),
]
