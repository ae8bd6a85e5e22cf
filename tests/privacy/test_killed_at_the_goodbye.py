"""Promise 5 beside promise 1: a kill between the goodbye and the emptying of the log leaves nothing either."""

import asyncio
from datetime import UTC, datetime

from bot.storage import Seal
from tests.faults.village import PATIENCE, village
from tests.privacy.walking import Walker
from tests.storage.test_erasing import found, pieces
from tests.storage.test_sealing import bytes_of


async def test_what_a_kill_left_in_the_log_is_gone_after_the_next_start(tmp_path):
    async with village(tmp_path) as here:
        chat = await here.walk("Anna")
        walker = Walker(here.sandbox, chat)
        await here.sandbox.say(chat, "/delete")
        await walker.shown("data.delete")
        today = datetime.now(UTC).date()  # noqa: TID251  # the sandbox's clock is not moved here
        seal = Seal.from_file(tmp_path / "keys" / "data.key", on=today)
        traces = set(pieces(seal.hash("chat", chat)))
        here.trigger.arm("after the commit of told", passing=1)
        await walker.choose("data.delete", "yes")
        await here.dies()
        assert found(traces, bytes_of(tmp_path)), "the search finds them after the kill"

        await here.begin()
        async with asyncio.timeout(PATIENCE):
            while found(traces, bytes_of(tmp_path)):
                await asyncio.sleep(0.05)

    assert not found(traces, bytes_of(tmp_path))
