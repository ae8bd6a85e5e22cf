"""How an incident begins, changes and ends. Pure: each function gives the record as it is to be kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.domain.flapping import is_calm
from bot.domain.incidents import Cause, Incident
from bot.domain.observations import Observation, Reason, Verdict
from bot.domain.policies import GOOD_IN_A_ROW, STALE_AFTER
from bot.domain.runs import good_at_end, is_bad, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.hints import Hints
    from bot.domain.proofs import Proven

Each = TypeVar("Each")
CAUSES = {
    Reason.CONNECTION: Cause.CONNECTION,
    Reason.CERTIFICATE: Cause.CERTIFICATE,
    Reason.SERVER_ERROR: Cause.SERVER_ERROR,
}
"""Of a form that is gone; whatever is not here is simply gone."""


def cause_of(look: Observation) -> Cause:
    """What a bad look saw instead of the form."""
    if look.verdict is Verdict.MOVED:
        return Cause.MOVED
    if look.verdict is Verdict.PLATFORM_DOWN:
        return Cause.PLATFORM_DOWN
    return CAUSES.get(look.reason, Cause.GONE)


def begin(proven: Proven, now: datetime) -> Incident:
    """A new incident, dated back to the first bad look."""
    since = proven.since
    found = (look for run in proven.runs for look in run.bad if look.at >= since)
    bad = sorted(found, key=lambda look: (look.at, look.id))
    return Incident(
        id=0,
        form=bad[0].form,
        country=bad[0].country,
        started_at=min(since, now),
        confirmed_at=now,
        causes=_each_once(map(cause_of, bad)),
        proof=proven.proof,
        networks=tuple(run.network for run in proven.runs),
        looks=len(bad),
        last_bad_at=bad[-1].at,
    )


def go_on(incident: Incident, looks: Sequence[Observation]) -> Incident:
    """The open incident with what was seen since."""
    seen_until = incident.last_bad_at or incident.confirmed_at
    networks = _each_once((*incident.networks, *(run.network for run in runs_of(looks) if run.sees_it)))
    new = [look for look in looks if is_bad(look) and look.at > seen_until and look.vantage in networks]
    if not new:
        return incident
    return replace(
        incident,
        causes=_each_once((*incident.causes, *map(cause_of, new))),
        networks=networks,
        looks=incident.looks + len(new),
        last_bad_at=max(look.at for look in new),
    )


def good_since(incident: Incident, looks: Sequence[Observation], now: datetime) -> tuple[Observation, ...]:
    """The good looks of the incident's networks since their last bad one; of all, if those tell nothing any more.

    A network that saw the form well all the time (from another country, say) does not end what it never saw. A single
    one that still sees it fail while the others see it well keeps it open for `CALM_AFTER`: alone it proves nothing.
    """
    own = [look for look in looks if look.vantage in incident.networks]
    runs = runs_of(own)
    good = good_at_end(looks if all(run.is_silent(now) for run in runs) else own)
    failing = [run.network for run in runs if is_bad(run.last) and not run.is_silent(now)]
    if len(failing) == 1:
        others = good_at_end([look for look in own if look.vantage not in failing])
        good = others if is_calm(others, now) else good
    if incident.confirmed_at > now:  # the clock was set back: only the order can be relied on
        return good
    return tuple(look for look in good if look.at >= incident.confirmed_at)


def end(
    incident: Incident, good: Sequence[Observation], hints: Hints, now: datetime, *, flapping: bool
) -> Incident | None:
    """The ended incident, or None if it lasts. An operator who opened the form counts as one good look."""
    opened = hints.opened_by_operator
    by_hand = opened is not None and (incident.last_bad_at or incident.confirmed_at) < opened <= now
    if not good or len(good) + by_hand < GOOD_IN_A_ROW or (flapping and not is_calm(good, now)):
        return None
    return replace(incident, ended_at=max(_end_of(incident, good[0].at), incident.started_at))


def _end_of(incident: Incident, first_good: datetime) -> datetime:
    """The first good look; or the last bad one, if nothing was seen for so long that we can't vouch for the time."""
    last_bad = incident.last_bad_at
    return last_bad if last_bad and first_good - last_bad > STALE_AFTER else first_good


def _each_once(items: Iterable[Each]) -> tuple[Each, ...]:
    return tuple(dict.fromkeys(items))
