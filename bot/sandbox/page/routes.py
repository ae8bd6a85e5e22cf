"""The page's addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.page.parts import parts, values
from bot.sandbox.page.views import view
from bot.sandbox.templates import PAGES, render

if TYPE_CHECKING:
    from starlette.requests import Request


async def show(request: Request) -> HTMLResponse:
    """The whole page."""
    shown = view(request.app.state.world, request.query_params)
    asked = {name: request.query_params.get(name) for name in ("start", "startgroup", "share", "draft")}
    return HTMLResponse(render("page.html", **values(shown), **parts(shown), asked=asked))


async def changed(request: Request) -> JSONResponse:
    """The parts that change, as they are now."""
    return JSONResponse(parts(view(request.app.state.world, request.query_params)))


ROUTES = [
    Route("/", show),
    Route("/page/parts", changed),
    Mount("/static", StaticFiles(directory=PAGES / "static")),
]
