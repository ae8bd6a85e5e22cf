"""From when on bad looks count: after an outage, a correction, a pause, or an operator who opened the form. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.policies import WORD_HOLDS
from bot.domain.runs import is_bad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.domain.hints import Hints
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation


def counting(
    looks: Sequence[Observation], past: Sequence[Incident], hints: Hints, now: datetime
) -> tuple[Observation, ...]:
    """The looks that may open an incident: of the bad ones those since the last fresh start, and all others."""
    start = max(_starts(looks, past, hints, now), default=None)
    return tuple(look for look in looks if start is None or not is_bad(look) or look.at > start)


def opened_lately(hints: Hints, now: datetime) -> bool:
    """Did an operator open the form within a day, and was that the last that one said?"""
    opened, broken = hints.opened_by_operator, hints.broken_for_operator
    return _speaks(opened, now) and (broken is None or opened is None or opened >= broken)


def broken_since(hints: Hints, now: datetime) -> datetime | None:
    """When the form did not open for an operator, if that was within a day and the last that one said."""
    broken = hints.broken_for_operator
    return broken if _speaks(broken, now) and not opened_lately(hints, now) else None


def _speaks(word: datetime | None, now: datetime) -> bool:
    """A word from the future was noted under a wrong clock."""
    return word is not None and word <= now <= word + WORD_HOLDS


def _starts(looks: Sequence[Observation], past: Sequence[Incident], hints: Hints, now: datetime) -> Iterator[datetime]:
    """Times that lie ahead were noted under a wrong clock and are passed over."""
    yield from (start for each in past if (start := _after(each, looks, now)) and start <= now)
    if hints.pause and hints.pause.until <= now:
        yield hints.pause.until
    if hints.opened_by_operator and opened_lately(hints, now):
        yield hints.opened_by_operator


def _after(past: Incident, looks: Sequence[Observation], now: datetime) -> datetime | None:
    """An outage's bad looks are used up by its end.

    What was called a false alarm stays one until its networks saw the form well again, or the day is over.
    """
    called_off = past.corrected_at
    if called_off is None:
        return past.ended_at
    well = (look.at for look in looks if look.at > called_off and look.vantage in past.networks and not is_bad(look))
    return next(well, now)
