"""What programs read of the status: files, the feed, pictures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.documents import history
from bot.rendering.languages import catalogue
from bot.web import rendering, status_file
from bot.web.answering import Answer
from bot.web.feed import feed

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.use_cases.publishing import Publisher
    from bot.web.answering import Kept
    from bot.web.rendering import Frame

JSON = "application/json; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
LONGEST_NUMBER = 9
"""Digits of an incident's number."""


class StatusData:
    """The answers for programs. None: there is no such thing."""

    def __init__(self, publisher: Publisher, kept: Kept, author: str) -> None:
        self._publisher, self._kept, self._author = publisher, kept, author

    async def all(self, _request: Request, _frame: Frame) -> Answer | None:
        """All countries."""

        async def make() -> Answer:
            overview, outages = await self._publisher.overview(), await self._publisher.outages()
            return Answer(status_file.of_all(overview, outages, self._publisher.ended()), JSON, open_to_all=True)

        return await self._kept.get("file", make)

    async def country(self, request: Request, _frame: Frame) -> Answer | None:
        """One country with its days."""
        code: str = request.path_params["country"].upper()
        if not self._publisher.knows(code):
            return None

        async def make() -> Answer:
            page, outages = await self._publisher.country(code), await self._publisher.outages()
            return Answer(status_file.of_country(page, outages, self._publisher.ended()), JSON, open_to_all=True)

        return await self._kept.get(("file", code), make)

    async def incident(self, request: Request, _frame: Frame) -> Answer | None:
        """One outage with all its looks."""
        number = number_in(request)

        async def make() -> Answer | None:
            found = await self._publisher.looks(number) if number else None
            if found is None:
                return None
            now, ended = self._publisher.now(), self._publisher.ended()
            return Answer(status_file.of_incident(now, *found, ended), JSON, open_to_all=True)

        return await self._kept.get(("incident file", number), make)

    async def schema(self, _request: Request, _frame: Frame) -> Answer:
        """What the files look like."""
        return Answer(status_file.SCHEMA, "application/schema+json", open_to_all=True)

    async def feed(self, _request: Request, frame: Frame) -> Answer | None:
        """The newest outages."""

        async def make() -> Answer:
            outages = await self._publisher.outages()
            body = feed(outages, frame.language, self._author, self._publisher.ended())
            return Answer(body, ATOM, language=frame.language, open_to_all=True)

        return await self._kept.get(("feed", frame.language), make)

    async def picture(self, request: Request, frame: Frame) -> Answer | None:
        """The last 30 days of a form; drawn beside, so that nobody waits for it but who asked."""
        code, form = request.path_params["country"].upper(), request.path_params["form"]
        if not self._publisher.knows(code, form):
            return None
        dark = request.query_params.get("dark") == "1"

        async def make() -> Answer:
            body = await self._drawn(code, form, frame.language, dark=dark)
            return Answer(body, "image/png", language=frame.language, open_to_all=True)

        return await self._kept.get(("picture", code, form, frame.language, dark), make)

    async def _drawn(self, code: str, form: str, language: str, *, dark: bool) -> bytes:
        facts, past = await self._publisher.history(form, code)
        said = rendering.words(language)
        title = f"{said.form(facts)}, {said.country(code)}"
        return await asyncio.to_thread(
            history.draw,
            [each.day for each in past.shown],
            past.shown[-1].day.day,
            title,
            rendering.sentence(past.sum, language),
            dark=dark,
            translate=catalogue(language).gettext,
        )


def number_in(request: Request) -> int | None:
    """The incident's number in an address."""
    given: str = request.path_params["number"]
    return int(given) if given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER else None
