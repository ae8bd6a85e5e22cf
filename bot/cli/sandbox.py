"""`objection-bot sandbox`: a stand-in for Telegram and Meta, in a process of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated

import typer

from bot.sandbox.server import serve


def sandbox(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8088,
) -> None:
    """Run the sandbox: people to play, Meta's pages with switches, a clock to move."""
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(serve(host, port))
