"""The letter in hand: what a case's facts give it to say, in which languages it goes out and is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.case_dates import dispatch
from bot.domain.cases import FactKind
from bot.domain.deadlines import Basis
from bot.domain.letters import (
    MAX_OUTAGES,
    TO_AUTHORITY,
    LetterFacts,
    LetterKind,
    Outage,
    Recipient,
    languages_for,
)
from conversations.paper import history
from conversations.wording import company_law, lacking
from conversations.write.complaints import competent, place
from conversations.write.letters import LETTER, what_to_write

if TYPE_CHECKING:
    from bot.domain.cases import Case
    from bot.domain.incidents import Incident
    from bot.domain.jurisdictions import Authority
    from conversations.scene import Scene

LANGUAGE = "paper_language"
"""The session's answer that names the language chosen where the recipient's does not exist."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """`send` is empty where the letter does not exist in any language of the recipient."""

    send: str
    read: str
    """The person's own, if the letter exists in it and is another one; else empty."""
    there: tuple[str, ...]
    wanted: tuple[str, ...]
    """The languages of the recipient."""


def kind_in_hand(scene: Scene) -> LetterKind:
    """The letter that was chosen, else the one that fits now."""
    name = scene.answer(LETTER)
    return LetterKind(name) if name in set(LetterKind) else what_to_write(scene)


def letter_in_hand(scene: Scene) -> LetterFacts | None:
    """What the chosen letter may say; None before it is known what the objection is about."""
    if not scene.case and not scene.country:
        return None
    scene = scene.begun()
    return letter_for(scene, scene.case, kind_in_hand(scene)) if scene.case else None


def letter_for(scene: Scene, case: Case, kind: LetterKind) -> LetterFacts:
    """The facts of a case, as a letter of that kind may tell them."""
    authority = _authority(scene, case) if kind in TO_AUTHORITY else None
    residence = case.lived_in or scene.person.residence
    dates = scene.dates(case)
    law = _law(scene, authority) if kind in TO_AUTHORITY else company_law(scene)
    answers = history.answers(case)
    rules = scene.world.law(authority.country if authority else case.country)
    sent = dispatch(case)
    return LetterFacts(
        kind,
        law or "",
        case.service,
        case.country,
        scene.today,
        residence=residence,
        region=scene.person.region,
        law_registered=scene.world.jurisdiction_id(case.country) or "",
        variant=authority.variant if authority else "",
        sent_on=sent.day if sent else None,
        sent_by=(sent.note or history.FORM) if sent else "",
        due_on=dates.answer.day if dates.answer else None,
        due_is_legal=bool(dates.answer and dates.answer.basis is Basis.LEGAL),
        extended_on=history.day_of(case, FactKind.EXTENDED),
        reminded_on=history.day_of(case, FactKind.WRITTEN),
        first_answer_on=next((fact.day for fact in answers), None),
        answered_on=answers[-1].day if answers else None,
        answer=answers[-1].kind.value if answers else "",
        lacking=lacking(case),
        asked_identity_on=history.asked_identity(case),
        gave_identity_on=history.day_of(case, FactKind.IDENTITY_GIVEN),
        company_complained_on=history.day_of(case, FactKind.COMPANY_COMPLAINED),
        attempts=history.attempts(case, kind),
        outages=_outages(scene, case),
        history=history.events(case),
        authority=_recipient(authority) if authority else None,
        filed_on=history.day_of(case, FactKind.COMPLAINED),
        told_devoid_on=history.day_of(case, FactKind.DEVOID),
        known_on=history.known_today(case, dates.answer, scene.today),
        new_rules=bool(rules and rules.rules_on(scene.today)),
    )


def _law(scene: Scene, authority: Authority | None) -> str | None:
    return scene.world.jurisdiction_id(authority.country if authority else place(scene))


def _authority(scene: Scene, case: Case) -> Authority | None:
    """The one that has the complaint, else the one that will get it."""
    filed = case.last(FactKind.COMPLAINED)
    known = scene.world.authority(filed.note) if filed and filed.note else None
    return known or competent(scene)


def _recipient(authority: Authority) -> Recipient:
    return Recipient(
        authority.id,
        authority.name,
        authority.country,
        authority.languages,
        authority.region,
        authority.email,
        authority.complaint_form or authority.website,
        has_form=authority.complaint_form is not None,
        accepts_email=authority.accepts_email,
        needs_signature=authority.needs_signature,
    )


def _outages(scene: Scene, case: Case) -> tuple[Outage, ...]:
    return tuple(_outage(scene, each) for each in scene.world.outages(case)[-MAX_OUTAGES:])


def _outage(scene: Scene, incident: Incident) -> Outage:
    form = scene.world.known_form(incident.form)
    return Outage(
        form_title=next(iter(form.titles), "") if form else "",
        country=incident.country,
        since=incident.started_at,
        until=incident.ended_at,
        looks=incident.looks,
        networks=incident.networks,
        causes=tuple(cause.value for cause in incident.causes),
        ids=(str(incident.id),),
    )


def tongues(scene: Scene, facts: LetterFacts) -> Tongues:
    """In which languages the letter can go out and be read."""
    there, own = scene.world.letter_languages(facts), scene.person.language
    send = next(iter(languages_for(facts.kind, facts.authority, own=own, available=there)), "")
    chosen = scene.answer(LANGUAGE)
    out = send or (chosen if chosen in there else "")
    read = own if own in there and own != out else ""
    wanted = facts.authority.languages if facts.authority else ("en",)
    return Tongues(out, read, there, wanted)
