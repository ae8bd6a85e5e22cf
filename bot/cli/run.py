"""`objection-bot`: the real bot with a BOT_TOKEN; without one the sandbox beside it."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.failing import one_line
from bot.domain.errors import SettingsError
from bot.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.settings import Settings

SANDBOX_PORT = 8088
STARTS_WITHIN = 20
"""Seconds that the sandbox may take to answer."""


def run() -> None:
    """Run the bot until it is stopped."""
    with one_line():
        settings = load_settings()
        if settings.bot_token or settings.sandbox_url:
            _run(settings)
            return
        with tempfile.TemporaryDirectory(prefix="objection-bot-") as folder, _sandbox() as url:
            print(f"Open {url} and talk to the bot. It is a sandbox: not Telegram, not Meta, and it keeps nothing.")
            print("With a BOT_TOKEN the same command runs the real bot. Stop with Ctrl+C.", flush=True)
            _run(_trial(url, Path(folder)), lambda page: print(f"What is seen of the forms: {page}/status", flush=True))


def _trial(url: str, folder: Path) -> Settings:
    """Settings for a trial: nothing of it stays on the disk, no port can be taken."""
    database = f"sqlite+aiosqlite:///{folder / 'trial.db'}"
    return load_settings(
        sandbox_url=url,
        database_url=database,
        data_key_file=folder / "keys" / "data.key",
        http_port=0,
        private_port=0,
    )


def _run(settings: Settings, listening: Callable[[str], None] = lambda _address: None) -> None:
    from bot import logs  # other commands start faster without all this
    from bot.app import built

    logs.set_up(settings.log_level, settings.log_format)

    async def main() -> None:
        task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel if task else lambda: None)
        async with built(settings) as app:
            await app.run(listening)

    with suppress(asyncio.CancelledError):
        asyncio.run(main())


@contextmanager
def _sandbox() -> Iterator[str]:
    """A sandbox in a process of its own, stopped with us."""
    port = _free_port()
    command = [sys.executable, "-m", "bot", "sandbox", "--port", str(port)]
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603  # ourselves
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a trial that has just ended is no hindrance
        try:
            probe.bind(("127.0.0.1", SANDBOX_PORT))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/clock", timeout=1):  # noqa: S310  # our own address
            return
        time.sleep(0.05)
    raise SettingsError("The sandbox did not start; its lines above say why.")
