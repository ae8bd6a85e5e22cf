"""What is done after a commit: each kind by itself, so that what is quick never waits for what is slow."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot import faults
from bot.domain.orders import Decide, Decision
from bot.use_cases.afterwards import LOOKS_AT_ONCE, Afterwards
from conversations.effects import AnswerPress, LookNow

ANNA, JONAS = 7, 1001


class Parts:
    """Looks that take until they are let go; what an operator ordered, and answered presses, are noted."""

    def __init__(self):
        self.let_go, self.looking, self.heard, self.answered = asyncio.Event(), 0, asyncio.Event(), asyncio.Event()

    async def look_for_somebody(self, country, *, third):
        self.looking += 1
        await self.let_go.wait()

    async def hear(self):
        self.heard.set()

    async def answer_callback_query(self, number):
        if number == "broken":
            raise ZeroDivisionError
        self.answered.set()


async def working(parts, effects, done):
    work = Afterwards(parts, parts, None, (), None, None, None)
    work.add(effects)
    task = asyncio.get_running_loop().create_task(work.run())
    async with asyncio.timeout(30):
        await done.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_an_operators_order_waits_for_no_look():
    parts = Parts()
    many = [(ANNA, LookNow("DE"))] * (3 * LOOKS_AT_ONCE)
    await working(parts, [*many, (JONAS, Decide(1, Decision.STOP))], parts.heard)
    assert parts.looking == LOOKS_AT_ONCE, "and they still look"


async def test_what_fails_unexpectedly_leaves_the_others_alone():
    parts = Parts()
    await working(parts, [(ANNA, AnswerPress("broken")), (ANNA, AnswerPress("1"))], parts.answered)
    assert faults.counted == {"effect_failed": 1}
