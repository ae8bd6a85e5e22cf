"""Numbers and JSON from outside, read so that nothing odd gets further in."""

from __future__ import annotations

import json
import re
from typing import Any

_NUMBER = re.compile(r"-?[0-9]{1,18}")


def number(text: object) -> int | None:
    """A whole number of bearable length, or None."""
    return int(str(text)) if _NUMBER.fullmatch(str(text)) else None


def strict_json(text: str | bytes) -> Any:
    """JSON as the standard has it, of text that can be written again; raises ValueError otherwise."""
    try:
        given = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    json.dumps(given, ensure_ascii=False).encode()  # half a surrogate pair can't be written
    return given


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")
