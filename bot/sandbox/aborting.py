"""A connection that breaks instead of answering."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

RAW_RECEIVE = "sandbox.receive"
"""Where the guard leaves the server's own `receive`, from which the connection is reached."""


class Aborted(Response):
    """Resets the connection; where it can't be reached, breaks off in the middle of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Break off."""
        cycle = getattr(scope.get(RAW_RECEIVE, receive), "__self__", None)
        transport = getattr(cycle, "transport", None)
        if transport is None:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
            return
        transport.abort()
        # The server learns of it a moment later; until then it would take silence for a fault of ours.
        # Nothing tells us when, so we look.
        while not getattr(cycle, "disconnected", True):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
