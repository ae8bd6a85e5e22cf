"""Looks in a row, each network by itself: what a network sees, and since when. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.domain.judging import Value, value_of
from bot.domain.observations import Verdict
from bot.domain.policies import (
    BAD_IN_A_ROW,
    GOOD_IN_A_ROW,
    OWN_WINDOW,
    RECENT,
    SAME_OUTAGE,
    SEEN_BAD,
    SILENT_AFTER,
    WINDOW,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.observations import Observation

BAD = tuple(verdict for verdict in Verdict if value_of(verdict) is Value.BAD)
SILENT = tuple(verdict for verdict in Verdict if value_of(verdict) is Value.NO_DATA)


def is_bad(look: Observation) -> bool:
    """Did it tell that the form does not answer?"""
    return look.verdict in BAD


def tells(look: Observation) -> bool:
    """Did it tell anything? What gave no data moves no counter."""
    return look.verdict not in SILENT


def in_order(looks: Sequence[Observation]) -> tuple[Observation, ...]:
    """In the order in which they were kept: a clock that was set back must not turn the order round."""
    if all(look.id for look in looks):
        return tuple(sorted(looks, key=lambda look: look.id))
    return tuple(looks)


def good_at_end(looks: Sequence[Observation]) -> tuple[Observation, ...]:
    """The good looks since the last bad one, oldest first."""
    return tuple(takewhile(lambda look: not is_bad(look), reversed(looks)))[::-1]


def enough_bad(looks: Sequence[Observation]) -> bool:
    """Three bad of the last five telling looks; three in a row are the plainest case."""
    return sum(map(is_bad, looks[-WINDOW:])) >= BAD_IN_A_ROW


@dataclass(frozen=True, slots=True)
class Run:
    """The telling looks of one network since it last saw the form well (two good in a row), oldest first.

    Empty if the network sees nothing wrong. `recent` are those among its last looks of any kind.
    """

    network: str
    looks: tuple[Observation, ...]
    recent: tuple[Observation, ...]
    last: Observation

    @property
    def bad(self) -> tuple[Observation, ...]:
        """Its bad looks."""
        return tuple(look for look in self.looks if is_bad(look))

    @property
    def begun_at(self) -> datetime:
        """Its first bad look; only for a run that has one."""
        return self.bad[0].at

    @property
    def sees_it(self) -> bool:
        """Does this network see the form fail, more than once and at the last look?"""
        return is_bad(self.last) and sum(map(is_bad, self.recent[-OWN_WINDOW:])) >= SEEN_BAD

    @property
    def shows_enough(self) -> bool:
        """Would it do by itself, with people who say the same?"""
        return self.sees_it and enough_bad(self.recent)

    def is_silent(self, now: datetime) -> bool:
        """Did it tell nothing for long?"""
        return now - self.last.at > SILENT_AFTER


def runs_of(looks: Iterable[Observation]) -> tuple[Run, ...]:
    """A run for each network that told anything, of all its looks."""
    by_network: defaultdict[str, list[Observation]] = defaultdict(list)
    for look in looks:
        by_network[look.vantage].append(look)
    return tuple(run for network, own in by_network.items() if (run := _run_of(network, own)))


def youngest_together(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Of runs with bad looks: those that began together with the youngest, and so are of one outage."""
    last = max(run.begun_at for run in runs)
    return tuple(run for run in runs if last - run.begun_at <= SAME_OUTAGE)


def _run_of(network: str, own: Sequence[Observation]) -> Run | None:
    told = [look for look in own if tells(look)]
    if not told:
        return None
    since, lately = _since_well(told), sum(map(tells, own[-RECENT:]))
    return Run(network, since, since[-lately:] if lately else (), told[-1])


def _since_well(looks: Sequence[Observation]) -> tuple[Observation, ...]:
    """From the first bad look after the last two good ones, or after a long silence, on."""
    begin, good, before = len(looks), GOOD_IN_A_ROW, looks[0].at
    for place, look in enumerate(looks):
        good = GOOD_IN_A_ROW if look.at - before > SILENT_AFTER else good
        before = look.at
        if not is_bad(look):
            good += 1
        else:
            begin, good = (place if good >= GOOD_IN_A_ROW else begin), 0
    return () if good >= GOOD_IN_A_ROW else tuple(looks[begin:])
