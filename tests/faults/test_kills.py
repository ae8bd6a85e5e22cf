"""Promise 1: kill -9 at any moment. Each update takes effect once, each message is told, few are told twice."""

import asyncio
import random

import pytest
import pytest_asyncio

from tests.faults.killing_bot import POINTS
from tests.faults.village import doubled, must_be_once, village

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOME, MANY = ("Anna", "Ben", "Cleo"), tuple(f"Person {number}" for number in range(12))
LONG_KILLS = 60


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(tmp_path_factory):
    async with village(tmp_path_factory.mktemp("village")) as village_:
        yield village_


async def survive(here, names, kill):
    """People walk, the bot is killed and comes back; everybody arrives, and the oracle looks at all that was said."""
    await here.told()
    people = asyncio.gather(*(here.walk(name) for name in names))
    await kill()
    in_air = await here.dies()
    await here.begin()
    chats = await people
    said = await here.told()
    again = {chat: doubled(said[chat]) for chat in chats}
    assert max(again.values()) <= 1, f"more than one message told twice in a chat: {said}"
    assert sum(again.values()) <= in_air, f"{sum(again.values())} told twice, {in_air} in the air"
    kept = await here.kept(chats)
    for chat in chats:
        must_be_once(kept[chat])


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_and_nothing_done_twice_after_a_kill(here, point):
    async def at_the_point():
        here.trigger.arm(point, passing=2)

    await survive(here, SOME, at_the_point)

    assert here.trigger.killed, f"never passed: {point}"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(LONG_KILLS))
async def test_nothing_is_lost_after_a_kill_at_random(here, seed):
    chance = random.Random(seed)

    async def at_random():
        if chance.random() < 0.5:
            here.trigger.arm(chance.choice(POINTS), passing=chance.randint(1, 6))
        else:
            await asyncio.sleep(chance.random() * 0.4)
            here.kill()

    await survive(here, MANY, at_random)


async def test_what_is_in_the_air_lands_before_a_stop_in_good_order(here):
    """A new version or a reboot doubles nothing: the answer to the call that is under way is waited for."""
    chat = await here.sandbox.person("Dora", language_code="de")
    await here.told()
    await here.sandbox.fault("sendMessage", chat_id=chat, delay=0.5)
    await here.sandbox.start(chat, "de_facebook")
    await here.until(lambda: here.trigger.in_air == 1)

    await here.stop()
    await here.begin()
    await here.walk_on(chat)

    assert doubled((await here.told())[chat]) == 0
