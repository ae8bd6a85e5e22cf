"""What a connection shows while it is made: how long its phases took, the server's address and certificate."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.domain.observations import Evidence

if TYPE_CHECKING:
    import httpx

    from bot.domain.observations import Hop

PHASES = {
    "connect_tcp": ("connect_tcp", "connect"),
    "start_tls": ("start_tls", "tls"),
    "receive_response_headers": ("send_request_headers", "first_byte"),
}
"""By the step at whose end it ends: the step at whose start it starts, and its name."""


class Trace:
    """Takes down one page's phases over all its hops; an extension of httpx's requests."""

    def __init__(self) -> None:
        self._started: dict[str, float] = {}
        self._phases: defaultdict[str, float] = defaultdict(float)
        self._address, self._certificate = "", ""
        self._expires: datetime | None = None
        self._unready: Any = None

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        """Note one event of httpcore's, such as `connection.start_tls.complete`."""
        _, step, state = event.split(".")
        self._clock(step, state)
        if step == "connect_tcp" and state == "complete":
            self._unready = info["return_value"]
        elif step == "setup_socks5_connection" and state == "failed":
            await self._unready.aclose()  # httpcore 1.0 forgets it where a proxy refuses us

    def _clock(self, step: str, state: str) -> None:
        now = asyncio.get_running_loop().time()
        if state == "started":
            self._started[step] = now
        elif state == "complete" and step in PHASES:
            begun, name = PHASES[step]
            self._phases[name] += now - self._started.get(begun, now)

    def met(self, response: httpx.Response, *, behind_proxy: bool) -> None:
        """Note whom we talk to. Behind a proxy the address would be the proxy's own."""
        stream = response.extensions.get("network_stream")
        if stream is None:
            return
        address = None if behind_proxy else stream.get_extra_info("server_addr")
        self._address = str(address[0]) if address else ""
        tls = stream.get_extra_info("ssl_object")
        if tls is not None and (certificate := tls.getpeercert(binary_form=True)):
            self._certificate = hashlib.sha256(certificate).hexdigest()
            self._expires = _expires(tls.getpeercert() or {})

    def evidence(self, hops: tuple[Hop, ...], sha256: str, seconds: float) -> Evidence:
        """All of it."""
        return Evidence(
            hops=hops,
            sha256=sha256,
            address=self._address,
            certificate=self._certificate,
            expires=self._expires,
            phases=(*((name, round(took, 4)) for name, took in self._phases.items()), ("total", round(seconds, 4))),
        )


def _expires(certificate: dict[str, Any]) -> datetime | None:
    told = certificate.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(told), UTC) if told else None
