"""Small proxies on this machine: whatever host they are asked for, they lead to the port they were given."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl

ENDED = (asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError, OSError)


class Proxy:
    """Notes the hosts that it was asked for."""

    scheme = ""

    def __init__(
        self, port: int, tls: ssl.SSLContext | None = None, secret: tuple[str, str] = ("me", "s3cret")
    ) -> None:
        self._to, self._tls, self._secret = port, tls, secret
        self.asked: list[str] = []
        self._running: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for each in self._running:
            each.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def url(self, secret: str = "me:s3cret@", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{secret}{host}:{self._server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._running.add(asyncio.current_task())
        with contextlib.suppress(*ENDED):
            try:
                if host := await self._greet(reader, writer):
                    self.asked.append(host)
                    await self._relay(reader, writer)
            finally:
                writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            await asyncio.gather(_copy(reader, back), _copy(there, writer))
        finally:
            back.transport.abort()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        raise NotImplementedError


class ConnectProxy(Proxy):
    """HTTP's CONNECT, with basic authentication."""

    @property
    def scheme(self) -> str:
        return "https" if self._tls else "http"

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        wanted = base64.b64encode(b"me:s3cret").decode()
        if f"Basic {wanted}" not in head:
            writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return ""
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        return head.split(" ")[1]


class SocksProxy(Proxy):
    """SOCKS 5 (RFC 1928) with user name and password (RFC 1929); the host is resolved here, as a name."""

    scheme = "socks5"

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        writer.write(b"\x05\x02" if 2 in methods else b"\x05\xff")
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        known = (user, password) == (b"me", b"s3cret")
        writer.write(b"\x01\x00" if known else b"\x01\x01")
        if not known:
            return ""
        _, _, _, kind = await reader.readexactly(4)
        assert kind == 3, "the name shall be resolved over there"
        host = await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2))
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        return f"{host.decode()}:{port}"


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(64 * 1024):
        writer.write(data)
        await writer.drain()
    raise ConnectionResetError
