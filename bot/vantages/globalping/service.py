"""Talks to the measuring service: creates a measurement, waits for its result, keeps to limits and pauses."""

from __future__ import annotations

import asyncio
import json
import zlib
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from bot.vantages.bodies import read_body
from bot.vantages.globalping.allowance import Allowance
from bot.vantages.globalping.answers import Created, Limits, Measurement, RateLimit, Refusal
from bot.vantages.globalping.unmeasured import NoProbesError, UnmeasuredError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.clock import Clock

Shape = TypeVar("Shape", bound=BaseModel)
log = structlog.get_logger()

POLL_PAUSE = 0.5
"""Seconds after each answer, as the specification asks for."""
POLLS = 50
"""The probe's 15 seconds and 10 more for the service, as it advises."""
AT_ONCE = 4
"""Requests to the service side by side."""
ANSWER_LIMIT = 256 * 1024
"""Bytes of an answer that are read: 10 kB of a body stand in it twice, beside headers."""
REFUSED_PAUSE, BROKEN_PAUSE, LIMITED_PAUSE = 3600.0, 60.0, 60.0
"""Seconds: a wrong token stays wrong; a failure may pass soon; a limit without a named end."""
LONGEST_RETRY = 10.0
"""Seconds that a poll waits if told to."""
BAD_REQUEST_PAUSE = 600.0
"""Seconds: what was refused as malformed, or for its target, will be refused again."""
ANSWER_SECONDS = 15.0
"""For one answer with its body."""
TOTAL_SECONDS = 60.0
"""For one measurement, however slow the answers are."""


class _Reply(NamedTuple):
    status: int
    headers: httpx.Headers
    body: str

    def number(self, header: str) -> int | None:
        """A header that is a whole number."""
        told = self.headers.get(header, "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else None  # noqa: PLR2004


class Service:
    """One for all countries: they share one allowance. Raises UnmeasuredError for whatever goes wrong."""

    def __init__(self, http: httpx.AsyncClient, clock: Clock) -> None:
        self._http, self._clock = http, clock
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._asking_limits = asyncio.Lock()
        self.allowance = Allowance(clock)

    async def limits(self) -> None:
        """Ask what is left to us; costs nothing."""
        reply = await self._ask("GET", "/v1/limits")
        if reply.status != HTTPStatus.OK:
            raise self._refused(reply)
        self.allowance.learn(self._read(Limits, reply).rateLimit.measurements.create)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[None]:
        """Within it one look's tests are promised, so that those who look side by side don't each get a part only."""
        async with self._asking_limits:
            self.allowance.must_allow()
            if not self.allowance.is_known:
                await self.limits()
                log.info("globalping_budget", plan=self.allowance.words())
        with self.allowance.promised():
            yield

    async def create(self, question: dict[str, Any]) -> Created:
        """Begin a measurement; one test of our allowance."""
        self.allowance.take()
        reply = await self._ask("POST", "/v1/measurements", question)
        self._learn(reply)
        if reply.status != HTTPStatus.ACCEPTED:
            raise self._refused(reply)
        return self._read(Created, reply)

    async def result(self, id_: str) -> Measurement:
        """Wait until the measurement is final."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._poll(f"/v1/measurements/{id_}")
        except TimeoutError:
            raise UnmeasuredError("globalping: no result in time") from None

    async def _poll(self, path: str) -> Measurement:
        etag = ""
        for _ in range(POLLS):
            reply = await self._ask("GET", path, etag=etag)
            etag = reply.headers.get("etag", etag)
            if reply.status == HTTPStatus.OK:
                found = self._read(Measurement, reply)
                if found.status != "in-progress":
                    return found
            elif reply.status not in {HTTPStatus.NOT_MODIFIED, HTTPStatus.TOO_MANY_REQUESTS}:
                raise self._refused(reply)
            await self._clock.sleep(max(POLL_PAUSE, min(reply.number("retry-after") or 0, LONGEST_RETRY)))
        raise UnmeasuredError("globalping: no result in time")

    async def _ask(self, method: str, path: str, question: dict[str, Any] | None = None, *, etag: str = "") -> _Reply:
        headers = {"If-None-Match": etag} if etag else None
        try:
            async with (
                self._gate,
                asyncio.timeout(ANSWER_SECONDS),
                self._http.stream(method, path, json=question, headers=headers) as response,
            ):
                body = await read_body(response, ANSWER_LIMIT, ANSWER_LIMIT)
        except (httpx.HTTPError, zlib.error, TimeoutError) as error:
            self.allowance.pause(BROKEN_PAUSE, f"can't be reached ({type(error).__name__})")
            raise UnmeasuredError(f"globalping: can't be reached ({type(error).__name__})") from None
        return _Reply(response.status_code, response.headers, body.text)

    def _read(self, shape: type[Shape], reply: _Reply) -> Shape:
        try:
            return shape.model_validate_json(_whole(reply.body))
        except (ValueError, RecursionError):  # pydantic's ValidationError is a ValueError
            self.allowance.pause(BROKEN_PAUSE, "gave an answer of another shape")
            raise UnmeasuredError("globalping: an answer of another shape than specified") from None

    def _learn(self, reply: _Reply) -> None:
        names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
        limit, remaining, reset = (reply.number(name) for name in names)
        if limit is not None and remaining is not None and reset is not None:
            self.allowance.learn(RateLimit(limit=limit, remaining=remaining, reset=reset))

    def _refused(self, reply: _Reply) -> UnmeasuredError:
        """What a refusal means, with the pause that it asks for."""
        try:
            kind = Refusal.model_validate_json(reply.body).error.type
        except ValidationError:
            kind = "no reason told"
        line = f"status {reply.status} ({kind})"
        if reply.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            return NoProbesError(f"globalping: {line}")
        if reply.status != HTTPStatus.NOT_FOUND:
            self.allowance.pause(_pause_after(reply), line)
            log.warning("globalping_refused", status=reply.status, kind=kind)
        return UnmeasuredError(f"globalping: {line}")


def _whole(text: str) -> bytes:
    """The JSON without halves of characters, which a cut body may end with and which no text can hold."""
    return json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8", "replace")


def _pause_after(reply: _Reply) -> float:
    """Seconds to ask nothing."""
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        told = reply.number("retry-after") or reply.number("x-ratelimit-reset")
        return float(told) if told else LIMITED_PAUSE
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return REFUSED_PAUSE
    return BAD_REQUEST_PAUSE if reply.status == HTTPStatus.BAD_REQUEST else BROKEN_PAUSE
