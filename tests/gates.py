"""A gate at a call: the first one waits there until it is let go, so that a test decides what happens meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

WHILE = 0.5
"""Seconds in which what nobody holds up is done. Who is rightly held up waits that long, and no test depends on it."""


class Gate:
    """`monkeypatch.setattr(owner, name, gate)`, with the call as it was; `before` it does its work, or after."""

    def __init__(self, call: Any, *, before: bool = False) -> None:
        self._call, self._before, self._is_first = call, before, True
        self.reached, self._open = asyncio.Event(), asyncio.Event()

    async def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self._is_first:
            return await self._call(*args, **kwargs)
        self._is_first = False
        if self._before:
            await self._wait()
            return await self._call(*args, **kwargs)
        given = await self._call(*args, **kwargs)
        await self._wait()
        return given

    async def _wait(self) -> None:
        self.reached.set()
        await self._open.wait()

    def let_go(self) -> None:
        self._open.set()


def gate_at(monkeypatch: Any, owner: Any, name: str, *, before: bool = False) -> Gate:
    gate = Gate(getattr(owner, name), before=before)
    monkeypatch.setattr(owner, name, gate)
    return gate


async def meanwhile(gate: Gate, first: Any, second: Any) -> None:
    """Begin the first; when it stands at the gate do the second, as far as that comes; then let go and finish both."""
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(first)
        await gate.reached.wait()
        await asyncio.wait([group.create_task(second)], timeout=WHILE)
        gate.let_go()
