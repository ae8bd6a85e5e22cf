"""Ten kinds of fault that people meet, put in at a known time, and what is said of each trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.concluding import Change
from bot.domain.runs import is_bad, tells
from tests.simulated_forms import WORLD, Answer, Asked, Fault, Place, at, rivals, vantages_of, watch

COUNTRIES = tuple(sorted(WORLD.countries))
FORM_IDS = ("facebook-2025", "facebook-2024", "instagram-2025", "third-party")
LASTS = 6 * 60
DAYS = 2


@dataclass(frozen=True)
class Kind:
    """A kind of fault; `visible` says whether it is to be confirmed at all."""

    name: str
    answers: dict
    where: str = ""
    alternates: float = 0
    visible: bool = True
    proxy: bool = True
    lucky: bool = False
    whole_region: bool = False
    people: int = 0
    most: int = 1
    """Incidents at most."""

    def sum_up(self, trials):
        found = [one for one in trials if one.confirmed]
        return {
            "trials": len(trials),
            "confirmed": len(found),
            "to be": len(trials) if self.visible else 0,
            "fast looks (worst)": max((one.fast for one in found), default=None),
            "with data": max((one.telling for one in found), default=None),
            "start right": sum(one.start_right for one in found),
            "good looks to the end (worst)": max((one.good for one in found if one.good is not None), default=None),
            "end right": sum(one.end_right for one in found),
            "incidents a trial": max(one.incidents for one in trials),
            "3 in a row": sum(one.rivals[0] for one in trials),
            "3 of 5": sum(one.rivals[1] for one in trials),
        }


class Trial(NamedTuple):
    """What came of one fault.

    `fast` are the rounds after the first bad one until it was sure, `telling` those of them in which every network told
    something; `good` the rounds with good looks until it ended.
    """

    confirmed: bool
    fast: int | None = None
    telling: int | None = None
    start_right: bool = False
    good: int | None = None
    end_right: bool = False
    incidents: int = 0
    rivals: tuple = (0, 0)


FORM, CONTROL, DECOY = Asked.FORM, Asked.CONTROL, Asked.DECOY
FAULTS = (
    Kind("gone", {FORM: Answer.ABSENT}),
    Kind("gone, behind a login, as words", {FORM: Answer.ABSENT_WORDS, DECOY: Answer.ABSENT_WORDS}),
    Kind("moved", {FORM: Answer.MOVED}),
    Kind("platform down", {FORM: Answer.ERROR, CONTROL: Answer.ERROR, DECOY: Answer.ERROR}),
    Kind("region-wide", {FORM: Answer.ABSENT}, whole_region=True),
    Kind("one country", {FORM: Answer.ABSENT}, where="inside"),
    Kind("one network only", {FORM: Answer.ABSENT}, where="direct", visible=False, most=0),
    Kind("one network, no other, 3 people", {FORM: Answer.ABSENT}, proxy=False, people=3),
    Kind("slow beyond patience", {FORM: Answer.NOTHING}),
    Kind("wrong page", {FORM: Answer.OTHER}),
    Kind("certificate", {FORM: Answer.CERTIFICATE}),
    Kind("flapping", {FORM: Answer.ABSENT}, alternates=40, most=3),
    Kind("gone, with one lucky good look", {FORM: Answer.ABSENT}, lucky=True),
)


def trial(kind, rng):
    """Put one fault in, and watch two days."""
    form = WORLD.forms[rng.choice(FORM_IDS)]
    served = [country for country in COUNTRIES if form.serves(country, at(0).date())]
    chosen = served if kind.whole_region else [rng.choice(served)]
    begin = rng.uniform(8 * 60, 24 * 60)
    return _worst([_one(kind, form, country, begin, rng) for country in chosen])


def siege(form, country, vantages, days, rng):
    """How many incidents a thousand reporters make by themselves."""
    return len(watch(Place(form, country, vantages), days, rng, people=1000).incidents)


def _one(kind, form, country, begin, rng):
    vantages = vantages_of(country, proxy=kind.proxy, service=kind.proxy)
    wheres = [one.name for one in vantages if one.country] if kind.where == "inside" else [kind.where]
    end = begin + LASTS
    place = Place(
        form, country, vantages,
        faults=tuple(Fault(begin, end, kind.answers, where, kind.alternates) for where in wheres),
        lucky=(begin + LASTS / 2,) if kind.lucky else (),
    )  # fmt: skip
    others = rivals()
    seen = watch(place, DAYS, rng, people=kind.people, rivals=others, keep_rounds=True)
    told = tuple(sum(any(begin <= minute < end for minute in other.opened_at) for other in [one]) for one in others)
    return _measured(seen, begin, end)._replace(incidents=len(seen.incidents), rivals=told)


def _measured(seen, begin, end):
    bad = next((n for n, one in enumerate(seen.rounds) if one.minute >= begin and any(map(is_bad, one.looks))), None)
    sure = next((n for n, one in enumerate(seen.rounds) if one.minute >= begin and one.change is Change.OPENED), None)
    if bad is None or sure is None:
        return Trial(confirmed=False)
    opened = seen.rounds[sure].incident
    first = next(look for look in seen.rounds[bad].looks if is_bad(look))
    fast = seen.rounds[bad + 1 : sure + 1]
    good, end_right = _ended(seen, sure)
    telling = sum(all(map(tells, one.looks)) for one in fast)
    return Trial(True, len(fast), telling, opened.started_at == first.at, good, end_right)


def _ended(seen, sure):
    """In how many good rounds the incident ended, and whether its end is the first good look of its networks."""
    over = next((n for n, one in enumerate(seen.rounds) if n > sure and one.change is Change.ENDED), None)
    if over is None:
        return None, False
    ended = seen.rounds[over].incident
    own = [
        (one.minute, look)
        for one in seen.rounds[: over + 1]
        for look in one.looks
        if tells(look) and look.vantage in ended.networks
    ]
    last_bad = max(place for place, (_, look) in enumerate(own) if is_bad(look))
    run = own[last_bad + 1 :]
    return len({minute for minute, _ in run}), ended.ended_at == run[0][1].at


def _worst(trials):
    """Of a region: all must be confirmed; the slowest counts."""
    if not all(one.confirmed for one in trials):
        return next(one for one in trials if not one.confirmed)
    return max(trials, key=lambda one: (not one.start_right, one.telling, one.fast))
