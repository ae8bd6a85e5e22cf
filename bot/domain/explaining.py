"""The conclusion in steps, for `check --explain` and `/admin`. What they are called stands with the texts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.fresh_starts import opened_lately
from bot.domain.observations import Verdict
from bot.domain.policies import BAD_IN_A_ROW, NETWORKS, PEOPLE
from bot.domain.runs import is_bad, tells
from bot.domain.statuses import Condition, Reasoned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.domain.conditions import Seen
    from bot.domain.deliveries import Value
    from bot.domain.observations import Observation
    from bot.domain.statuses import Status


def explain(status: Status, seen: Seen, now: datetime) -> tuple[Reasoned, ...]:
    """The steps, the conclusion last."""
    found = (*_looks(seen), *_bad(status, seen), *_lacking(status, seen), *_people(seen, now))
    return (*found, _step("therefore", condition=status.condition.value))


def _step(name: str, **values: Value) -> Reasoned:
    return Reasoned(name, values)


def _looks(seen: Seen) -> Iterator[Reasoned]:
    if not seen.looks:
        yield _step("no_look")
        return
    bad, told, made = sum(map(is_bad, seen.telling)), len(seen.telling), len(seen.looks)
    yield _step("looks", made=made, good=told - bad, bad=bad, silent=made - told)
    if silent := [look for look in seen.looks if not tells(look)]:
        yield _look("silent", silent[-1])


def _look(name: str, look: Observation) -> Reasoned:
    at, verdict, reason = look.at.isoformat(), look.verdict.value, look.reason.value
    return _step(name, at=at, vantage=look.vantage, verdict=verdict, reason=reason)


def _bad(status: Status, seen: Seen) -> Iterator[Reasoned]:
    if status.bad_looks and status.since:
        row = _in_a_row(seen)
        since = status.since.isoformat()
        networks: list[Value] = [*status.networks]
        if row >= BAD_IN_A_ROW:
            yield _step("in_a_row", count=row, networks=networks, since=since)
        else:
            yield _step("bad", count=status.bad_looks, networks=networks, since=since)
        yield _control(look for look in seen.telling if is_bad(look) and look.at >= status.since)
    if incident := seen.lasts:
        yield _step("sure", proof=incident.proof.value, at=incident.confirmed_at.isoformat())
        yield _step("causes", causes=[cause.value for cause in incident.causes])
    if seen.telling:
        yield _look("last", seen.telling[-1])


def _control(bad: Iterable[Observation]) -> Reasoned:
    """A bad look is bad only beside a control page that is fine, or if the whole platform fails."""
    return _step("control", failing=any(look.verdict is Verdict.PLATFORM_DOWN for look in bad))


def _lacking(status: Status, seen: Seen) -> Iterator[Reasoned]:
    if status.condition is not Condition.CHECKING:
        return
    if len(status.networks) < NETWORKS:
        yield _step("alone", networks=NETWORKS, people=PEOPLE)
    elif seen.runs and not all(run.sees_it for run in seen.runs if run.looks):
        yield _step("seldom")


def _people(seen: Seen, now: datetime) -> Iterator[Reasoned]:
    hints = seen.hints
    if hints.people:
        yield _step("people", count=hints.people)
    if hints.no_code:
        yield _step("no_code", count=hints.no_code)
    if opened_lately(hints, now) and hints.opened_by_operator:
        yield _step("opened", at=hints.opened_by_operator.isoformat())
    if hints.broken_for_operator:
        yield _step("broken", at=hints.broken_for_operator.isoformat())


def _in_a_row(seen: Seen) -> int:
    row = 0
    for look in reversed(seen.telling):
        if not is_bad(look):
            break
        row += 1
    return row
