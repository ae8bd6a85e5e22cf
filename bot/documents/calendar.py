"""The dates as one iCalendar file (RFC 5545): whole days, so that no zone and no change of the clocks can move them.

Read in again after a change, the entries move instead of doubling: each keeps its name (UID), and a later file has a
higher SEQUENCE. There is no ORGANIZER: these are no invitations (RFC 5545, 3.8.4.3). There are no alarms: the bot
asks by itself, and people have set their calendar as they like it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event
from icalendar.enums import CLASS, STATUS, TRANSP

from bot.documents.dates import Awaited
from bot.domain.deadlines import Basis
from conversations.steps import N_
from conversations.wording import title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.documents.dates import Dated
    from bot.domain.deliveries import Value

FILE = "objection-bot.ics"
MIME = "text/calendar"
HEAD = {"version": "2.0", "prodid": "-//objection-bot//dates 1//EN", "calscale": "GREGORIAN", "method": "PUBLISH"}
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds from here: it needs nothing kept, only grows, and fits its 31 bits until 2094."""
LARGEST = 2**31 - 1
SUMMARIES = {
    (Awaited.ANSWER, Basis.LEGAL): N_("Legal date: Meta's answer. {case}"),
    (Awaited.ANSWER, Basis.LEGAL_IF_GDPR): N_("Legal date, or else our check: Meta's answer. {case}"),
    (Awaited.ANSWER, Basis.OUR_CHECK): N_("Our check: Meta's answer. {case}"),
    (Awaited.LETTER, Basis.OUR_CHECK): N_("Our check: Meta's answer to your letter. {case}"),
    (Awaited.COMPLAINT, Basis.LEGAL): N_("Legal date: news from the authority. {case}"),
    (Awaited.COMPLAINT, Basis.OUR_CHECK): N_("Our check: news from the authority. {case}"),
    (Awaited.COMPANY, Basis.LEGAL): N_("Legal date: Meta's receipt of your complaint. {case}"),
    (Awaited.DEVOID, Basis.LEGAL): N_("Legal date: your objection to the authority's closing. {case}"),
    (Awaited.LAST_DAY, Basis.LEGAL): N_("Legal date: last day for a complaint. {case}"),
    (Awaited.LAST_DAY, Basis.OUR_CHECK): N_("Our check: last day for a complaint. {case}"),
    (Awaited.ERASURE, Basis.LEGAL): N_("Legal date: Meta's answer on erasure. {case}"),
    (Awaited.ERASURE, Basis.LEGAL_IF_GDPR): N_("Legal date, or else our check: Meta's answer on erasure. {case}"),
    (Awaited.ERASURE, Basis.OUR_CHECK): N_("Our check: Meta's answer on erasure. {case}"),
}
"""The word whose date it is stands in each, for that may be all that a calendar shows."""
OVER = N_("No longer valid. {summary}")
"""Said in words too: several calendars show what is cancelled like everything else."""
REASONS = {
    (Awaited.ANSWER, Basis.LEGAL): N_("Meta has until the end of this day ({article})."),
    (Awaited.ANSWER, Basis.LEGAL_IF_GDPR): N_(
        "A legal date if {article} applies to your account. The law where you live sets no period for this answer; "
        "for it, this is our check."
    ),
    (Awaited.LETTER, Basis.OUR_CHECK): N_("The law sets no new period for a letter like this."),
    (Awaited.COMPLAINT, Basis.LEGAL): N_(
        "By the end of this day the authority should have told you how things stand ({article})."
    ),
    (Awaited.COMPLAINT, Basis.OUR_CHECK): N_("We know of no legal day for the authority's answer."),
    (Awaited.COMPANY, Basis.LEGAL): N_("By the end of this day Meta must acknowledge your complaint ({article})."),
    (Awaited.DEVOID, Basis.LEGAL): N_(
        "Until the end of this day you may object to the closing of your complaint ({article})."
    ),
    (Awaited.LAST_DAY, Basis.LEGAL): N_("A later complaint is too late ({article})."),
    (Awaited.LAST_DAY, Basis.OUR_CHECK): N_(
        "The authority wants to hear within three months of the last word with Meta."
    ),
}
ANSWERS = frozenset({Awaited.ANSWER, Awaited.ERASURE})
"""Both are Meta's answers to what was asked of it, by the same rules."""
BY_POST = N_("A month from the day your letter arrives ({article}), reckoned with a week for the post.")
UNSURE = N_("The law there sets a time for answering requests ({article}); how it counts here, we can't say for sure.")
WAITS = N_("Meta asked who you are. Until it has your answer, the law's time may stand still or begin anew.")
NO_PERIOD = N_("The law that applies sets no period for this answer, as far as we know.")
HELP = N_("General help, not legal advice.")


@dataclass(frozen=True, slots=True)
class Speech:
    """The chat's language: what translates a text, and what names a case."""

    translate: Callable[[str], str]
    case: Callable[[Mapping[str, Value]], str]


def calendar(dates: Iterable[Dated], *, now: datetime, speech: Speech, uid: Callable[[str], str], bot: str) -> bytes:
    """The file. `uid` makes a name for the world of a date's own key, `bot` is the address of the bot or empty."""
    made = Calendar()
    for name, value in HEAD.items():
        made.add(name, value)
    for dated in dates:
        made.add_component(_entry(dated, now.astimezone(UTC).replace(microsecond=0), speech, uid(dated.key), bot))
    written: bytes = made.to_ical()
    return written


def _entry(dated: Dated, now: datetime, speech: Speech, uid: str, bot: str) -> Event:
    day = dated.due.day
    return Event.new(
        uid=uid,
        stamp=now,
        last_modified=now,
        sequence=sequence(now),
        start=day,
        end=day + timedelta(days=1),
        summary=_summary(dated, speech),
        description=_description(dated, speech, bot),
        status=STATUS.CANCELLED if dated.over else STATUS.CONFIRMED,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
        url=bot or None,
    )


def sequence(now: datetime) -> int:
    """The number of a revision: a file made later has a higher one."""
    return min(max(0, int((now - BEGINNING).total_seconds())), LARGEST)


def _summary(dated: Dated, speech: Speech) -> str:
    text = speech.translate(SUMMARIES[dated.awaited, dated.due.basis])
    summary = text.format(case=speech.case(title(dated.case)))
    return speech.translate(OVER).format(summary=summary) if dated.over else summary


def _description(dated: Dated, speech: Speech, bot: str) -> str:
    article = dated.due.article and speech.translate(dated.due.article)  # nothing translated is a catalogue's head
    reason = speech.translate(_reason(dated)).format(article=article)
    return "\n".join(line for line in (reason, speech.translate(HELP), bot) if line)


def _reason(dated: Dated) -> str:
    due = dated.due
    awaited = Awaited.ANSWER if dated.awaited in ANSWERS else dated.awaited
    if (awaited, due.basis) != (Awaited.ANSWER, Basis.OUR_CHECK):
        return REASONS[awaited, due.basis]
    return UNSURE if due.unsure else WAITS if due.waits else BY_POST if due.article else NO_PERIOD
