"""Forms that fail on order, and what our vantages make of them: pages, single looks, and days of looking.

Every page asked for may fail by itself; what comes is judged by the bot's own rules. The watching follows the bot's own
schedule and conclusions. Time is in minutes since the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.domain.concluding import Change, Hints, conclude
from bot.domain.judging import Look, Value, judge, value_of, wants_second_try
from bot.domain.observations import Hop, Observation, Page, Reason, Verdict
from bot.domain.scheduling import VantageFacts, networks_to_ask, next_look
from bot.knowledge import load
from bot.knowledge.looks import load_looks

BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
DAY = 24 * 60
INTERVAL = timedelta(minutes=30)
FAILS_BY_ITSELF = 0.05
WORLD = load()
RULES = load_looks(WORLD.domains)


class Answer(StrEnum):
    """What one address gives."""

    FORM = "form"
    LOGIN = "login"
    ABSENT = "absent"
    ABSENT_WORDS = "absent_words"
    ERROR = "error"
    NOTHING = "nothing"
    CERTIFICATE = "certificate"
    MOVED = "moved"
    OTHER = "other"
    WALL = "wall"
    CHECKPOINT = "checkpoint"
    LIMIT = "limit"
    CONTROL = "control"


class Asked(StrEnum):
    """Which of the three addresses of a look."""

    FORM = "form"
    CONTROL = "control"
    DECOY = "decoy"


def at(minute):
    return BEGIN + timedelta(minutes=minute)


@cache
def page(form_id, asked, answer):
    """The page that an answer is, at the form's, the control page's or the decoy's address."""
    form = WORLD.forms[form_id]
    place = RULES.place_of(form)
    url = {Asked.FORM: form.url, Asked.CONTROL: place.control, Asked.DECOY: place.decoy}[asked]
    root = "/".join(url.split("/")[:3])
    title = form.titles[0] if form.titles else "A form without a known title"
    status, body, location = {
        Answer.FORM: (200, f"<h1>{title}</h1><form></form>", None),
        Answer.LOGIN: (302, "", f"{root}/login/?next={url}"),
        Answer.ABSENT: (404, "<h1>Not found</h1>", None),
        Answer.ABSENT_WORDS: (200, f"<p>{RULES.absent.phrases[0]}</p>", None),
        Answer.ERROR: (503, "<p>Sorry</p>", None),
        Answer.MOVED: (301, "", f"{root}/help/elsewhere"),
        Answer.OTHER: (302, "", f"{root}/help/elsewhere"),
        Answer.WALL: (403, "", None),
        Answer.CHECKPOINT: (302, "", f"{root}/checkpoint/1/"),
        Answer.LIMIT: (429, "", None),
        Answer.CONTROL: (200, "<h1>Help</h1>", None),
    }.get(answer, (0, "", None))
    if not status:
        return Page(
            (),
            "",
            truncated=False,
            seconds=15.0,
            error="CertificateError" if answer == "certificate" else "ReadTimeout",
        )
    return Page((Hop(url, status, location),), body, truncated=False, seconds=0.2, error=None)


@cache
def judged(form_id, first, control, decoy, second, differed):
    """The bot's own judgement of four answers."""
    look = Look(
        page(form_id, Asked.FORM, first),
        page(form_id, Asked.CONTROL, control),
        page(form_id, Asked.DECOY, decoy),
        page(form_id, Asked.FORM, second) if second else None,
    )
    return judge(look, WORLD.forms[form_id], RULES, differed_before=differed)


class Span(NamedTuple):
    """A trouble from one minute up to another, at some vantages ("" is all of them)."""

    begin: float
    end: float
    what: str
    where: str = ""

    def holds(self, minute, vantage):
        return self.begin <= minute < self.end and vantage.startswith(self.where)


