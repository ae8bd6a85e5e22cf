"""Each factual sentence of our texts rests on a record with source and day; what states none is listed, with why."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.domain.forms import Sureness
from bot.knowledge import load
from bot.knowledge.claims import load_claims, old_records
from bot.knowledge.questions import QuestionKind, load_questions
from bot.rendering.languages import LOCALES

RECORDS = load_claims()
CLAIMS = {cite: claim for claim in RECORDS for cite in claim.cites}
FLOWS = Path("conversations")
CITATION = re.compile(
    r"Reg\. \(EU\) \d+/\d+|§ ?\d+\(\d\)|\bs\. \d+[A-Z]?|\b[Aa]rt\. \d+[A-Z]?(?:\(\d+\))?(?:\([a-z]\))?(?: §\d)?"
)
NAMED = re.compile(r"%\((?:article|basis|right)\)s|\{article\}")
"""Filled with an article of the law that counts; jurisdictions.toml has it."""
FACTUAL = re.compile(
    r"""\b(?:GDPR|FADP|LGPD|KVKK|PIPA|DPDP|Swiss\ law|[Tt]he\ law\b|law's\b|Regulation|legal\ day|too\ late|is\ late)\b
    | \b(?:your|no)\ right\b | \bright\ to\b | \bIt\ is\ free\b | \bday\ off\b
    | \b(?:\d+|one|two|three|four|six)\ (?:days?|weeks?|months?|years?)\b | \babout\ a\ day\b
    | \b(?:ANPD|ICO|DPC|EDÖB|FDPIC|UODO|CNIL|Senate|data\ protection\ authority)\b
    | \b[Tt]he\ authority\ (?:wants|asks|has|must|should)\b
    | \bMeta(?:'s\ AI)?\ (?:says|said|may|must|has\ to|uses|trains|named|told|owes|often|only)\b
    | \b[Mm]enu\ as\ of\b | \b20\d\d\b | \bmodels\ have\ learned\b | \busual\ cause\b | \bstandard\ letter\b
    | \b(?:[Tt]he|[Tt]hat|[Tt]his)\ form\ (?:goes|asks|belongs|opens|fulfils|is\ about|about)\b
    | \b[Oo]ne\ objection\b | \bsame\ Accounts\ Centre\b | \baccount's\ (?:country|e-mail)\b | \bhonour""",
    re.VERBOSE,
)
"""By what a sentence shows that it states something of the law, an authority, Meta or its forms. Questions do not."""
NO_FACTS = {
    "what we do and keep ourselves": (
        "not opened by a person for 30 days",
        "30 days as a picture",
        "picture of the 30 days",
        "12 months after a case's",
        "30 days: %(count)s message",
        "90 days: %(count)s outage",
        "of 90 days, the newest first",
        "the last 90 days",
        "ast 30 days",
        "reckon with a week",
        "In 2 weeks",
        "In 3 days",
        "your chat's number, language",
        "evidence is kept for",
        "How many groups were told is kept",
    ),
    "what the person tells, taps or is to type": (
        "In 2024",
        "In 2025",
        "for example 3.12.202",
        "like 3.12.202",
        "Send me your name and address",
        "It is in the same Accounts Centre",
    ),
    "of this bot, not of Meta": ("It is free, needs no name and no password",),
    "rests on paths.toml": ("Menu as of",),
    "rests on authorities.toml": ("The authority has a complaint page.", "The address was on record in 2026"),
    "says that we do not know": (
        "What a refusal must contain by the law there, I do not have on record.",
        "legal date if the GDPR applies to your account",
        "a legal date if the law of your account's country applies",
        "The month is that of the account's country.",
    ),
}  # fmt: skip
"""What the detector finds that states no fact of the world, or rests on records of another kind; by its reason."""
CARE = re.compile(r"\b(?:as far as|may|might|most likely|said to|report|in 20\d\d)", re.IGNORECASE)
ABBREVIATION = re.compile(r"\b([Aa]rts?|Reg|s|No)\. ")
JOINED = "\u2060"
"""Stands for the space behind an abbreviation, and is none."""


def texts() -> list[str]:
    """All English texts of the chat, the page and the papers."""
    with (LOCALES / "messages.pot").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return [text for each in ids for text in ((each,) if isinstance(each, str) else each)]


def sentences(text: str) -> list[str]:
    joined = ABBREVIATION.sub(lambda match: f"{match[1]}.{JOINED}", text)
    return [
        each.replace(JOINED, " ") for each in re.split(r"(?<=[.!?…])\s+|(?<=[.!?]”)\s+|\n+", joined) if each.strip()
    ]


def factual(text: str) -> list[str]:
    """The sentences of a text that state something and name no article themselves; one beside them does not count."""
    stating = (each for each in sentences(text) if FACTUAL.search(each) and not each.rstrip("”").endswith("?"))
    return [each for each in stating if not (CITATION.search(each) or NAMED.search(each))]


def blocks(flow: str) -> dict[str, set[str]]:
    """The texts of a flow's templates by their blocks."""
    template = (FLOWS / flow / "messages.j2").read_text("utf-8")
    found = {}
    for name, block in re.findall(r"\{% block (\w+) %\}(.*?)\{% endblock %\}", template, re.DOTALL):
        bodies = re.findall(r"\{% trans[^%]*%\}(.*?)\{% (?:pluralize|endtrans)", block, re.DOTALL)
        found[name] = {re.sub(r"\{\{ ?(\w+) ?\}\}", r"%(\1)s", body) for body in bodies}
    return found


def answers() -> set[str]:
    """Texts of answers to typed questions, and of countries elsewhere: their records are held by tests of their own."""
    topics = {id_ for id_, each in load_questions().items() if each.kind is QuestionKind.ANSWER and each.sources}
    typed = [bodies for name, bodies in blocks("questions").items() if name in topics]
    return set().union(*typed, blocks("elsewhere")["known"])


def test_every_factual_sentence_rests_on_a_record_or_is_listed_with_its_reason():
    told = [part for claim in RECORDS for part in claim.tells]
    listed = [part for parts in NO_FACTS.values() for part in parts]
    found = {sentence for text in set(texts()) - answers() for sentence in factual(text)}
    without = {each for each in found if not any(part in each for part in (*told, *listed))}

    assert without == set()
    assert len(found) > 60, "the detector sees them"


def test_what_is_listed_is_still_said_and_is_what_the_detector_finds():
    found = [sentence for text in texts() for sentence in factual(text)]
    parts = [part for parts in NO_FACTS.values() for part in parts]

    assert [part for part in parts if not any(part in each for each in found)] == []


def test_every_sentence_of_a_record_is_still_said():
    said = "\n".join(texts())

    assert [part for claim in RECORDS for part in claim.tells if part not in said] == []


def test_what_is_not_sure_is_worded_with_care():
    low = [(part, text) for claim in RECORDS for part in claim.tells for text in texts()
           if claim.sureness is Sureness.LOW and part in text]  # fmt: skip

    assert [part for part, text in low if not CARE.search(text)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Meta must answer within two months.", "The ICO decides in 30 days.", "Training began on 27 May 2025.",
        "Meta says it takes public posts only.", "Your right ends there, and no right remains.", "It is too late.",
    ],
)  # fmt: skip
def test_the_detector_sees_what_would_need_a_record(sentence):
    assert factual(sentence) == [sentence]
    assert factual("What does the law say?") == factual("Please tap one of these.") == []


