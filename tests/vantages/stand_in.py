"""A small server that plays Meta's hosts, well and badly; asked as itself, or for `/meta/<host>/<path>`."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

    Behaviour = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]

KIB = 1024
ENDED = (asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class Asked(NamedTuple):
    """One request as it arrived."""

    path: str
    headers: dict[str, str]

    @property
    def page(self) -> str:
        """`<host>/<path>`: asked for at the host itself, or by the sandbox's way."""
        path = self.path.partition("?")[0]
        return path.removeprefix("/meta/") if path.startswith("/meta/") else self.headers["host"] + path


class StandIn:
    """Pages by `<host>/<path>`; what is not there is a 404."""

    def __init__(self, pages: dict[str, Behaviour] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.pages = pages or {}
        self.asked: list[Asked] = []
        self._tls = tls
        self._conversations: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)

    @property
    def port(self) -> int:
        return self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def times(self, page: str) -> int:
        return sum(asked.page == page for asked in self.asked)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._conversations.add(asyncio.current_task())
        with contextlib.suppress(*ENDED):
            try:
                while asked := await _read_request(reader):
                    self.asked.append(asked)
                    await self.pages.get(asked.page, answer(404, "<h1>Not found</h1>"))(asked, writer)
                    await writer.drain()
            finally:
                writer.transport.abort()
                await writer.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = (line.split(": ", 1) for line in head[1:] if line)
    return Asked(head[0].split(" ")[1], {name.lower(): value for name, value in headers})


def answer(status: int = 200, body: str | bytes = "", **headers: str) -> Behaviour:
    async def behave(_: Asked, writer: asyncio.StreamWriter) -> None:
        content = body.encode() if isinstance(body, str) else body
        _head(writer, status, {"Content-Length": str(len(content)), **headers})
        writer.write(content)

    return behave


def redirect(location: str, status: int = 302, **headers: str) -> Behaviour:
    return answer(status, Location=location, **headers)


def first(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last stays."""
    left = list(behaviours)

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return behave


async def reset(_: Asked, writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    raise ConnectionResetError


async def silent(_: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def drip(_: Asked, writer: asyncio.StreamWriter) -> None:
    _head(writer, 200, {"Content-Length": "100000"})
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless(_: Asked, writer: asyncio.StreamWriter) -> None:
    _head(writer, 200, {"Connection": "close"})
    while True:
        writer.write(b"<p>for ever</p>" * KIB)
        await writer.drain()


async def huge(_: Asked, writer: asyncio.StreamWriter) -> None:
    _head(writer, 200, {"Content-Length": str(200 * KIB * KIB)})
    for _part in range(200 * 16):
        writer.write(b"x" * 64 * KIB)
        await writer.drain()


def bomb() -> Behaviour:
    packer = zlib.compressobj(wbits=31)
    zeros = bytes(KIB * KIB)
    packed = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()
    return answer(200, packed, **{"Content-Encoding": "gzip"})


async def huge_header(_: Asked, writer: asyncio.StreamWriter) -> None:
    _head(writer, 200, {"X-Huge": "x" * KIB * KIB, "Content-Length": "0"})


def _head(writer: asyncio.StreamWriter, status: int, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
