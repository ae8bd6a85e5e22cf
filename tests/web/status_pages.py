"""The public pages over real HTTP, of a board in memory."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from html import unescape
from typing import TYPE_CHECKING

import httpx
import uvicorn
from starlette.applications import Starlette

from bot.knowledge import load
from bot.use_cases.publishing import Publisher
from bot.web.server import listen
from bot.web.status import StatusPages
from tests.web.boards import BoardInMemory, StandingClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.domain.closing import Closing

KNOWLEDGE = load(None)
OPERATOR = {"name": "Advice <Centre> & Co", "contact": "bot@example.org"}


def pages_of(board: BoardInMemory, closing: Callable[[], Closing | None] = lambda: None) -> StatusPages:
    return StatusPages(Publisher(board, KNOWLEDGE, StandingClock(), closing), OPERATOR)


@asynccontextmanager
async def reader_of(
    board: BoardInMemory, closing: Callable[[], Closing | None] = lambda: None
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without languages, on pages that are served."""
    app = Starlette(routes=pages_of(board, closing).routes())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    with listen("127.0.0.1", 0, "HTTP_PORT") as listener:
        task = asyncio.get_running_loop().create_task(server._serve([listener]))  # signals belong to pytest
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            async with httpx.AsyncClient(base_url=url, trust_env=False, verify=False) as reader:
                yield reader
        finally:
            server.should_exit = True
            await task


def said(page: str) -> str:
    """What is read on a page."""
    inside = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+([),.])", r"\1", " ".join(unescape(inside).split()))
