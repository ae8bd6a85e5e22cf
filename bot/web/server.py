"""Serves an app on a port of this machine until cancelled."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from bot.domain.errors import SettingsError

if TYPE_CHECKING:
    from starlette.applications import Starlette


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket, or one line that says which setting to change."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # who comes before all is ready waits, and is not turned away
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"{setting}: port {port} of {host} can't be used ({error.strerror}). Set another."
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The address under which this machine finds it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def serve(app: Starlette, listener: socket.socket) -> None:
    """Serve on that socket until cancelled."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    await uvicorn.Server(config).serve(sockets=[listener])
