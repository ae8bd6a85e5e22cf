"""What a button carries: screen, choice, case and revision, in at most 64 bytes (Bot API: callback_data)."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 64
_SHAPE = re.compile(r"([a-z]+)\.([a-z_]+):([A-Za-z0-9_.-]{1,24}):(\d{0,4}):(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Button:
    """A button's data. `case` is a number of the person's own cases."""

    screen: str
    choice: str
    case: int | None
    revision: int

    def encode(self) -> str:
        """As callback_data; ValueError if it would not fit."""
        data = f"{self.screen.replace('/', '.')}:{self.choice}:{self.case or ''}:{self.revision}"
        if len(data.encode()) > MAX_BYTES or not _SHAPE.fullmatch(data):
            raise ValueError(f"button does not fit: {data!r}")
        return data


def decode(data: str) -> Button | None:
    """The button of that data, None if it is none of ours."""
    match = _SHAPE.fullmatch(data)
    if not match:
        return None
    flow, step, choice, case, revision = match.groups()
    return Button(f"{flow}/{step}", choice, int(case) if case else None, int(revision))