class Fault(NamedTuple):
    """What people meet as well: answers instead of the healthy ones, for some vantages, from a minute up to another."""

    begin: float
    end: float
    answers: dict
    where: str = ""
    alternates: float = 0
    """Minutes down, as many up, and so on."""

    def holds(self, minute, vantage):
        on = self.begin <= minute < self.end and vantage.startswith(self.where)
        return on and (not self.alternates or (minute - self.begin) // self.alternates % 2 == 0)


@dataclass
class Place:
    """The world as one form in one country meets it."""

    form: object
    country: str
    vantages: tuple
    troubles: tuple = ()
    faults: tuple = ()
    like_decoy: bool = False
    lucky: tuple = ()
    """Minutes of the first look at or after which the form answers once, by luck."""

    def answer(self, asked, minute, vantage):
        for fault in self.faults:
            if asked in fault.answers and fault.holds(minute, vantage):
                return fault.answers[asked]
        for span in self.troubles:
            if span.holds(minute, vantage):
                if span.what == "out":
                    return Answer.NOTHING
                if span.what == "wrong" and asked is Asked.FORM:
                    return Answer.ABSENT
                if span.what == "wall":
                    return Answer.WALL
                if span.what == "checkpoint" and asked is Asked.FORM:
                    return Answer.CHECKPOINT
        if asked is Asked.CONTROL:
            return Answer.CONTROL
        healthy = Answer.LOGIN if self.form.needs_login else Answer.FORM
        return healthy if asked is Asked.FORM or self.like_decoy else Answer.ABSENT

    def service_fails(self, minute, vantage):
        return any(span.what == "service" and span.holds(minute, vantage) for span in self.troubles)

    def clock(self, minute):
        """What the bot's clock shows: steps are troubles that are named by their minutes."""
        steps = (
            float(span.what[5:]) for span in self.troubles if span.what.startswith("clock") and span.holds(minute, "")
        )
        return at(minute + sum(steps))


class Seen(NamedTuple):
    """A round of looks, and the bare first answers, by which the simple rules go."""

    minute: float
    looks: tuple
    bare: tuple
    change: Change
    condition: str
    incident: object


@dataclass
class Watched:
    """What came of it."""

    incidents: list = field(default_factory=list)
    opened_at: list = field(default_factory=list)
    rounds: list = field(default_factory=list)
    looks: int = 0
    conditions: set = field(default_factory=set)
    status: object = None


def watch(place, days, rng, *, people=0, rivals=(), keep_rounds=False):
    """Look for so many days as the bot would, and give what it concluded."""
    watched, minute, looks, incident, past, differed, number = Watched(), 0.0, [], None, [], set(), 0
    while minute < days * DAY:
        now = place.clock(minute)
        lucky = next((one for one in place.lucky if one <= minute), None)
        place.lucky = tuple(one for one in place.lucky if one != lucky)
        made, bare = [], []
        for vantage in networks_to_ask(watched.status, place.vantages):
            seen, first = _look(place, vantage.name, minute, rng, differed, lucky=lucky is not None and not made)
            number += 1
            made.append(replace(seen, at=now, id=number))
            bare.append(first)
        looks = [*(look for look in looks if now - look.at <= timedelta(hours=24)), *made]
        past = [each for each in past if now - each.ended_at <= timedelta(hours=24)]
        found = conclude(place.form.id, place.country, looks, incident, past, Hints(people=people), now)
        incident = found.incident
        if found.change is Change.OPENED:
            incident = replace(incident, id=len(watched.incidents) + 1)
            watched.opened_at.append(minute)
        if incident and incident.id > len(watched.incidents):
            watched.incidents.append(incident)
        elif incident:
            watched.incidents[-1] = incident
        if keep_rounds:
            watched.rounds.append(
                Seen(minute, tuple(made), tuple(bare), found.change, found.status.condition, incident)
            )
        if found.change is Change.ENDED:
            past, incident = [*past, incident], None
        watched.conditions.add(found.status.condition)
        watched.looks += len(made)
        watched.status = found.status
        for rival in rivals:
            rival.see(minute, bare)
        due = next_look(found.status, wanted=True, interval=INTERVAL, now=now, jitter=rng.random())
        minute += (due - now) / timedelta(minutes=1)
    return watched


def _look(place, vantage, minute, rng, differed, *, lucky):
    if place.service_fails(minute, vantage):
        return _observation(place, vantage, Verdict.NO_DATA, Reason.BLIND, ()), "service error"

    def ask(asked):
        return Answer.NOTHING if rng.random() < FAILS_BY_ITSELF else place.answer(asked, minute, vantage)

    known, id_ = vantage in differed, place.form.id
    first, control, decoy, second = ask(Asked.FORM), ask(Asked.CONTROL), ask(Asked.DECOY), None
    if lucky:
        first, control, decoy = Answer.LOGIN if place.form.needs_login else Answer.FORM, Answer.CONTROL, Answer.ABSENT
    judgement = judged(id_, first, control, decoy, None, known)
    if wants_second_try(judgement):
        second, control, decoy = ask(Asked.FORM), ask(Asked.CONTROL), ask(Asked.DECOY)
        judgement = judged(id_, first, control, decoy, second, known)
    if value_of(judgement.verdict) is Value.OK:
        differed.add(vantage)
    return _observation(place, vantage, *judgement), first


def _observation(place, vantage, verdict, reason, explanation):
    return Observation(place.form.id, place.country, vantage, BEGIN, verdict, reason, None, 0.2, explanation)


@dataclass
class Rival:
    """A simple rule as many watchers have it: bad first answers counted, redirects followed, errors of the measuring
    service taken for the form's. Up again after two good ones."""

    name: str
    needed: int
    window: int
    seen: list = field(default_factory=list)
    down: bool = False
    opened_at: list = field(default_factory=list)
    closed_at: list = field(default_factory=list)

    BAD = frozenset({"service error", *["absent", "error", "nothing", "certificate", "wall", "limit"]})

    def see(self, minute, bare):
        for first in bare:
            self.seen = [*self.seen, first in self.BAD][-self.window :]
            if not self.down and sum(self.seen) >= self.needed:
                self.down = True
                self.opened_at.append(minute)
            elif self.down and len(self.seen) > 1 and not any(self.seen[-2:]):
                self.down, self.seen = False, []
                self.closed_at.append(minute)


def rivals():
    return Rival("3 in a row", 3, 3), Rival("3 of 5", 3, 5)


def vantages_of(country, *, proxy=True, service=True):
    direct = VantageFacts("direct", "", costly=False)
    return (
        direct,
        *((VantageFacts(f"proxy:{country}", country, costly=False),) if proxy else ()),
        *((VantageFacts(f"globalping:{country}", country, costly=True),) if service else ()),
    )
