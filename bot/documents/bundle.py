"""The evidence of one case as PDF: what happened, which letters were sent, and every look in the outages it names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.documents.typesetting import Part, pdf
from conversations.steps import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from bot.domain.cases import Case
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation

FILE = "evidence.pdf"
TITLE = N_("Evidence: {case}")
MADE = N_("Made on {day}. General help, not legal advice.")
HISTORY = N_("What happened")
TOLD = N_("The days are those that the person told the bot.")
LETTERS = N_("Letters")
NO_LETTERS = N_("No whole letter was made with the bot.")
OUTAGE = N_("Outage {number}: {form}, {country}")
TIMES = N_("From {since} to {until} (UTC); {looks} failed looks from {networks} networks.")
STILL = N_("it lasts")
NO_OUTAGES = N_("No outage is on record for the days of the attempts.")
SEEN_HOW = N_(
    "Each look asks for the form's public address without a login. It shows whether the address answers, not whether "
    "the form works for an account. Under each look stands the SHA-256 of the page as it came, or of the record "
    "itself where no page came."
)
HEAD = (N_("No."), N_("Time (UTC)"), N_("Network"), N_("Seen"), N_("Measurement"), N_("SHA-256"))
MOST_LOOKS = 400
"""Of one outage; the first and the last of a longer one."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of the bundle: its code, what translates, and the words for days, facts, cases and countries."""

    language: str
    translate: Callable[[str], str]
    day: Callable[[date], str]
    fact: Callable[[str], str]
    case: Callable[[Case], str]
    country: Callable[[str], str]
    form: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Evidenced:
    """An outage with its looks, the oldest first."""

    incident: Incident
    looks: Sequence[Observation]


def bundle(case: Case, outages: Sequence[Evidenced], *, today: date, speech: Speech) -> bytes:
    """The evidence bundle. It names nobody: name and address stand on the letters alone."""
    title = speech.translate(TITLE).format(case=speech.case(case))
    parts = [
        Part("title", (title,)),
        Part("lines", (speech.translate(MADE).format(day=speech.day(today)),)),
        *_history(case, speech),
        *_letters(case, speech),
        *_outages(outages, speech),
    ]
    return pdf(parts, title=title, language=speech.language, numbered=True)


def _history(case: Case, speech: Speech) -> Iterator[Part]:
    yield Part("section", (speech.translate(HISTORY),))
    yield Part("lines", (speech.translate(TOLD),))
    yield Part(
        "points", tuple(dict.fromkeys(f"{speech.day(fact.day)}: {speech.fact(fact.kind.value)}" for fact in case.facts))
    )


def _letters(case: Case, speech: Speech) -> Iterator[Part]:
    yield Part("section", (speech.translate(LETTERS),))
    sent = tuple(f"{speech.day(fact.day)}: {fact.letter}" for fact in case.facts if fact.letter)
    yield Part("points", sent) if sent else Part("lines", (speech.translate(NO_LETTERS),))


def _outages(outages: Iterable[Evidenced], speech: Speech) -> Iterator[Part]:
    found = list(outages)
    yield Part("lines", (speech.translate(SEEN_HOW if found else NO_OUTAGES),))
    for each in found:
        yield from _outage(each, speech)


def _outage(evidenced: Evidenced, speech: Speech) -> Iterator[Part]:
    incident = evidenced.incident
    head = speech.translate(OUTAGE)
    place = {"form": speech.form(incident.form), "country": speech.country(incident.country)}
    yield Part("section", (head.format(number=incident.id, **place),))
    until = _time(incident.ended_at) if incident.ended_at else speech.translate(STILL)
    counts = {"looks": incident.looks, "networks": len(incident.networks)}
    times = speech.translate(TIMES).format(since=_time(incident.started_at), until=until, **counts)
    yield Part("lines", (times,))
    rows = tuple(_row(look) for look in bounded(evidenced.looks))
    if rows:
        yield Part("table", head=tuple(speech.translate(each) for each in HEAD), rows=rows)


def bounded(looks: Sequence[Observation]) -> Sequence[Observation]:
    """All of them, or the first and the last of very many."""
    half = MOST_LOOKS // 2
    return looks if len(looks) <= MOST_LOOKS else [*looks[:half], *looks[-half:]]


def _row(look: Observation) -> tuple[str, ...]:
    seen = look.verdict.value if look.reason.value == "none" else f"{look.verdict.value}, {look.reason.value}"
    status = f" ({look.status_code})" if look.status_code else ""
    measured = look.evidence.measurement if look.evidence else ""
    return (str(look.id), _time(look.at), look.vantage, seen + status, measured, digest(look))


def digest(look: Observation) -> str:
    """SHA-256 (hex) of the page as it was read, else of the look's own record as JSON with sorted keys."""
    if look.evidence and look.evidence.sha256:
        return look.evidence.sha256
    record = json.dumps(asdict(look), sort_keys=True, default=str)
    return hashlib.sha256(record.encode()).hexdigest()


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
