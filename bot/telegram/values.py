"""Values out of Telegram's updates that we keep or send back: python-telegram-bot passes on whatever stands there."""

from __future__ import annotations

LARGEST_NUMBER = 2**63


def whole(value: object) -> int:
    """A whole number of Telegram's size; TypeError for anything else."""
    if type(value) is not int or abs(value) >= LARGEST_NUMBER:
        raise TypeError("no whole number")
    return value


def string(value: object) -> str:
    """A string that can be sent back: without halves of characters."""
    if not isinstance(value, str):
        raise TypeError("no string")
    value.encode()
    return value
