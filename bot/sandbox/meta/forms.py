"""Meta's forms, by the data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.forms import Form


@cache
def forms() -> Mapping[str, Form]:
    """All forms, by id."""
    from bot.knowledge import load  # noqa: PLC0415

    return load().forms
