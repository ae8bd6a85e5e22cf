"""What makes a form down: enough bad looks, and somebody besides one network (DESIGN promise 3). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.domain.fresh_starts import broken_since, opened_lately
from bot.domain.incidents import Proof
from bot.domain.observations import Verdict
from bot.domain.policies import NETWORKS, PEOPLE, WORD_BEFORE
from bot.domain.runs import Run, enough_bad, tells, youngest_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.hints import Hints
    from bot.domain.observations import Observation


class Proven(NamedTuple):
    """Why it is down, and the runs that show it."""

    proof: Proof
    runs: tuple[Run, ...]

    @property
    def since(self) -> datetime:
        """The first bad look of this outage."""
        return min(run.begun_at for run in youngest_together(self.runs))


def prove(looks: Sequence[Observation], runs: Sequence[Run], hints: Hints, now: datetime) -> Proven | None:
    """The proof that the form is down, None if there is none. `runs` are those of `looks`."""
    seeing = tuple(run for run in runs if run.sees_it and not run.is_silent(now))
    if len(seeing) >= NETWORKS and enough_bad([look for look in looks if tells(look)]) and _agree(seeing):
        return Proven(Proof.NETWORKS, seeing)
    return next((proven for run in seeing if (proven := _with_people(run, looks, hints, now))), None)


def _agree(seeing: Sequence[Run]) -> bool:
    """Two of the networks began together, or each shows enough by itself."""
    young = youngest_together(seeing)
    return len(young) >= NETWORKS or all(run.shows_enough for run in young)


def _with_people(run: Run, looks: Sequence[Observation], hints: Hints, now: datetime) -> Proven | None:
    """One network, and people or an operator who say the same."""
    if not run.shows_enough or _contradicted(run, looks, hints, now):
        return None
    broken = broken_since(hints, now)
    if broken and broken >= run.begun_at - WORD_BEFORE:
        return Proven(Proof.OPERATOR, (run,))
    return Proven(Proof.PEOPLE, (run,)) if hints.people >= PEOPLE else None


def _contradicted(run: Run, looks: Sequence[Observation], hints: Hints, now: datetime) -> bool:
    """Did anybody see the form itself since? A mere "asks for login" outvotes nobody."""
    since = run.begun_at
    seen = any(look.verdict is Verdict.ANSWERS and look.at >= since for look in looks if look.vantage != run.network)
    return seen or opened_lately(hints, now)
