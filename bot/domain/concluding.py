"""From looks and hints to a status and an incident (DESIGN promise 3). Pure, and without memory of its own:
everything follows from the looks of a day, the open incident, those that ended lately, and the hints.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.conditions import Seen, status_of
from bot.domain.flapping import is_flapping
from bot.domain.fresh_starts import counting
from bot.domain.hints import Hints, Pause
from bot.domain.lasting import begin, end, go_on, good_since
from bot.domain.policies import LOOKED_BACK
from bot.domain.proofs import prove
from bot.domain.runs import in_order, runs_of, tells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status

__all__ = ["Change", "Conclusion", "Hints", "Pause", "conclude"]


class Change(StrEnum):
    """What is news about an incident."""

    NONE = "none"
    OPENED = "opened"
    CAUSE = "cause"
    """It lasts, and fails in another way."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is to be said, and the incident as it is to be kept now (id 0: a new one; None: there is none)."""

    status: Status
    incident: Incident | None
    change: Change


def conclude(  # noqa: PLR0913, PLR0917  # everything that a conclusion may rest on, and nothing else
    form: str,
    country: str,
    looks: Sequence[Observation],
    open_incident: Incident | None,
    past: Sequence[Incident],
    hints: Hints,
    now: datetime,
) -> Conclusion:
    """What the looks of a day mean for one form in one country.

    `looks` are those of the last 24 hours from all vantages, oldest first; `past` are the incidents that ended or were
    corrected in that time; `now` is in UTC. Rules and reasons: docs/decisions/5.
    """
    lately = in_order([look for look in looks if now - look.at <= LOOKED_BACK])
    telling = tuple(look for look in lately if tells(look))
    incident, change = open_incident, Change.NONE
    flapping = is_flapping(past, now)
    counted = counting(lately, past, hints, now)
    if not (hints.pause and hints.pause.holds(now)):
        incident, change = (
            _last(open_incident, telling, hints, now, flapping=flapping)
            if open_incident
            else _arise(counted, hints, now)
        )
    seen = Seen(form, country, lately, telling, runs_of(counted), incident, hints, flapping=flapping)
    return Conclusion(status_of(seen, now), incident, change)


def _arise(looks: Sequence[Observation], hints: Hints, now: datetime) -> tuple[Incident | None, Change]:
    proven = prove(looks, runs_of(looks), hints, now)
    return (begin(proven, now), Change.OPENED) if proven else (None, Change.NONE)


def _last(
    incident: Incident, looks: Sequence[Observation], hints: Hints, now: datetime, *, flapping: bool
) -> tuple[Incident, Change]:
    lasting = go_on(incident, looks)
    good = good_since(lasting, looks, now)
    if ended := end(lasting, good, hints, now, flapping=flapping):
        return ended, Change.ENDED
    return lasting, Change.NONE if lasting.causes == incident.causes else Change.CAUSE
