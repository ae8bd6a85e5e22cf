"""The real bot in a process that can be killed at a named point, as if the power failed there.

    python tests/faults/killing_bot.py TRIGGER

It waits for a line, then forks a process that is `python -m bot`; so every life begins at once. TRIGGER is a file of
four numbers, shared with the test: which point is armed (1 is the first of POINTS, 0 none), how often it is still to
be passed, the process that was killed there, and how many chats were in the air. It is memory, not messages: what
stands in it after the kill is what was true at that moment.
"""

from __future__ import annotations

import functools
import mmap
import os
import signal
import struct
import sys
from pathlib import Path

SHAPE = struct.Struct("iiii")
POINTS = (
    "before getUpdates",
    "after getUpdates",
    "before gather",
    "after gather",
    "before decide",
    "before save",
    "inside the transaction of save",
    "after the commit of save",
    "before confirming",
    "before claim",
    "after claim",
    "before render",
    "before the send call",
    "while the send call is in the air",
    "after the send's answer",
    "before told",
    "inside the transaction of told",
    "after the commit of told",
    "before answerCallbackQuery",
    "after answerCallbackQuery",
)


class Trigger:
    """The shared file."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(SHAPE.size))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), SHAPE.size)

    def _read(self) -> tuple[int, ...]:
        return SHAPE.unpack(self._memory[:])

    def _write(self, *values: int) -> None:
        self._memory[:] = SHAPE.pack(*values)

    def arm(self, point: str, passing: int) -> None:
        self._write(POINTS.index(point) + 1, passing, 0, 0)

    @property
    def killed(self) -> int:
        return self._read()[2]

    @property
    def in_air(self) -> int:
        return self._read()[3]

    def passed(self, point: str) -> None:
        """Die here if it was the armed passing."""
        armed, passing, _, in_air = self._read()
        if not armed or POINTS[armed - 1] != point:
            return
        if passing > 1:
            self._write(armed, passing - 1, 0, in_air)
            return
        self._write(0, 0, os.getpid(), in_air)
        os.kill(os.getpid(), signal.SIGKILL)

    def flying(self, count: int) -> None:
        self._write(*self._read()[:3], count)


class InAir(set):
    """The deliverer's set of chats in the air, told to the trigger at each change."""

    def __init__(self, trigger: Trigger) -> None:
        super().__init__()
        self._trigger = trigger

    def add(self, chat: int) -> None:
        super().add(chat)
        self._trigger.flying(len(self))

    def discard(self, chat: int) -> None:
        super().discard(chat)
        self._trigger.flying(len(self))


def awaited(trigger, owner, name, before=None, after=None, counts=lambda *_: True):
    """Let an awaited function pass a point before and after it; `counts` looks at its arguments and its result."""
    original = getattr(owner, name)

    @functools.wraps(original)
    async def passing(*args, **kwargs):
        if before and counts(args, None):
            trigger.passed(before)
        result = await original(*args, **kwargs)
        if after and counts(args, result):
            trigger.passed(after)
        return result

    setattr(owner, name, passing)


def called(trigger, owner, name, before=None, after=None):
    """The same for a plain function."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def passing(*args, **kwargs):
        if before:
            trigger.passed(before)
        result = original(*args, **kwargs)
        if after:
            trigger.passed(after)
        return result

    setattr(owner, name, passing)


def mine_receiving(trigger):
    from bot.loops.receive import Receiver
    from bot.storage import Store, saving
    from bot.use_cases.handling import Handler
    from bot.use_cases.intake import Intake

    awaited(trigger, Receiver, "_fetch", POINTS[0])
    awaited(trigger, Receiver, "_fetch", after=POINTS[1], counts=lambda _, updates: bool(updates))
    awaited(trigger, Store, "gather", POINTS[2], POINTS[3])
    called(trigger, Handler, "_decide", POINTS[4])
    awaited(trigger, Store, "save", POINTS[5], POINTS[7])
    called(trigger, saving, "save", after=POINTS[6])
    awaited(trigger, Intake, "take", after=POINTS[8])


def mine_delivering(trigger):
    from telegram import Bot

    from bot.loops.deliver import Deliverer
    from bot.rendering.messages import Renderer
    from bot.storage import outbox

    awaited(trigger, outbox.Outbox, "waiting", POINTS[9])
    awaited(trigger, outbox.Outbox, "waiting", after=POINTS[10], counts=lambda _, found: bool(found))
    called(trigger, Renderer, "message", POINTS[11])
    awaited(trigger, outbox.Outbox, "told", POINTS[15], POINTS[17])
    called(trigger, outbox, "_told", after=POINTS[16])
    awaited(trigger, Bot, "answer_callback_query", POINTS[18], POINTS[19])
    _mine_calls(trigger)
    made = Deliverer.__init__

    def watched(self, *args, **kwargs):
        made(self, *args, **kwargs)
        self._in_air = InAir(trigger)

    Deliverer.__init__ = watched


def _mine_calls(trigger):
    """The HTTP calls that say something in a chat; "in the air" is when the whole request has been written."""
    import asyncio

    from telegram.request import HTTPXRequest

    original = HTTPXRequest.do_request

    async def passing(self, url, *args, **kwargs):
        if not url.endswith(("/sendMessage", "/editMessageText", "/sendDocument")):
            return await original(self, url, *args, **kwargs)
        trigger.passed(POINTS[12])
        call = asyncio.ensure_future(original(self, url, *args, **kwargs))
        await asyncio.wait([call], timeout=0.002)
        trigger.passed(POINTS[13])
        answer = await call
        trigger.passed(POINTS[14])
        return answer

    HTTPXRequest.do_request = passing


def lives():
    """One life of the bot for each line on standard input; says whom it bore and how it ended."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            os.dup2(2, 1)
            main()
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    trigger = Trigger(Path(sys.argv.pop(1)))
    mine_receiving(trigger)
    mine_delivering(trigger)
    import bot.app  # noqa: F401  # read once, so that every life begins at once
    from bot.__main__ import main

    lives()
