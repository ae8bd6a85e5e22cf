"""All dates of one case, from its facts and the laws that count. Pure; a fact's day is the person's calendar day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain import deadlines
from bot.domain.cases import FactKind
from bot.domain.deadlines import Deadline, IdentityQuestion
from bot.domain.periods import months_after, working_day_from

if TYPE_CHECKING:
    from bot.domain.cases import Case, Fact
    from bot.domain.deadlines import Calendars
    from bot.domain.jurisdictions import Authority, Elsewhere, Jurisdiction, Window
    from bot.domain.periods import DaysOff

IDENTITY = "identity"
"""Note of `wants_proof`: who somebody is, not a screenshot of an AI answer."""
NO_YES = (FactKind.REFUSED, FactKind.NO_FURTHER_ACTION, FactKind.NOT_IN_REGION, FactKind.WANTS_PROOF)
ANSWERS = (*NO_YES, FactKind.WRONG_FORM, FactKind.CONFIRMED)
CONTACTS = (*ANSWERS, FactKind.SENT, FactKind.EXTENDED, FactKind.WRITTEN, FactKind.COMPANY_COMPLAINED)
"""What was between the person and Meta."""
AFTER_COMPLAINT = (FactKind.AUTHORITY_WROTE, FactKind.AUTHORITY_ASKED, FactKind.DEVOID_OBJECTED)
ASKED_TAKES = 1
"""Ours, in months: how long an authority is given after it was asked how things stand."""


@dataclass(frozen=True, slots=True)
class Laws:
    """By what a case is counted. `residence` None: not asked yet."""

    registered: Jurisdiction | None
    residence: Jurisdiction | Elsewhere | None
    lived_in: Jurisdiction | None
    """The law where the person lives, else where the account is registered: whom to complain to, and how."""
    authority: Authority | None
    authority_law: Jurisdiction | None
    authority_days_off: DaysOff
    calendars: Calendars


@dataclass(frozen=True, slots=True)
class CaseDates:
    """Each None while nothing runs."""

    answer: Deadline | None = None
    """Meta's answer to the objection."""
    check: Deadline | None = None
    """Our own, after a letter to Meta."""
    company: Deadline | None = None
    """Meta's acknowledgement of a complaint made to it."""
    authority: Deadline | None = None
    """The authority's word on how things stand."""
    devoid: Deadline | None = None
    """The person's own objection to a closing."""
    erasure: Deadline | None = None
    """Meta's word on what was asked of it after its yes."""
    last_day: Deadline | None = None
    """The last day for a complaint to the authority."""
    calls: tuple[date, ...] = ()
    """The days before it on which we remind of it."""

    def all(self) -> tuple[Deadline, ...]:
        """Those that there are; without the last day for a complaint, which keeps nothing open by itself."""
        found = (self.answer, self.check, self.company, self.authority, self.devoid, self.erasure)
        return tuple(each for each in found if each)


def dates_of(case: Case, laws: Laws) -> CaseDates:
    """The dates of a case. Whatever came back undelivered runs no more."""
    answer = answer_date(case, laws)
    last_day = _last_day(case, laws, answer)
    return CaseDates(
        answer=answer,
        check=_check(case, laws),
        company=_company(case, laws),
        authority=authority_date(case, laws),
        devoid=_devoid(case, laws),
        erasure=_erasure(case, laws),
        last_day=last_day,
        calls=_calls(last_day, laws),
    )


def dispatch(case: Case) -> Fact | None:
    """The objection's dispatch, None before one and after one that came back undelivered."""
    sent = case.last(FactKind.SENT, FactKind.UNDELIVERED)
    return sent if sent and sent.kind is FactKind.SENT else None


def received_on(sent: Fact) -> date:
    """The day a dispatch counts as received: at once on the web and by mail, by post a week later until told."""
    return deadlines.arrival_by_post(sent.day) if sent.note == "post" else sent.day


def identity_of(case: Case) -> IdentityQuestion | None:
    """Meta's question who somebody is since the dispatch, with the day of the answer."""
    facts = case.since(FactKind.SENT)
    asked = next((fact for fact in facts if (fact.kind, fact.note) == (FactKind.WANTS_PROOF, IDENTITY)), None)
    if asked is None:
        return None
    given = next((fact for fact in facts if fact.kind is FactKind.IDENTITY_GIVEN and fact.day >= asked.day), None)
    return IdentityQuestion(asked.day, given.day if given else None)


