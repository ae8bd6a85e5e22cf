"""A small measuring service on this machine: takes questions, answers as the real one does, well and badly."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable

PROBE = {
    "continent": "EU", "region": "Western Europe", "country": "DE", "state": None, "city": "Falkenstein", "asn": 3320,
    "network": "Deutsche Telekom AG", "latitude": 50.48, "longitude": 12.37, "tags": ["eyeball-network"],
    "resolvers": ["private"],
}  # fmt: skip
TLS = {
    "authorized": True, "protocol": "TLSv1.3", "cipherName": "TLS_AES_128_GCM_SHA256",
    "createdAt": "2026-10-01T00:00:00.000Z", "expiresAt": "2026-12-30T23:59:59.000Z",
    "subject": {"CN": "*.facebook.com", "alt": "DNS:*.facebook.com"}, "issuer": {"C": "US", "O": "A CA", "CN": "A CA"},
    "keyType": "EC", "keyBits": 256, "serialNumber": "0A:0B", "fingerprint256": ":".join(["AB"] * 32),
    "publicKey": "04:05",
}  # fmt: skip
TIMINGS = {"total": 325, "dns": 37, "tcp": 32, "tls": 36, "firstByte": 219, "download": 1}


def got(body: str | None = "<h1>Help</h1>", status: int = 200, *, truncated: bool = False, **headers: Any) -> dict:
    """A finished test."""
    return {
        "status": "finished", "resolvedAddress": "157.240.1.35", "statusCode": status, "statusCodeName": "Said",
        "headers": {"content-type": "text/html", "set-cookie": ["datr=secret; Path=/", "b=2"]} | headers,
        "rawHeaders": "…", "rawBody": body, "rawOutput": f"HTTP/1.1 {status}\n\n{body}", "truncated": truncated,
        "timings": dict(TIMINGS), "tls": dict(TLS),
    }  # fmt: skip


def redirected(target: str, status: int = 302) -> dict:
    return got(None, status, location=target)


def refused_certificate() -> dict:
    found = got()
    found["tls"] |= {"authorized": False, "error": "CERT_HAS_EXPIRED"}
    return found


def failed(source: str | None, status: str = "failed") -> dict:
    return {"status": status, "rawOutput": "Request timeout."} | ({"failureSource": source} if source else {})


class Exchange(NamedTuple):
    """One request and its answer."""

    method: str
    path: str
    headers: dict[str, str]
    question: Any
    status: int
    answer: Any


class ServiceStandIn:
    """Results by page (`<host>/<path>`). `before` holds answers (status, headers, body) given first, by path's kind."""

    def __init__(self, results: dict[str, dict | list]) -> None:
        self.results = results
        self.said: list[Exchange] = []
        self.before: dict[str, list] = {"create": [], "read": [], "limits": []}
        self.measurements: dict[str, dict] = {}
        self.in_progress = 1
        self.remaining, self.limit, self.reset = 250, 250, 3600
        self.raw: Callable[[asyncio.StreamWriter], Any] | None = None
        self.change: Callable[[dict], Any] = lambda _measurement: None
        self._tasks: set[asyncio.Task] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def questions(self) -> list[dict]:
        return [each.question for each in self.said if each.method == "POST"]

    def count(self, method: str) -> int:
        return sum(each.method == method for each in self.said)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.current_task())
        with contextlib.suppress(asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
            try:
                while True:
                    await self._one(reader, writer)
            finally:
                writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = lines[0].split(" ")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if self.raw:
            await self.raw(writer)
            return
        question = json.loads(body) if body else None
        status, extra, answer = self._answer(method, path, headers, question)
        self.said.append(Exchange(method, path, headers, question, status, copy.deepcopy(answer)))
        content = b"" if answer is None else (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        head = {"Content-Length": str(len(content)), "Content-Type": "application/json", **extra}
        writer.write(f"HTTP/1.1 {status} Said\r\n".encode())
        writer.write("".join(f"{name}: {value}\r\n" for name, value in head.items()).encode() + b"\r\n" + content)
        await writer.drain()

    def _answer(self, method: str, path: str, headers: dict, question: Any) -> tuple[int, dict, Any]:
        kind = "create" if method == "POST" else "limits" if path == "/v1/limits" else "read"
        if self.before[kind]:
            status, extra, answer = self.before[kind].pop(0)
            return status, extra, answer
        if kind == "limits":
            create = {"type": "ip", "limit": self.limit, "remaining": self.remaining, "reset": self.reset}
            return 200, {}, {"rateLimit": {"measurements": {"create": create}}}
        return self._create(question) if kind == "create" else self._read(path.rpartition("/")[2], headers)

    def _create(self, question: dict) -> tuple[int, dict, Any]:
        self.remaining -= 1
        id_ = f"M{len(self.measurements)}x"
        request = question["measurementOptions"]["request"]
        result = self.results.get(question["target"] + request["path"], got("<h1>Not found</h1>", 404))
        if isinstance(result, list):
            result = result.pop(0) if len(result) > 1 else result[0]
        self.measurements[id_] = {
            "id": id_, "type": "http", "status": "in-progress", "createdAt": "2026-11-23T12:00:00.000Z",
            "updatedAt": "2026-11-23T12:00:01.000Z", "target": question["target"], "probesCount": 1,
            "measurementOptions": question["measurementOptions"],
            "results": [{"probe": dict(PROBE), "result": {"status": "in-progress", "rawOutput": ""}}],
            "polls": self.in_progress, "then": result,
        }  # fmt: skip
        limits = {
            "X-RateLimit-Limit": self.limit, "X-RateLimit-Consumed": 1, "X-RateLimit-Remaining": self.remaining,
            "X-RateLimit-Reset": self.reset, "X-Request-Cost": 1, "Location": f"{self.url}/v1/measurements/{id_}",
        }  # fmt: skip
        return 202, limits, {"id": id_, "probesCount": 1}

    def _read(self, id_: str, headers: dict) -> tuple[int, dict, Any]:
        kept = self.measurements[id_]
        if kept["polls"] > 0:
            kept["polls"] -= 1
            if headers.get("if-none-match") == 'W/"waiting"':
                return 304, {"ETag": 'W/"waiting"'}, None
        else:
            kept["status"], kept["results"][0]["result"] = "finished", kept["then"]
            self.change(kept)
        shown = {name: value for name, value in kept.items() if name not in {"polls", "then"}}
        return 200, {"ETag": f'W/"{"waiting" if kept["status"] == "in-progress" else "done"}"'}, shown


def page_of(question: dict) -> str:
    """The address that a question is about."""
    request = question["measurementOptions"]["request"]
    return question["target"] + request["path"] + (f"?{request['query']}" if "query" in request else "")
