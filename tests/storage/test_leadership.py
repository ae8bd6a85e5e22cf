"""Only one process looks."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from sqlalchemy.exc import OperationalError

from bot.storage.leadership import AdvisoryLock, FileLock

HOLDING = """
import sys
from pathlib import Path
from bot.storage.leadership import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.held(), flush=True)
sys.stdin.read()
"""


async def test_whoever_comes_second_does_not_lead(store, reopen):
    assert await store.lead()
    assert await store.lead()
    second = await reopen()
    assert not await second.lead()

    await store.close()

    assert await second.lead()
    await second.close()


def test_a_process_that_is_killed_lets_go(tmp_path):
    path = tmp_path / "bot.db.looking"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "True\n"
        ours = FileLock(path)
        assert not ours.held()
        other.kill()
        other.wait()
        assert ours.held()
        ours.let_go()


class Server:
    """What PostgreSQL does with its advisory locks, as far as we use them: a lock belongs to a session."""

    class dialect:  # noqa: N801  # named as SQLAlchemy names it
        name = "postgresql"

    def __init__(self):
        self.holder = None

    async def connect(self):
        return Session(self)


class Session:
    def __init__(self, server):
        self.server, self.gone = server, False

    async def execution_options(self, **options):
        assert options == {"isolation_level": "AUTOCOMMIT"}, "an idle transaction would hold up the server's broom"
        return self

    async def scalar(self, statement, values):
        assert str(statement) == "SELECT pg_try_advisory_lock(:number)"
        assert 0 < values["number"] < 2**63
        self.server.holder = self.server.holder or self
        return self.server.holder is self

    async def execute(self, _statement):
        if self.gone:
            raise OperationalError("SELECT 1", {}, ConnectionError())

    async def invalidate(self):
        self.server.holder = None if self.server.holder is self else self.server.holder

    async def close(self):
        assert self.server.holder is not self, "a pool would keep the session, and the lock with it"


async def test_one_session_of_a_server_leads():
    server = Server()
    first, second = AdvisoryLock(server), AdvisoryLock(server)

    assert (await first.held(), await second.held(), await first.held()) == (True, False, True)
    await first.let_go()
    assert await second.held()


async def test_a_session_that_broke_does_not_lead_any_more():
    server = Server()
    first, second = AdvisoryLock(server), AdvisoryLock(server)
    assert await first.held()
    server.holder.gone, server.holder = True, None

    assert await second.held()
    assert not await first.held()


class BusySession(Session):
    """A session of a server answers one question at a time."""

    is_asked = False

    async def execute(self, statement):
        if self.is_asked:
            raise OperationalError("SELECT 1", {}, RuntimeError("another operation is in progress"))
        self.is_asked = True
        await asyncio.sleep(0)
        self.is_asked = False
        await super().execute(statement)


class BusyServer(Server):
    async def connect(self):
        await asyncio.sleep(0)
        return BusySession(self)


async def test_several_who_ask_at_once_do_not_cost_the_lead():
    lock = AdvisoryLock(BusyServer())
    assert await asyncio.gather(lock.held(), lock.held()) == [True, True], "also when it is taken"
    assert await asyncio.gather(lock.held(), lock.held()) == [True, True]