def aware_on(case: Case, answer: Deadline | None) -> date | None:
    """The first day on which somebody can say they knew: that of Meta's first no, or the day after the law's period.

    A day that is our own check is none. `known_on`, from which the last day to complain counts, is the period's end
    itself: a day early costs nothing there, a day late everything.
    """
    no = known_on(case, None)
    over = answer.day + timedelta(days=1) if answer and answer.basis is deadlines.Basis.LEGAL else None
    return min((day for day in (no, over) if day), default=None)


def answer_date(case: Case, laws: Laws) -> Deadline | None:
    """Meta's day; an untold arrival by post makes it our own check."""
    sent = dispatch(case)
    if not sent:
        return None
    extended = case.last(FactKind.EXTENDED)
    due = deadlines.answer_deadline(
        received_on(sent),
        registered=laws.registered,
        residence=laws.residence,
        calendars=laws.calendars,
        extension_told=extended.day if extended else None,
        identity=identity_of(case),
    )
    return due.reckoned() if sent.note == "post" else due


def authority_date(case: Case, laws: Laws) -> Deadline | None:
    """The law's day counts from the complaint; what was written since then begins only our own check."""
    facts = case.since(FactKind.COMPLAINED)
    if not facts:
        return None
    due = deadlines.complaint_deadline(facts[0].day, law=laws.authority_law, days_off=laws.authority_days_off)
    later = next((fact for fact in reversed(facts) if fact.kind in AFTER_COMPLAINT), None)
    return _after(later, due, laws) if later else due


def _after(later: Fact, due: Deadline, laws: Laws) -> Deadline:
    if later.kind is FactKind.AUTHORITY_ASKED:
        asked = working_day_from(months_after(later.day, ASKED_TAKES), laws.authority_days_off)
        return Deadline(asked, deadlines.Basis.OUR_CHECK)
    again = deadlines.complaint_deadline(later.day, law=laws.authority_law, days_off=laws.authority_days_off)
    return replace(again if again.day > due.day else due, basis=deadlines.Basis.OUR_CHECK, article="")


def _check(case: Case, laws: Laws) -> Deadline | None:
    written = case.last(FactKind.WRITTEN)
    place = laws.lived_in.holidays if laws.lived_in else None
    return deadlines.reminder_check(written.day, laws.calendars(place)) if written else None


def _company(case: Case, laws: Laws) -> Deadline | None:
    filed = case.last(FactKind.COMPANY_COMPLAINED)
    return deadlines.company_deadline(filed.day, law=laws.lived_in, calendars=laws.calendars) if filed else None


def _devoid(case: Case, laws: Laws) -> Deadline | None:
    told = case.last(FactKind.DEVOID)
    if not told:
        return None
    return deadlines.devoid_deadline(told.day, law=laws.authority_law, days_off=laws.authority_days_off)


def _erasure(case: Case, laws: Laws) -> Deadline | None:
    """A request of its own under Art. 15 to 22 GDPR: it has the same month as the objection had."""
    asked = case.last(FactKind.ERASURE_ASKED)
    return _answer_to(asked, laws) if asked else None


def _answer_to(request: Fact, laws: Laws) -> Deadline:
    due = deadlines.answer_deadline(
        received_on(request), registered=laws.registered, residence=laws.residence, calendars=laws.calendars
    )
    return due.reckoned() if request.note == "post" else due


def known_on(case: Case, answer: Deadline | None) -> date | None:
    """When the person could first know of what a complaint is about: Meta's first no, or the end of its time."""
    days = [day for day in (_no(case), answer.day if answer else None) if day]
    return min(days, default=None)


def _no(case: Case) -> date | None:
    """The day of Meta's first no since the dispatch."""
    return next((fact.day for fact in case.since(FactKind.SENT) if fact.kind in NO_YES), None)


def _calls(last_day: Deadline | None, laws: Laws) -> tuple[date, ...]:
    window = _window(laws)
    return tuple(last_day.day - timedelta(days=days) for days in window.warn) if window and last_day else ()


def _window(laws: Laws) -> Window | None:
    """Until when one may complain: by the authority's record, else by the law where the person lives."""
    of_law = laws.lived_in.window if laws.lived_in else None
    return (laws.authority.window if laws.authority else None) or of_law


def _last_day(case: Case, laws: Laws, answer: Deadline | None) -> Deadline | None:
    window = _window(laws)
    known, contact, sent = known_on(case, answer), case.last(*CONTACTS), case.last(FactKind.SENT)
    if window is None or known is None or contact is None or sent is None:
        return None
    return deadlines.last_day_to_complain(
        window, known=known, contact=max(known, contact.day), request=sent.day, answered=_no(case)
    )
