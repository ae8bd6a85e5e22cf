"""The report of an outage as PDF: what was seen, what no look can know, who confirmed it, what groups were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.documents.bundle import bounded, digest
from bot.documents.typesetting import Part, pdf
from conversations.steps import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation

FILE = "report.pdf"
OUTAGE = N_("Outage {number}: {form}, {country}")
SEEN_HOW = N_(
    "Each look asks for the form's public address without a login. It shows whether the address answers, not whether "
    "the form works for an account. Under each look stands the SHA-256 of the page as it came, or of the record "
    "itself where no page came."
)
TITLE = N_("Report on an outage seen: {form}, {country}")
MADE = N_("Made {when} from what is kept. It names no person.")
BY = N_("Responsible: {name}, {contact}.")
LASTED = N_("Not reachable from {since} to {until}.")
TAKEN = N_("Taken for an outage from {since} to {until}.")
LASTS = N_("Not reachable since {since}; it lasts.")
SURE = N_("Confirmed {when}: {proof}.")
SEEN = N_("Seen: {causes}. Failed looks: {looks}, from: {networks}.")
OPENED = N_("An operator opened the form, logged in, {when}: it opened.")
SHUT = N_("An operator opened the form, logged in, {when}: it did not open.")
CORRECTED = N_("Corrected {when}, it was a false alarm: {why}.")
UNCORRECTED = N_("Not corrected.")
UNKNOWN = N_("What no look can know: what comes behind the login, and whether the form works for anybody's account.")
TOLD = N_("What groups were told")
NOBODY = N_("No group was told.")
COUNTED = N_("Groups that were told, by language: {languages}.")
ENDED = N_("What they were told last: {over} the end, {corrected} the correction.")
UNCOUNTED = N_("How many groups were told is kept for 90 days, and not on record any more.")
FIRST = N_("An operator said yes {when}.")
SECOND = N_("A second operator said yes {when}.")
NEEDED = N_("A second operator's yes is needed, and there is none yet.")
UNDECIDED = N_("No operator has decided to tell groups.")
REFUSED = N_("An operator decided that no group is told.")
UNTIMED = N_("No operator's yes is on record with its time: groups may also be told without one.")
STOPPED = N_("Then an operator stopped it; who had been told heard how it ended.")
SAME = N_("In these words (version {version} of the texts), with times by the group's clock instead of UTC:")
OTHER = N_("Told in version {version} of the texts. The words below are those of version {now}, with times in UTC:")
OLD = N_("The version of the texts is not on record. The words below are those of version {now}, with times in UTC:")
LOOKS = N_("The looks that confirmed or ended it")
NO_LOOKS = N_("None is kept.")
HEAD = (N_("No."), N_("Time (UTC)"), N_("Time ({zone})"), N_("From"), N_("Seen"), N_("Led to"), N_("SHA-256"))
LONGEST = 48
"""Characters of an address in the table; the hash under it stands for the whole page."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of the dossier, and its words. `local` tells a moment by the operator's clock, in `zone`."""

    language: str
    translate: Callable[[str], str]
    zone: str
    local: Callable[[datetime], str]
    country: Callable[[str], str]
    form: Callable[[str], str]
    cause: Callable[[Incident], str]
    proof: Callable[[Incident], str]
    correction: Callable[[Incident], str]
    place: Callable[[str], str]
    sight: Callable[[Observation], str]
    spoken: Callable[[str], str]

    def says(self, text: str, **names: object) -> str:
        """A sentence in the language."""
        return self.translate(text).format(**names)

    def both(self, at: datetime) -> str:
        """A moment in UTC and by the operator's clock."""
        return f"{at:%Y-%m-%d %H:%M:%S} UTC ({self.local(at)} {self.zone})"