def test_an_article_covers_its_own_sentence_and_not_its_neighbours():
    bare = "Meta must answer within two months."

    assert factual(f"{bare} It must give reasons (Art. 12(4) GDPR).") == [bare]
    assert factual(f"By Art. 12(3) GDPR Meta must answer within a month. {bare}") == [bare]
    assert factual("Meta must answer within one month (s. 164A DPA 2018, Art. 12A UK GDPR).") == []


def test_every_citation_of_a_text_has_a_record_with_source_and_day():
    without = {f"{cite}: {text[:60]}" for text in texts() for cite in CITATION.findall(text) if cite not in CLAIMS}

    assert without == set()


def test_every_record_is_cited_or_told_somewhere():
    letters = "".join(path.read_text(encoding="utf-8") for path in (LOCALES / "en" / "letters").rglob("*.j2"))
    cited = {cite for text in texts() for cite in CITATION.findall(text)}
    made = {f"Art. {a}{f'({b})' if b else ''}{f'({c})' if c else ''}" for a, b, c in _arts(letters)}
    made |= set(CITATION.findall(letters))

    assert {claim.id for claim in RECORDS if not claim.tells and not set(claim.cites) & (cited | made)} == set()


def test_every_article_of_a_letter_has_a_record():
    letters = "".join(path.read_text(encoding="utf-8") for path in (LOCALES / "en" / "letters").rglob("*.j2"))
    made = {f"Art. {a}{f'({b})' if b else ''}{f'({c})' if c else ''}" for a, b, c in _arts(letters)}

    assert made - set(CLAIMS) == set()


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_a_record_is_old_after_180_days(days, old):
    found = old_records(load(), None, date(2026, 11, 23) + timedelta(days=days))

    for id_ in ("gdpr_month", "accounts_centre", "elsewhere TR", "eu", "facebook-genai"):
        assert (id_ in found) is old, id_


def _arts(letters: str) -> list[tuple[str, str, str]]:
    return re.findall(r"art\((\d+)(?:, (\d+))?(?:, \"([a-z])\")?\)", letters)
