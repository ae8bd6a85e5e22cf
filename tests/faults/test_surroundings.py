"""What goes wrong around the bot: each gives one understandable line, and nothing is lost."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress

from tests.faults.village import PATIENCE, ROOT, WALK, Village
from tests.ports import free_port
from tests.sandbox_server import running_sandbox

TOKEN = "123456789:refused-token-of-the-right-shape-01"


@asynccontextmanager
async def bot(folder, **environment):
    """A real `python -m bot`; its lines are in the file `lines`."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "LOG_LEVEL": "warning"}
    kept = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "DATA_KEY_FILE": f"{folder}/keys/data.key",
        "HTTP_PORT": "0",
        "PRIVATE_PORT": "0",
    }
    with (folder / "lines").open("ab") as lines:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=folder, env=known | kept | environment, stdout=PIPE, stderr=lines
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), PATIENCE)


def lines_of(folder):
    return (folder / "lines").read_text().splitlines()


async def test_a_database_locked_for_five_seconds_is_waited_for_in_one_line(tmp_path):
    async with running_sandbox() as sandbox, bot(tmp_path, SANDBOX_URL=sandbox.url):
        village = Village(sandbox, tmp_path)
        chat = await village.walk("Anna")
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ben = await sandbox.person("Ben", language_code="de")
            await sandbox.start(ben, "de_facebook")
            async with asyncio.timeout(PATIENCE):
                while not lines_of(tmp_path):
                    await asyncio.sleep(0.05)
            await asyncio.sleep(5)  # the lock that is asked for
            other.execute("COMMIT")
        await village.walk_on(ben)
        said = await village.told()

    assert said[chat] == said[ben] == list(range(1, len(WALK) + 1))
    lines = lines_of(tmp_path)
    assert lines, "it is said that the bot waits"
    assert all("database_slow" in line for line in lines), lines  # a loaded machine is slow again now and then


async def test_a_refused_token_ends_the_bot_in_one_line_that_names_the_remedy(tmp_path):
    async with running_sandbox() as sandbox:
        await sandbox.fault("*", times=100, error_code=401, description="Unauthorized")
        public = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": sandbox.url}
        named = {"OPERATOR_NAME": "Anna", "OPERATOR_CONTACT": "anna@example.org"}
        async with bot(tmp_path, **public, **named) as process:
            await asyncio.wait_for(process.wait(), PATIENCE)

    assert process.returncode == 78
    assert lines_of(tmp_path) == ["BOT_TOKEN: Telegram refuses it. Copy it anew from BotFather."]


@asynccontextmanager
async def network(port, behind):
    """From now on that port leads to the sandbox behind it."""

    async def passed_on(reader, writer):
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def joined(reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", behind)
        await asyncio.gather(passed_on(reader, back), passed_on(there, writer))

    server = await asyncio.start_server(joined, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()


async def test_a_dead_network_is_told_once_and_what_was_written_meanwhile_arrives(tmp_path):
    port = free_port()
    public = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
    named = {"OPERATOR_NAME": "Anna", "OPERATOR_CONTACT": "anna@example.org"}
    async with running_sandbox() as sandbox, AsyncExitStack() as stack:
        await stack.enter_async_context(bot(tmp_path, **public, **named))
        village = Village(sandbox, tmp_path)
        walking = asyncio.ensure_future(village.walk("Anna"))
        async with asyncio.timeout(PATIENCE):
            while not lines_of(tmp_path):
                await asyncio.sleep(0.05)
        async with network(port, int(sandbox.url.rpartition(":")[2])):
            chat = await walking
            said = await village.told()
            await stack.aclose()

    assert said[chat] == list(range(1, len(WALK) + 1))
    lines = lines_of(tmp_path)
    assert "Telegram can't be reached" in lines[0]
    assert "receiving_again" in lines[1]
    assert len(lines) == 2, lines
