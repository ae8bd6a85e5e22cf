"""The Bot API over python-telegram-bot's `Bot`, its calls made by aiohttp.

PTB's own httpx takes 0.9 ms of processor a call, aiohttp 0.25 ms; and httpcore's pool takes time in the square of the
calls under way (encode/httpcore#1035). Measured with tests/benchmarks/throughput.py.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

    from bot.settings import Settings

CALLS_AT_ONCE = 64
"""Calls under way at once; Telegram's own limit of 30 messages a second never needs more."""
POLL_SECONDS = 50
"""Bot API, getUpdates: long polling; Telegram's servers let go of a request after about a minute."""
CONNECT_SECONDS, QUEUE_SECONDS = 10.0, 30.0


class AiohttpRequest(BaseRequest):
    """How PTB's `Bot` makes its calls. The session is made at the first one: it belongs to the running loop."""

    def __init__(self, at_once: int, read: float) -> None:
        self._at_once, self._read = at_once, read
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Nothing before the first call."""

    async def shutdown(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  # PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # the pieces are small
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # ours for all calls
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # ours for all calls
    ) -> tuple[int, bytes]:
        """One call: its status and body. What goes wrong is named by its class only, for a URL holds the token."""
        read = read_timeout if isinstance(read_timeout, int | float) else self._read
        timeout = ClientTimeout(connect=QUEUE_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=read)
        try:
            async with self._open().request(method, url, data=_form(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._at_once), cookie_jar=DummyCookieJar(), raise_for_status=False
            )
        return self._session


def _form(data: RequestData | None) -> FormData | dict[str, str] | None:
    if data is None or not data.multipart_data:
        return data.json_parameters if data else None
    form = FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def make_bot(settings: Settings) -> Bot:
    """The bot that talks to Telegram, or to the sandbox if one is set."""
    os.environ["PTB_TIMEDELTA"] = "true"  # retry_after as a timedelta; without it PTB warns at each 429
    return Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(CALLS_AT_ONCE, 30),
        get_updates_request=AiohttpRequest(2, POLL_SECONDS + 15),
    )


async def close(bot: Bot) -> None:
    """Let go of its connections."""
    for request in bot._request:  # noqa: SLF001  # Bot.shutdown() wants initialize(), whose getMe we do not need
        await request.shutdown()
