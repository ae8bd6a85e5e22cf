"""/meta/<host>/<path>: Meta's pages, for the bot's looks and for a person's browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.aborting import Aborted
from bot.sandbox.meta import answers, browsing
from bot.sandbox.meta.forms import form_at, service_of, title
from bot.sandbox.meta.notices import notice_at
from bot.sandbox.reading import number
from bot.sandbox.templates import render
from bot.sandbox.world import PLACES

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.meta.answers import Answer
    from bot.sandbox.world import Person, World

COUNTRY = "X-Sandbox-Country"
"""The bot's looks carry it; who does not is a browser in the sandbox, and stays in it."""


async def serve(request: Request) -> Response:
    """One page of Meta's."""
    world: World = request.app.state.world
    host, path = request.path_params["host"], request.path_params["path"]
    fields = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    person = _person(request, world, fields)
    if person is None:
        country, agent = request.headers.get(COUNTRY) or "*", request.headers.get("user-agent", "")
        answer = answers.anonymous(world.switches, host, path, country=country.upper(), agent=agent)
    else:
        visit = browsing.Visit(world, person, _place(request, fields), host, path)
        answer = browsing.done(visit, fields) if request.method == "POST" else browsing.shown(visit)
    if answer.slow:
        await asyncio.sleep(world.limits.slow_seconds)
    return Aborted() if answer.reset else _response(request, answer, person, fields)


def _person(request: Request, world: World, fields: dict[str, str]) -> Person | None:
    if COUNTRY in request.headers:
        return None
    return world.people.get(number(_given(request, fields, "person")) or 0)


def _place(request: Request, fields: dict[str, str]) -> str:
    given = _given(request, fields, "place")
    return given if given in PLACES else "phone"


def _given(request: Request, fields: dict[str, str], name: str) -> str:
    return fields.get(name) or request.query_params.get(name) or request.cookies.get(name, "")


def _response(request: Request, answer: Answer, person: Person | None, fields: dict[str, str]) -> Response:
    who = {"person": str(person.id), "place": _place(request, fields)} if person else {}
    if answer.location:
        target = answer.location if COUNTRY in request.headers else local(answer.location, who)
        response: Response = RedirectResponse(target, answer.status, answer.headers)
    else:
        page = render(f"meta/{answer.page}.html", **_values(request, answer, person, who))
        response = HTMLResponse(page, answer.status, answer.headers)
    for name, value in who.items():
        response.set_cookie(name, value, path="/meta", httponly=True, samesite="lax")
    return response


def local(url: str, who: dict[str, str]) -> str:
    """The sandbox's address for one of Meta's; anything else leads to the sandbox's front page."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return "/"
    query = urlencode([*parse_qsl(parts.query), *who.items()])
    return f"/meta/{parts.hostname}{parts.path or '/'}" + (f"?{query}" if query else "")


def _values(request: Request, answer: Answer, person: Person | None, who: dict[str, str]) -> dict[str, Any]:
    host, path = request.path_params["host"], request.path_params["path"]
    form, notice = form_at(host, path), notice_at(host, path)
    world: World = request.app.state.world
    return {
        "person": person, "who": who, "place": who.get("place", ""), "host": host, "url": f"https://{host}/{path}",
        "title": title(form) if form else "", "form": form, "service": service_of(host).title(),
        "next": request.query_params.get("next", ""), "action": local(f"https://{host}/{path}", {}),
        "edition": world.switches.editions.get(notice.id, 0) if notice else 0,
        "refused": answer.page == "code_refused",
    }  # fmt: skip


ROUTES = [Route("/meta/{host}/{path:path}", serve, methods=["GET", "POST"])]
