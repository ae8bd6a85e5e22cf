"""Ports for what has to know its address before it listens there."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port that nobody else is given until the tests end: it stays bound, and who wants to listens there."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port = int(holder.getsockname()[1])
    holder.detach()
    return port
