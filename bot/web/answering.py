"""Answers made ready: with a mark for browsers that ask again, packed for those who can unpack, kept for seconds."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.web.rendering import POLICY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from starlette.requests import Request

KEPT_FOR = 10.0
"""Seconds. Looks come every few minutes at most; a correction shows within this time."""
PLACES = 200
"""Answers in memory, each some 30 kB: all countries and languages, and the incidents that are asked for."""
WAITING = 60
"""Requests that may wait for an answer to be made; one is made at a time, the bot has other work too."""
FRESH = "public, max-age=30"
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
WORTH_PACKING = 600
"""Bytes; smaller ones do not get smaller."""


class TooMany(Exception):  # noqa: N818  # no error of ours: a state of the world
    """More ask than can be answered now."""


@dataclass(frozen=True)
class Answer:
    """A body with its kind, before it is known who asks."""

    body: bytes
    kind: str
    status: int = 200
    language: str | None = None
    open_to_all: bool = False
    """Scripts of other sites may read it: it is data for everybody."""

    @cached_property
    def mark(self) -> str:
        """The entity tag; weak, for packed and plain are the same to a reader (RFC 9110, 8.8.3)."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> bytes:
        """The body by gzip."""
        return gzip.compress(self.body, 6, mtime=0)

    def to(self, request: Request) -> Response:
        """The response: nothing new, packed, or plain."""
        headers = self._headers()
        if self.status == HTTPStatus.OK and self.mark in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        if len(self.body) >= WORTH_PACKING and _unpacks(request) and not self.kind.startswith("image/png"):
            return Response(self.packed, self.status, {**headers, "Content-Encoding": "gzip"}, self.kind)
        return Response(self.body, self.status, headers, self.kind)

    def _headers(self) -> dict[str, str]:
        headers = {**SAFE, "Vary": "Accept-Language, Accept-Encoding"}
        if self.status == HTTPStatus.OK:
            headers |= {"ETag": self.mark, "Cache-Control": FRESH}
        else:
            headers |= {"Cache-Control": "no-store"}
        if self.status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers |= {"Retry-After": "5"}
        if self.language:
            headers |= {"Content-Language": self.language}
        if self.open_to_all:
            headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return headers


def _unpacks(request: Request) -> bool:
    for part in request.headers.get("Accept-Encoding", "")[:400].lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";")
        if name == "gzip":
            return weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


class Kept:
    """Answers made lately, by what was asked. One is made at a time, and once for all who ask meanwhile."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._answers: OrderedDict[Hashable, tuple[float, Answer | None]] = OrderedDict()
        self._making = asyncio.Lock()
        self._waiting = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
        """The answer, at most 10 seconds old, None if there is none; `TooMany` if too many wait for theirs."""
        if key in self._fresh():
            return self._answers[key][1]
        if self._waiting >= WAITING:
            raise TooMany
        self._waiting += 1
        try:
            async with self._making:
                return self._answers[key][1] if key in self._fresh() else self._keep(key, await make())
        finally:
            self._waiting -= 1

    def _fresh(self) -> Mapping[Hashable, tuple[float, Answer | None]]:
        """What is young enough; the oldest stand in front."""
        oldest = self._monotonic() - KEPT_FOR
        while self._answers and next(iter(self._answers.values()))[0] <= oldest:
            self._answers.popitem(last=False)
        return self._answers

    def _keep(self, key: Hashable, answer: Answer | None) -> Answer | None:
        self._answers[key] = (self._monotonic(), answer)
        while len(self._answers) > PLACES:
            self._answers.popitem(last=False)
        return answer
