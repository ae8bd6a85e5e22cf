"""What a method is: its name, the parameters it takes, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World

Deed = Callable[[World, Params], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `sends` says that it counts against Telegram's limits."""

    name: str
    deed: Deed
    params: frozenset[str] = frozenset()
    sends: bool = False


def method(name: str, deed: Deed, *params: str, sends: bool = False) -> Method:
    """A method in one line."""
    return Method(name, deed, frozenset(params), sends)
