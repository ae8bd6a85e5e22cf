"""What a day was like for one form in one country: the looks of a day added up, kept for ever. Pure records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day. `ok`, `bad` and `no_data` count looks; `down` are seconds of incidents that were not corrected."""

    day: date
    ok: int = 0
    bad: int = 0
    no_data: int = 0
    down: int = 0
