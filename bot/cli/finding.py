"""One thing that `doctor` found."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How grave it is. `stop`: the bot does not start like this, or can't do its work."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"


class Finding(NamedTuple):
    """A line: what is so, and what to do about it."""

    level: Level
    words: str


def ok(words: str) -> Finding:
    return Finding(Level.OK, words)


def warn(words: str) -> Finding:
    return Finding(Level.WARN, words)


def stop(words: str) -> Finding:
    return Finding(Level.STOP, words)
