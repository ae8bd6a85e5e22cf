"""The public page: /status and what hangs on it. Nothing is taken in but addresses; nothing is known of who reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.domain.errors import StorageError
from bot.faults import survived
from bot.rendering.languages import languages
from bot.web import rendering
from bot.web.answering import Answer, Kept, TooMany
from bot.web.rendering import Frame
from bot.web.status_data import StatusData, number_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

    from bot.use_cases.publishing import Publisher

    Maker = Callable[[Request, Frame], Awaitable[Answer | Response | None]]

HTML = "text/html; charset=utf-8"
log = structlog.get_logger()


class StatusPages:
    """The pages of one publisher. `operator` has `name` and `contact`, empty if nobody is named."""

    def __init__(self, publisher: Publisher, operator: Mapping[str, str]) -> None:
        self._publisher, self._operator = publisher, operator
        self._kept = Kept()
        self._data = StatusData(publisher, self._kept, operator["name"])

    def routes(self) -> Sequence[Route]:
        """All addresses; what is none of them is answered in words."""
        data = self._data
        made: dict[str, Maker] = {
            "/status": self._overview,
            "/status.json": data.all,
            "/status.atom": data.feed,
            "/status.schema.json": data.schema,
            "/status/accessibility": self._accessibility,
            "/status/incident/{number}.json": data.incident,
            "/status/incident/{number}": self._incident,
            "/status/{country}.json": data.country,
            "/status/{country}": self._country,
            "/status/{country}/{form}.png": data.picture,
            "/status/{rest:path}": self._nothing,
        }
        return [Route(path, self._answering(make)) for path, make in made.items()]

    async def warm(self) -> None:
        """Make each kind of page in each language: templates, texts and names are read before anybody asks."""
        overview = await self._publisher.overview()
        country = await self._publisher.country(overview.countries[0].code)
        for language in languages():
            frame = Frame(language, "/status", self._operator)
            _html("overview", overview, frame)
            _html("country", country, frame)
            for name in ("incident", "accessibility", "missing"):
                rendering.prepare(name, language)

    def _answering(self, make: Maker) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            frame, made = self._frame(request), None
            with survived("page_failed"):
                made = await self._made(make, request, frame)
            made = made or _html("missing", 500, frame, status=500)
            return made.to(request) if isinstance(made, Answer) else made

        return answer

    @staticmethod
    async def _made(make: Maker, request: Request, frame: Frame) -> Answer | Response | None:
        try:
            return await make(request, frame) or _html("missing", 404, frame, status=404)
        except TooMany:
            return _html("missing", 503, frame, status=503)
        except StorageError as error:
            log.warning("page_interrupted", why=str(error))
            return None

    def _frame(self, request: Request) -> Frame:
        asked = request.query_params.get("lang")
        language = rendering.wanted(asked, request.headers.get("Accept-Language", ""))
        return Frame(language, "/status", self._operator, asked=asked == language, ended=self._publisher.ended())

    async def _overview(self, _request: Request, frame: Frame) -> Answer | None:
        async def make() -> Answer:
            return _html("overview", await self._publisher.overview(), frame)

        return await self._kept.get(("overview", frame.language, frame.asked), make)

    async def _country(self, request: Request, frame: Frame) -> Answer | Response | None:
        given: str = request.path_params["country"]
        code = given.upper()
        if not self._publisher.knows(code):
            return None
        if code != given:
            asked = f"?lang={frame.language}" if frame.asked else ""
            return RedirectResponse(f"/status/{code}{asked}", 308)

        async def make() -> Answer:
            return _html("country", await self._publisher.country(code), frame, path=f"/status/{code}")

        return await self._kept.get(("country", code, frame.language, frame.asked), make)

    async def _incident(self, request: Request, frame: Frame) -> Answer | None:
        number = number_in(request)

        async def make() -> Answer | None:
            page = await self._publisher.incident(number) if number else None
            return _html("incident", page, frame, path=f"/status/incident/{number}") if page else None

        return await self._kept.get(("incident", number, frame.language, frame.asked), make)

    async def _accessibility(self, _request: Request, frame: Frame) -> Answer:
        return _html("accessibility", None, frame, path="/status/accessibility")

    async def _nothing(self, _request: Request, _frame: Frame) -> None:
        return None


def _html(name: str, page: object, frame: Frame, *, status: int = 200, path: str = "/status") -> Answer:
    text = rendering.html(name, page, replace(frame, path=path))
    return Answer(text.encode(), HTML, status, frame.language)
