"""The word for what was concluded, with what it rests on. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.explaining import explain
from bot.domain.observations import Reason, Verdict
from bot.domain.policies import STALE_AFTER
from bot.domain.runs import good_at_end, is_bad, tells, youngest_together
from bot.domain.statuses import Condition, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.domain.hints import Hints
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.domain.runs import Run


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a status is made of: the looks of a day, those that tell, the runs that count, the incident."""

    form: str
    country: str
    looks: Sequence[Observation]
    telling: Sequence[Observation]
    runs: Sequence[Run]
    incident: Incident | None
    hints: Hints
    flapping: bool

    @property
    def lasts(self) -> Incident | None:
        """The incident, if it is open."""
        return self.incident if self.incident and self.incident.is_open else None

    def doubts(self, now: datetime) -> list[Run]:
        """The runs of networks that saw it fail, not well since, and still tell something."""
        return [run for run in self.runs if run.looks and not run.is_silent(now)]


def status_of(seen: Seen, now: datetime) -> Status:
    """The status: the first of these that fits. A pause wins at once; old is shown as old."""
    last = seen.telling[-1] if seen.telling else None
    bare = Status(
        seen.form,
        seen.country,
        Condition.UNSEEN,
        as_of=last.at if last else None,
        seen=last,
        reports=seen.hints.people,
        no_code=seen.hints.no_code,
        incident=seen.lasts.id if seen.lasts else None,
    )
    steps: tuple[Callable[[Seen, Status, datetime], Status | None], ...] = (_paused, _old, _down, _doubted, _good)
    status = next(found for step in steps if (found := step(seen, bare, now)))
    inside = any(network in seen.hints.inside for network in status.networks)
    status = replace(status, from_inside=inside)
    return replace(status, explanation=explain(status, seen, now))


def _paused(seen: Seen, bare: Status, now: datetime) -> Status | None:
    pause = seen.hints.pause
    return replace(bare, condition=Condition.PAUSED, since=pause.since) if pause and pause.holds(now) else None


def _old(seen: Seen, bare: Status, now: datetime) -> Status | None:
    """Nothing told anything lately. If all that came looks like its decoy, it can't be judged from here."""
    if bare.as_of and now - bare.as_of <= STALE_AFTER:
        return None
    lately = [look for look in seen.looks if not tells(look) and now - look.at <= STALE_AFTER]
    alike = [look for look in lately if look.reason is Reason.SAME_AS_DECOY]
    if not alike or seen.lasts or seen.telling:
        return bare
    return replace(bare, condition=Condition.UNJUDGEABLE, since=alike[0].at, networks=_networks(alike), seen=alike[-1])


def _down(seen: Seen, bare: Status, _now: datetime) -> Status | None:
    if not (lasts := seen.lasts):
        return None
    return replace(
        bare,
        condition=Condition.UNSTABLE if seen.flapping else Condition.DOWN,
        since=lasts.started_at,
        bad_looks=lasts.looks,
        networks=lasts.networks,
    )


def _doubted(seen: Seen, bare: Status, now: datetime) -> Status | None:
    """Something bad was seen, and neither confirmed nor cleared up. Not after an incident ended just now."""
    doubts = seen.doubts(now)
    if not doubts or seen.incident:
        return None
    bad = [look for run in doubts for look in run.bad]
    return replace(
        bare,
        condition=Condition.CHECKING,
        since=min(run.begun_at for run in youngest_together(doubts)),
        bad_looks=len(bad),
        networks=_networks(bad),
    )


def _good(seen: Seen, bare: Status, now: datetime) -> Status:
    """It answers, or asks for login where no network sees more: a login outvotes nobody."""
    lately = [look for look in seen.telling if not is_bad(look) and now - look.at <= STALE_AFTER]
    last = {look.vantage: look for look in lately}
    if not last:
        return replace(bare, condition=Condition.CHECKING)
    answers = [look for look in last.values() if look.verdict is Verdict.ANSWERS]
    shown = max(answers or last.values(), key=lambda look: (look.at, look.id))
    since = seen.incident.ended_at if seen.incident else (good_at_end(seen.telling) or lately)[0].at
    return replace(
        bare,
        condition=Condition.ANSWERS if answers else Condition.ASKS_LOGIN,
        since=since,
        seen=shown,
        as_of=shown.at,
        networks=_networks(answers or last.values()),
    )


def _networks(looks: Iterable[Observation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(look.vantage for look in looks))
