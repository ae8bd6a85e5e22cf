"""The Bot API over python-telegram-bot's `Bot`: httpx on aiohttp's transport.

httpcore's pool takes time in the square of the calls under way (encode/httpcore#1035); aiohttp's does not. PTB on
aiohttp without httpx was measured at 1.4 instead of 1.7 ms an update: not worth a request class of our own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from httpx_aiohttp import AiohttpTransport
from telegram import Bot
from telegram.request import HTTPXRequest

if TYPE_CHECKING:
    from bot.settings import Settings

CALLS_AT_ONCE = 64
"""Calls under way at once; Telegram's own limit of 30 messages a second never needs more."""
POLL_SECONDS = 50
"""Bot API, getUpdates: long polling; Telegram's servers let go of a request after about a minute."""


def _request(at_once: int, read: float) -> HTTPXRequest:
    def session() -> ClientSession:
        return ClientSession(connector=TCPConnector(limit=at_once), cookie_jar=DummyCookieJar(), auto_decompress=False)

    return HTTPXRequest(
        connection_pool_size=at_once,
        read_timeout=read,
        write_timeout=20,
        connect_timeout=10,
        pool_timeout=30,
        httpx_kwargs={"transport": AiohttpTransport(client=session), "trust_env": False},
    )


def make_bot(settings: Settings) -> Bot:
    """The bot that talks to Telegram, or to the sandbox if one is set."""
    os.environ["PTB_TIMEDELTA"] = "true"  # retry_after as a timedelta; without it PTB warns at each 429
    return Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=_request(CALLS_AT_ONCE, 30),
        get_updates_request=_request(2, POLL_SECONDS + 15),
    )


async def close(bot: Bot) -> None:
    """Let go of its connections."""
    for request in bot._request:  # noqa: SLF001  # Bot.shutdown() wants initialize(), whose getMe we do not need
        await request.shutdown()
