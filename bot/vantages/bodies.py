"""Reads a bounded piece of a body: an endless one or a compressed bomb costs no more than that piece."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import httpx

BODY_LIMIT = 64 * 1024
"""Bytes kept after decompression; login walls and error pages say what they are long before."""
RAW_LIMIT = 256 * 1024
"""Bytes taken from the line; an honest compressed page of 64 KiB never needs that many."""
ACCEPT_ENCODING = "gzip, deflate"

_ANY_ZLIB_HEADER = zlib.MAX_WBITS | 32


class Body(NamedTuple):
    """The beginning of a body as text, whether it was cut, and the hex SHA-256 of what was read."""

    text: str
    truncated: bool
    sha256: str


async def read_body(response: httpx.Response, limit: int = BODY_LIMIT, raw_limit: int = RAW_LIMIT) -> Body:
    """The body's first `limit` bytes. Raises zlib.error on damaged compression."""
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    body, taken = bytearray(), 0
    async for chunk in response.aiter_raw():
        taken += len(chunk)
        body += unpack(chunk, limit + 1 - len(body))
        if len(body) > limit or taken > raw_limit:
            return _body(response, bytes(body[:limit]), truncated=True)
    return _body(response, bytes(body), truncated=False)


def _body(response: httpx.Response, body: bytes, *, truncated: bool) -> Body:
    return Body(_text(response, body), truncated, hashlib.sha256(body).hexdigest())


class _Plain:
    def __call__(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]


class _Zlib:
    """Gives at most `room` bytes and throws away the rest of a bomb's chunk unopened."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_ANY_ZLIB_HEADER)

    def __call__(self, chunk: bytes, room: int) -> bytes:
        return self._stream.decompress(chunk, room)


def _unpacker(encoding: str) -> _Plain | _Zlib:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Zlib()
    raise zlib.error("an encoding that was not asked for")


def _text(response: httpx.Response, body: bytes) -> str:
    try:
        return body.decode(response.charset_encoding or "utf-8", errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")
