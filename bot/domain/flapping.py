"""The flap brake: a form that goes to and fro is called unstable once, and then left until it is calm. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.policies import CALM_AFTER, FLAPS, LOOKED_BACK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation


def is_flapping(past: Sequence[Incident], now: datetime) -> bool:
    """Did so many outages end within a day that the next one is to be braked? Corrected ones were none."""
    ended = (each.ended_at for each in past if each.corrected_at is None)
    return sum(at is not None and now - at <= LOOKED_BACK for at in ended) >= FLAPS


def is_calm(good: Sequence[Observation], now: datetime) -> bool:
    """Are the good looks at the end old enough to call it calm?"""
    return bool(good) and now - good[0].at >= CALM_AFTER
