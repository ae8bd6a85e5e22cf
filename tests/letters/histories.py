"""Letters' facts to render: the plain ones, and those with everything that can stand in a letter."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.forms import Service
from bot.domain.letters import Attempt, Event, LetterFacts, LetterKind, Outage, Recipient
from bot.rendering.letters import Meta, Sender

POST = Meta(
    ("Meta Platforms Ireland Limited", "ATTN: Privacy Operations", "Merrion Road", "Dublin 4", "D04 X2K5", "Ireland")
)
UK_POST = Meta(("Meta Platforms, Inc.", "ATTN: Privacy Operations", "1601 Willow Road", "Menlo Park, CA 94025", "USA"))
SENDER = Sender(("Renate Mustermann", "Ginsterweg 7", "80331 München"), "renate@example.org")
AUTHORITIES = {
    "eu": Recipient("debaylda", "Bayerisches Landesamt für Datenschutzaufsicht", "DE", ("de",), "DE-BY"),
    "uk": Recipient("ico", "The Information Commissioner’s Office", "GB", ("en",)),
    "ch": Recipient("edoeb", "EDÖB – Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter", "CH", ("de",)),
    "br": Recipient("anpd", "ANPD – Autoridade Nacional de Proteção de Dados", "BR", ("pt",)),
}
COUNTRIES = {"eu": "DE", "uk": "GB", "ch": "CH", "br": "BR"}
ONLY = {
    LetterKind.COMPANY_COMPLAINT: {"uk"},
    LetterKind.DEVOID_OBJECTION: {"eu"},
    LetterKind.ERASURE: {"eu", "uk"},
}
"""Kinds that only some laws know."""
PAIRS = [(kind, law) for kind in LetterKind for law in COUNTRIES if law in ONLY.get(kind, COUNTRIES)]


def posted(facts: LetterFacts) -> Meta:
    """Meta's address for that account; for some none is on record."""
    return {"eu": POST, "uk": UK_POST}.get(facts.law_registered, Meta())


AUSTRIA = "at"


def austrian(facts: LetterFacts) -> LetterFacts:
    """The same complaint to the Austrian authority."""
    own = Recipient("atdsb", "Österreichische Datenschutzbehörde", "AT", ("de",))
    return replace(facts, country="AT", residence="AT", variant=AUSTRIA, authority=own)


def plain(kind: LetterKind, law: str = "eu") -> LetterFacts:
    return LetterFacts(
        kind,
        law,
        Service.FACEBOOK,
        COUNTRIES[law],
        date(2027, 1, 19),
        law_registered=law,
        sent_on=date(2026, 12, 3),
        authority=AUTHORITIES[law],
    )


def full(kind: LetterKind, law: str = "eu") -> LetterFacts:
    """Everything happened, and on as many days as a letter can name."""
    days = [date(2026, 12, day) for day in range(3, 20)]
    return replace(
        plain(kind, law),
        residence=COUNTRIES[law],
        sent_by="form",
        due_on=date(2027, 1, 4),
        due_is_legal=law in {"eu", "uk"},
        extended_on=date(2026, 12, 10),
        reminded_on=date(2027, 1, 5),
        answered_on=date(2026, 12, 20),
        answer="refused",
        lacking=("reasons", "court"),
        asked_identity_on=date(2026, 12, 21),
        gave_identity_on=date(2026, 12, 22),
        company_complained_on=date(2027, 1, 6),
        attempts=tuple(Attempt(day, what) for day in days for what in ("failed", "code_missing")),
        outages=tuple(outage(day) for day in days[:6]),
        history=tuple(Event(day, what) for day in days for what in ("opened", "failed", "code_missing", "sent")),
        filed_on=date(2027, 1, 19),
        told_devoid_on=date(2027, 4, 20),
        known_on=date(2027, 1, 4),
        new_rules=law == "eu",
    )


def usual(kind: LetterKind, law: str = "eu") -> LetterFacts:
    """What mostly happened: one failed attempt in an outage, then silence or an answer."""
    facts = full(kind, law)
    answered = kind.value.startswith(("reply", "erasure")) or kind is LetterKind.IDENTITY_GIVEN
    return replace(
        facts,
        attempts=facts.attempts[:2],
        outages=facts.outages[:1],
        history=(*facts.history[1:3], Event(date(2026, 12, 3), "sent"), Event(date(2027, 1, 5), "written")),
        lacking=(),
        extended_on=None,
        answered_on=facts.answered_on if answered else None,
        asked_identity_on=facts.asked_identity_on if answered else None,
    )


def outage(day: date, looks: int = 14) -> Outage:
    at = datetime(day.year, day.month, day.day, 14, 5, tzinfo=UTC)
    return Outage(
        "Einspruch gegen die Verwendung deiner Informationen für KI bei Meta",
        "DE",
        at,
        at.replace(hour=16),
        looks,
        ("direct", "proxy:DE", "globalping:DE"),
        ("gone", "server_error"),
        ("incident 12", *(f"{1000 + number}" for number in range(looks))),
    )
