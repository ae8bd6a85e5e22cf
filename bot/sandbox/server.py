"""The sandbox's own web server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from bot.sandbox.app import create_app

if TYPE_CHECKING:
    import socket

    from starlette.applications import Starlette

GRACE = 2
"""Seconds that an answer in the making may take when the server stops."""


class Server(uvicorn.Server):
    """Serves one sandbox; those who wait in it are let go before it stops."""

    def __init__(self, app: Starlette, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(
            uvicorn.Config(
                app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
                timeout_graceful_shutdown=GRACE, timeout_keep_alive=75, lifespan="on",
            )
        )  # fmt: skip
        self._world = app.state.world

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; waiting polls end at once."""
        self._world.close()
        await super().shutdown(sockets)


async def serve(host: str = "127.0.0.1", port: int = 8088) -> None:
    """Run until asked to stop. Bound to one address, it answers to that name too."""
    await Server(create_app(hosts=[host]), host, port).serve()
