"""The conclusion in plain lines, one a step, for `check --explain` and `/admin`. English, for operators. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.fresh_starts import opened_lately
from bot.domain.observations import Verdict
from bot.domain.policies import BAD_IN_A_ROW, NETWORKS, PEOPLE
from bot.domain.runs import is_bad, tells
from bot.domain.statuses import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.domain.conditions import Seen
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status

WORDS = {
    Condition.UNSEEN: "nothing can be said of now",
    Condition.ANSWERS: "it answers",
    Condition.ASKS_LOGIN: "it asks for login, as is normal; a login says nothing of what comes behind it",
    Condition.CHECKING: "checking; nobody is told",
    Condition.DOWN: "down",
    Condition.UNSTABLE: "unstable: it went to and fro too often to tell each time",
    Condition.UNJUDGEABLE: "it can't be judged from here: it never differed from a page that can't exist",
    Condition.PAUSED: "a planned pause is on; nothing is concluded",
}


def explain(status: Status, seen: Seen, now: datetime) -> tuple[str, ...]:
    """The steps, the conclusion last."""
    return (*_looks(seen), *_bad(status, seen), *_lacking(status, seen), *_people(seen, now), _therefore(status))


def _looks(seen: Seen) -> Iterator[str]:
    if not seen.looks:
        yield "no look within 24 hours"
        return
    bad, told, made = sum(map(is_bad, seen.telling)), len(seen.telling), len(seen.looks)
    yield f"{made} looks within 24 hours: {told - bad} good, {bad} bad, {made - told} without data"
    if silent := [look for look in seen.looks if not tells(look)]:
        yield f"the last without data: {silent[-1].reason.value.replace('_', ' ')} ({silent[-1].vantage})"


def _bad(status: Status, seen: Seen) -> Iterator[str]:
    if status.bad_looks and status.since:
        many = f"{len(status.networks)} network{'' if len(status.networks) == 1 else 's'}"
        row = _in_a_row(seen)
        run = f"{row} bad in a row" if row >= BAD_IN_A_ROW else f"{status.bad_looks} bad"
        yield f"{run} from {many} ({', '.join(status.networks)}) since {_time(status.since)}"
        yield _control(look for look in seen.telling if is_bad(look) and look.at >= status.since)
    if incident := seen.lasts:
        yield f"incident {incident.id or 'new'}: by {incident.proof.value}, sure since {_time(incident.confirmed_at)}"
        yield f"causes: {', '.join(cause.value.replace('_', ' ') for cause in incident.causes)}"
    if seen.telling:
        last = seen.telling[-1]
        what = "; ".join(last.explanation) or f"{last.verdict.value} ({last.reason.value})".replace("_", " ")
        yield f"last look that told something, {_time(last.at)} from {last.vantage}: {what}"


def _control(bad: Iterable[Observation]) -> str:
    """A bad look is bad only beside a control page that is fine, or if the whole platform fails."""
    failing = any(look.verdict is Verdict.PLATFORM_DOWN for look in bad)
    return "control page: fails too, so the platform is down" if failing else "control page: fine each time"


def _lacking(status: Status, seen: Seen) -> Iterator[str]:
    if status.condition is not Condition.CHECKING:
        return
    if len(status.networks) < NETWORKS:
        yield f"one network alone proves nothing: wanted are {NETWORKS} networks, {PEOPLE} people, or an operator"
    elif seen.runs and not all(run.sees_it for run in seen.runs if run.looks):
        yield "not yet seen often enough by each network"


def _people(seen: Seen, now: datetime) -> Iterator[str]:
    hints = seen.hints
    if hints.people:
        yield f"{hints.people} people reported trouble within the hour"
    if hints.no_code:
        yield f"{hints.no_code} people wait for a code; that never makes a form down"
    if opened_lately(hints, now) and hints.opened_by_operator:
        yield f"an operator opened it, logged in: {_time(hints.opened_by_operator)}"
    if hints.broken_for_operator:
        yield f"it did not open for an operator, logged in: {_time(hints.broken_for_operator)}"


def _therefore(status: Status) -> str:
    return f"therefore: {WORDS[status.condition]}"


def _in_a_row(seen: Seen) -> int:
    row = 0
    for look in reversed(seen.telling):
        if not is_bad(look):
            break
        row += 1
    return row


def _time(at: datetime) -> str:
    return f"{at:%d %b %H:%M} UTC"
