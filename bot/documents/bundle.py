"""The evidence of one case as PDF: what happened, which letters were sent, and every look in the outages it names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.documents.typesetting import Part, pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from bot.domain.cases import Case, Fact
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation

FILE = "evidence.pdf"
MOST_LOOKS = 400
"""Of one outage; the first and the last of a longer one."""


LookT = TypeVar("LookT")


class Speech(Protocol):
    """The language of the bundle: its words by their keys, and how it writes what stands in them."""

    @property
    def language(self) -> str: ...
    @property
    def head(self) -> tuple[str, ...]: ...
    def say(self, key: str, **values: object) -> str: ...
    def day(self, day: date) -> str: ...
    def country(self, code: str) -> str: ...
    def case(self, case: Case) -> str: ...
    def fact(self, fact: Fact) -> str: ...
    def letter(self, fact: Fact) -> str: ...
    def seen(self, look: Observation) -> str: ...
    def network(self, vantage: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Evidenced:
    """An outage with its looks, the oldest first, and what its form is called and where it stands."""

    incident: Incident
    looks: Sequence[Observation]
    title: str = ""
    url: str = ""


def bundle(case: Case, outages: Sequence[Evidenced], *, today: date, speech: Speech) -> bytes:
    """The evidence bundle. It names nobody: name and address stand on the letters alone."""
    title = speech.say("title", case=speech.case(case))
    parts = [
        Part("title", (title,)),
        Part("lines", (speech.say("made", day=speech.day(today)),)),
        *_history(case, speech),
        *_letters(case, speech),
        *_outages(outages, speech),
    ]
    return pdf(parts, title=title, language=speech.language, numbered=True)


def _history(case: Case, speech: Speech) -> Iterator[Part]:
    yield Part("section", (speech.say("history"),))
    yield Part("lines", (speech.say("told"),))
    told = ((fact.day, speech.fact(fact)) for fact in case.facts)
    yield Part("points", tuple(dict.fromkeys(_dated(day, what, speech) for day, what in told if what)))


def _letters(case: Case, speech: Speech) -> Iterator[Part]:
    yield Part("section", (speech.say("letters"),))
    sent = tuple(_dated(fact.day, speech.letter(fact), speech) for fact in case.facts if fact.letter)
    yield Part("points", sent) if sent else Part("lines", (speech.say("no_letters"),))


def _dated(day: date, what: str, speech: Speech) -> str:
    """As the letters write it: French has a space before the colon, Polish a word behind the year."""
    return speech.say("dated", day=speech.day(day), what=what)


def _outages(outages: Iterable[Evidenced], speech: Speech) -> Iterator[Part]:
    found = list(outages)
    yield Part("lines", (speech.say("seen_how" if found else "no_outages"),))
    for number, each in enumerate(found, 1):
        yield from _outage(number, each, speech)


def _outage(number: int, evidenced: Evidenced, speech: Speech) -> Iterator[Part]:
    """With the number by which a letter cites it, for the letter is laid beside this."""
    incident = evidenced.incident
    country = speech.country(incident.country)
    yield Part("section", (speech.say("outage", number=number, form=evidenced.title, country=country),))
    until = _time(incident.ended_at) if incident.ended_at else speech.say("still")
    counts = {"looks": incident.looks, "networks": len(incident.networks)}
    times = speech.say("times", since=_time(incident.started_at), until=until, **counts)
    address = (speech.say("address", url=evidenced.url),) if evidenced.url else ()
    yield Part("lines", (*address, times, speech.say("record", number=incident.id)))
    rows = tuple(_row(place, look, speech) for place, look in bounded(list(enumerate(evidenced.looks, 1))))
    if rows:
        yield Part("table", head=speech.head, rows=rows)


def bounded(looks: Sequence[LookT]) -> Sequence[LookT]:
    """All of them, or the first and the last of very many."""
    half = MOST_LOOKS // 2
    return looks if len(looks) <= MOST_LOOKS else [*looks[:half], *looks[-half:]]


def _row(number: int, look: Observation, speech: Speech) -> tuple[str, ...]:
    measured = look.evidence.measurement if look.evidence else ""
    network = speech.network(look.vantage)
    return (str(number), _time(look.at), network, speech.seen(look), measured, digest(look))


def digest(look: Observation) -> str:
    """SHA-256 (hex) of the page as it was read, else of the look's own record as JSON with sorted keys."""
    if look.evidence and look.evidence.sha256:
        return look.evidence.sha256
    record = json.dumps(asdict(look), sort_keys=True, default=str)
    return hashlib.sha256(record.encode()).hexdigest()


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
