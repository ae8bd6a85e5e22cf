"""Who may ask: this machine's own pages and programs. Bounds what comes in, and closes what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot.sandbox.aborting import RAW_RECEIVE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALL = 2**20
DOCUMENT = 20 * 2**20
LARGE = DOCUMENT * 4 // 3 + SMALL
"""A document in base64, with its surroundings."""
LOCAL = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """An ASGI layer around everything."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._hosts = LOCAL | hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        if problem := self._foreign(headers, path):
            await JSONResponse({"ok": False, "error_code": 403, "description": problem}, 403)(scope, receive, send)
            return
        limit = allowance(path)
        if int(headers.get("content-length") or 0) > limit:
            await too_large()(scope, receive, send)
            return
        scope[RAW_RECEIVE] = receive
        bounded = receive if "content-length" in headers else _bounded(receive, limit)
        await self._app(scope, bounded, _with_headers(send))

    def _foreign(self, headers: Headers, path: str) -> str:
        """Why a request is refused; empty if it is one of ours."""
        host = _host(headers.get("host", ""))
        if host not in self._hosts:
            return f"Forbidden: the sandbox does not answer to the host {host!r}"
        origin = headers.get("origin")
        if origin and urlsplit(origin).netloc != headers.get("host"):
            return "Forbidden: the request comes from another site"
        elsewhere = headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        visit = headers.get("sec-fetch-mode") == "navigate" and not path.startswith(("/bot", "/file", "/sandbox"))
        return "Forbidden: the request comes from another site" if elsewhere and not visit else ""


def _host(value: str) -> str:
    try:
        return urlsplit(f"//{value}").hostname or ""
    except ValueError:
        return ""


def allowance(path: str) -> int:
    """How large a body may be."""
    last = path.rpartition("/")[2].lower()
    return LARGE if last in {"senddocument", "sendphoto", "messages"} else SMALL


def too_large() -> JSONResponse:
    """The answer to a body over the limit."""
    return JSONResponse({"ok": False, "error_code": 413, "description": "Request Entity Too Large"}, 413)


def _bounded(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, "Request Entity Too Large")
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return closed