@dataclass(frozen=True, slots=True)
class Seen:
    """An outage, the looks that it cites, and when operators opened the form themselves: (time, did it open?)."""

    incident: Incident
    looks: Sequence[Observation]
    opened: Sequence[tuple[datetime, bool]] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What groups were told. Times in UTC, None: not on record. `texts` by language; `version` is empty if not kept.

    `languages` are groups by language, None if that is not kept any more.
    """

    approval: str
    first_at: datetime | None
    decided_at: datetime | None
    languages: Sequence[tuple[str, int]] | None
    over: int
    corrected: int
    version: str
    version_now: str
    texts: Sequence[tuple[str, str]]


def dossier(
    seen: Sequence[Seen], told: Sequence[Told], operator: tuple[str, str], now: datetime, speech: Speech
) -> bytes:
    """The report on these outages, which were told together. `operator` is who runs the bot: name and contact."""
    first = seen[0].incident
    title = speech.says(TITLE, form=speech.form(first.form), country=", ".join(_countries(seen, speech)))
    made = [speech.says(MADE, when=speech.both(now))]
    if operator[0]:
        made.append(speech.says(BY, name=operator[0], contact=operator[1]))
    parts = [
        Part("title", (title,)),
        Part("lines", tuple(made)),
        *(part for each in seen for part in _outage(each, speech)),
        Part("lines", (speech.translate(SEEN_HOW), speech.translate(UNKNOWN))),
        Part("section", (speech.translate(TOLD),)),
        *(part for each in told for part in _told(each, speech)),
        *([] if told else [Part("lines", (speech.translate(NOBODY),))]),
        *(part for each in seen for part in _looks(each, speech)),
    ]
    return pdf(parts, title=title, language=speech.language, numbered=True)


def _countries(seen: Sequence[Seen], speech: Speech) -> list[str]:
    return list(dict.fromkeys(speech.country(each.incident.country) for each in seen))


def _head(incident: Incident, speech: Speech) -> str:
    place = {"form": speech.form(incident.form), "country": speech.country(incident.country)}
    return speech.says(OUTAGE, number=incident.id, **place)


def _outage(seen: Seen, speech: Speech) -> Iterator[Part]:
    one = seen.incident
    yield Part("section", (_head(one, speech),))
    networks = ", ".join(speech.place(each) for each in one.networks)
    yield Part("points", (
        _lasted(one, speech),
        speech.says(SURE, when=speech.both(one.confirmed_at), proof=speech.proof(one)),
        speech.says(SEEN, causes=speech.cause(one), looks=one.looks, networks=networks),
        *(speech.says(OPENED if opened else SHUT, when=speech.both(at)) for at, opened in seen.opened),
        _correction(one, speech),
    ))  # fmt: skip


def _lasted(one: Incident, speech: Speech) -> str:
    since, until = speech.both(one.started_at), one.ended_at or one.corrected_at
    if until is None:
        return speech.says(LASTS, since=since)
    return speech.says(TAKEN if one.corrected_at else LASTED, since=since, until=speech.both(until))


def _correction(one: Incident, speech: Speech) -> str:
    if one.corrected_at is None:
        return speech.translate(UNCORRECTED)
    return speech.says(CORRECTED, when=speech.both(one.corrected_at), why=speech.correction(one))


def _told(told: Told, speech: Speech) -> Iterator[Part]:
    yield Part("points", (*_decision(told, speech), *_reach(told, speech)))
    if not told.texts:
        return
    text = SAME if told.version == told.version_now else OTHER if told.version else OLD
    yield Part("lines", (speech.says(text, version=told.version, now=told.version_now),))
    for language, words in told.texts:
        yield Part("lines", (f"{speech.spoken(language)}:", *(line for line in words.split("\n") if line.strip())))


def _decision(told: Told, speech: Speech) -> Iterator[str]:
    if told.first_at:
        yield speech.says(FIRST, when=speech.both(told.first_at))
    if told.decided_at and told.first_at and told.decided_at != told.first_at:
        yield speech.says(SECOND, when=speech.both(told.decided_at))
    match told.approval:
        case "no":
            yield speech.translate(REFUSED)
        case "yes" | "stopped" if not told.decided_at:
            yield speech.translate(UNTIMED)
        case "half":
            yield speech.translate(NEEDED)
        case "asked" | "held":
            yield speech.translate(UNDECIDED)
    if told.approval == "stopped":
        yield speech.translate(STOPPED)


def _reach(told: Told, speech: Speech) -> Iterator[str]:
    if told.languages is None:
        yield speech.translate(UNCOUNTED)
    elif not told.languages:
        yield speech.translate(NOBODY)
    else:
        yield speech.says(COUNTED, languages=", ".join(f"{speech.spoken(code)} {n}" for code, n in told.languages))
        if told.over or told.corrected:
            yield speech.says(ENDED, over=told.over, corrected=told.corrected)


def _looks(seen: Seen, speech: Speech) -> Iterator[Part]:
    yield Part("section", (f"{speech.translate(LOOKS)}: {_head(seen.incident, speech)}",))
    rows = tuple(_row(look, speech) for look in bounded(seen.looks))
    if rows:
        yield Part("table", head=tuple(speech.says(each, zone=speech.zone) for each in HEAD), rows=rows)
    else:
        yield Part("lines", (speech.translate(NO_LOOKS),))


def _row(look: Observation, speech: Speech) -> tuple[str, ...]:
    code = f" ({look.status_code})" if look.status_code else ""
    times = (f"{look.at:%Y-%m-%d %H:%M:%S}", speech.local(look.at))
    return (str(look.id), *times, speech.place(look.vantage), speech.sight(look) + code, _led_to(look), digest(look))


def _led_to(look: Observation) -> str:
    """The last address that it was led on to, without what follows its path; empty if it stayed."""
    hops = look.evidence.hops if look.evidence else ()
    address = hops[-1].url if len(hops) > 1 else (hops[0].location or "") if hops else ""
    address = address.partition("?")[0].removeprefix("https://")
    return address if len(address) <= LONGEST else f"{address[:LONGEST]}…"
