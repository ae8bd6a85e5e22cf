"""Letters' facts to render: the plain ones, and those with everything that can stand in a letter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.forms import Service
from bot.domain.letters import Attempt, Event, LetterFacts, LetterKind, Outage, Recipient
from bot.rendering.letters import Meta, Sender

POST = Meta(
    ("Meta Platforms Ireland Limited", "ATTN: Privacy Operations", "Merrion Road", "Dublin 4", "D04 X2K5", "Ireland")
)
UK_POST = Meta(("Meta Platforms, Inc.", "ATTN: Privacy Operations", "1601 Willow Road", "Menlo Park, CA 94025", "USA"))
SENDER = Sender(("Renate Mustermann", "Ginsterweg 7", "80331 München"), "renate@example.org")
AUTHORITIES = {
    "eu": Recipient(
        "debaylda",
        "Bayerisches Landesamt für Datenschutzaufsicht",
        "DE",
        ("de",),
        "DE-BY",
        "poststelle@lda.bayern.de",
        "https://www.lda.bayern.de/de/beschwerde.html",
    ),
    "uk": Recipient(
        "ico",
        "The Information Commissioner’s Office",
        "GB",
        ("en",),
        page="https://ico.org.uk/make-a-complaint/data-protection-complaints/data-protection-complaints/",
    ),
    "ch": Recipient("edoeb", "EDÖB – Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter", "CH", ("de",)),
    "br": Recipient("anpd", "ANPD – Agência Nacional de Proteção de Dados", "BR", ("pt",)),
}
"""One with an e-mail address, one with a form alone, two of which neither is told here."""
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
    own = Recipient("atdsb", "Österreichische Datenschutzbehörde", "AT", ("de",), email="dsb@dsb.gv.at")
    outages = tuple(replace(each, country="AT") for each in facts.outages)
    return replace(facts, country="AT", residence="AT", variant=AUSTRIA, authority=own, outages=outages)


SENT = date(2026, 12, 3)
FILED = date(2027, 4, 12)
"""After the day from which Reg. 2025/2518 is the rule."""
WRITTEN = {
    LetterKind.OBJECTION: SENT,
    LetterKind.COMPLAINT: FILED,
    LetterKind.AUTHORITY_NUDGE: date(2027, 7, 13),
    LetterKind.DEVOID_OBJECTION: date(2027, 6, 21),
}
"""The day of each letter to an authority and of the first to Meta; the others are written when it had its time."""
_ANSWER = {
    LetterKind.REPLY_NO_FURTHER_ACTION: "no_further_action",
    LetterKind.REPLY_WANTS_PROOF: "wants_proof",
    LetterKind.REPLY_NOT_IN_REGION: "not_in_region",
    LetterKind.REPLY_WRONG_FORM: "wrong_form",
    LetterKind.ERASURE: "confirmed",
}
AFTER_FORM = frozenset({LetterKind.REMINDER, LetterKind.REPLY_NO_FURTHER_ACTION})
"""Letters that name what failed before an objection went out by e-mail."""


def plain(kind: LetterKind, law: str = "eu") -> LetterFacts:
    return LetterFacts(
        kind,
        law,
        Service.FACEBOOK,
        COUNTRIES[law],
        WRITTEN.get(kind, date(2027, 1, 19)),
        law_registered=law,
        sent_on=None if kind is LetterKind.OBJECTION else SENT,
        authority=AUTHORITIES[law],
    )


def full(kind: LetterKind, law: str = "eu") -> LetterFacts:
    """Everything happened, and on as many days as a letter can name: more time was told, and the answer came late."""
    days = [SENT - timedelta(days=number) for number in reversed(range(17))]
    tried = tuple(Attempt(day, what) for day in days for what in ("failed", "code_missing"))
    failed = tuple(Event(day, what) for day in days for what in ("opened", "failed", "code_missing"))
    facts = replace(
        plain(kind, law),
        today=WRITTEN.get(kind, date(2027, 3, 30)),
        residence=COUNTRIES[law],
        attempts=tried if kind in {*AFTER_FORM, LetterKind.OBJECTION} else (),
        outages=tuple(outage(day, country=COUNTRIES[law]) for day in days[-6:]),
        history=failed,
    )
    if kind is LetterKind.OBJECTION:
        return facts
    return _devoid(
        replace(
            facts,
            sent_by="mail" if kind in AFTER_FORM else "form",
            due_on=date(2027, 3, 22) if law == "uk" else date(2027, 3, 4),
            due_is_legal=law in {"eu", "uk"},
            extended_on=date(2026, 12, 23),
            reminded_on=date(2027, 3, 23),
            first_answer_on=date(2027, 3, 24),
            answered_on=date(2027, 3, 24),
            answer="refused",
            lacking=("reasons", "court"),
            asked_identity_on=date(2026, 12, 21),
            gave_identity_on=date(2026, 12, 22),
            company_complained_on=date(2027, 3, 30),
            history=(*failed, Event(SENT, "sent"), Event(date(2027, 3, 23), "written")),
            known_on=date(2027, 3, 5),
            new_rules=law == "eu" and kind is LetterKind.COMPLAINT,
        )
    )


def usual(kind: LetterKind, law: str = "eu") -> LetterFacts:
    """What mostly happened: one failed attempt in an outage, then silence or an answer."""
    facts = full(kind, law)
    written = date(2027, 1, 5)
    facts = replace(
        facts,
        today=WRITTEN.get(kind, date(2027, 1, 19)),
        lacking=(),
        attempts=facts.attempts[-2:],
        outages=(outage(SENT, country=COUNTRIES[law]),),
        history=(Event(SENT, "failed"), Event(SENT, "code_missing"), Event(SENT, "sent"), Event(written, "written")),
        extended_on=None,
    )
    if kind is LetterKind.OBJECTION:
        return replace(facts, history=facts.history[:2])
    asked = date(2026, 12, 21) if kind in {LetterKind.REPLY_WANTS_PROOF, LetterKind.IDENTITY_GIVEN} else None
    answered = kind.value.startswith(("reply", "erasure"))
    answer = (asked or date(2026, 12, 20)) if answered else None
    return _devoid(
        replace(
            facts,
            due_on=date(2027, 1, 4),
            reminded_on=written,
            first_answer_on=answer,
            answered_on=answer,
            answer=_ANSWER.get(kind, "refused") if answer else "",
            asked_identity_on=asked,
            gave_identity_on=date(2026, 12, 22) if kind is LetterKind.IDENTITY_GIVEN else None,
            company_complained_on=date(2027, 1, 6),
            known_on=date(2027, 1, 5),
        )
    )


def _devoid(facts: LetterFacts) -> LetterFacts:
    """The same once the complaint was lodged, and once the authority took it for devoid of purpose."""
    if facts.kind not in {LetterKind.AUTHORITY_NUDGE, LetterKind.DEVOID_OBJECTION}:
        return facts
    facts = replace(facts, filed_on=FILED, history=(*facts.history, Event(FILED, "complained")))
    if facts.kind is LetterKind.AUTHORITY_NUDGE:
        return facts
    told = date(2027, 6, 14)
    return replace(facts, told_devoid_on=told, history=(*facts.history, Event(told, "devoid")))


def outage(day: date, looks: int = 14, country: str = "DE") -> Outage:
    at = datetime(day.year, day.month, day.day, 14, 5, tzinfo=UTC)
    return Outage(
        "Einspruch gegen die Verwendung deiner Informationen für KI bei Meta",
        country,
        at,
        at.replace(hour=16),
        looks,
        ("direct", f"proxy:{country}", f"globalping:{country}"),
        ("gone", "server_error"),
        ("incident 12", *(f"{1000 + number}" for number in range(looks))),
    )
