"""Reads a bounded piece of a body: an endless one or a compressed bomb costs no more than that piece."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

BODY_LIMIT = 64 * 1024
"""Bytes kept after decompression; login walls and error pages say what they are long before."""
RAW_LIMIT = 256 * 1024
"""Bytes taken from the line; an honest compressed page of 64 KiB never needs that many."""
ACCEPT_ENCODING = "gzip, deflate"

_ANY_ZLIB_HEADER = zlib.MAX_WBITS | 32


async def read_body(response: httpx.Response) -> tuple[str, bool]:
    """The beginning of the body as text, and whether it was cut. Raises zlib.error on damaged compression."""
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    body, taken = bytearray(), 0
    async for chunk in response.aiter_raw():
        taken += len(chunk)
        body += unpack(chunk, BODY_LIMIT + 1 - len(body))
        if len(body) > BODY_LIMIT or taken > RAW_LIMIT:
            return _text(response, bytes(body[:BODY_LIMIT])), True
    return _text(response, bytes(body)), False


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
