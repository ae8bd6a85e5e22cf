"""Leads Meta's addresses to the sandbox's pages (DESIGN §8). The bot above it is the same as in the open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from bot.domain.web_addresses import belongs_to

if TYPE_CHECKING:
    from bot.domain.looks import LookRules


class SandboxTransport(httpx.AsyncBaseTransport):
    """Asks `{sandbox}/meta/<host>/<path>` for `https://<host>/<path>`; refuses hosts that are not Meta's."""

    def __init__(self, sandbox_url: str, rules: LookRules, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._root = sandbox_url.rstrip("/")
        self._domains = rules.domains
        self._inner = inner or httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Re-address one request; country and network go along as headers."""
        if not belongs_to(str(request.url), self._domains):
            raise httpx.ConnectError(f"{request.url.host} is not in the sandbox", request=request)
        path = request.url.raw_path.decode("ascii")
        there = httpx.URL(f"{self._root}/meta/{request.url.host}{path}")
        headers = [(name, value) for name, value in request.headers.items() if name != "host"]
        told = {f"X-Sandbox-{name.title()}": str(request.extensions.get(name, "")) for name in ("country", "network")}
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method,
                there,
                headers=[("Host", there.netloc.decode("ascii")), *headers, *told.items()],
                stream=request.stream,
                extensions=request.extensions,
            )
        )

    async def aclose(self) -> None:
        """Close what is below."""
        await self._inner.aclose()
