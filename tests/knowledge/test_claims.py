"""Each article that a text names rests on a record with source and day. What names none is listed, not passed over."""

import re
from datetime import date, timedelta

import pytest
from babel.messages.pofile import read_po

from bot.knowledge import load
from bot.knowledge.claims import load_claims, old_records
from bot.rendering.languages import LOCALES

CLAIMS = load_claims()
CITATION = re.compile(
    r"Reg\. \(EU\) \d+/\d+|§ ?\d+\(\d\)|\bs\. \d+[A-Z]?|\b[Aa]rt\. \d+[A-Z]?(?:\(\d+\))?(?:\([a-z]\))?(?: §\d)?"
)
OF_THE_LAW = re.compile(r"\b(?:GDPR|FADP|LGPD|the law|Regulation)\b")
WITHOUT = 26
"""Sentences that speak of the law and name no article; most say what we do not know. Fewer is good, more is not."""


def sentences() -> list[str]:
    """All English texts of the chat, the page and the papers."""
    with (LOCALES / "messages.pot").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return [text for each in ids for text in ((each,) if isinstance(each, str) else each)]


def test_every_citation_of_a_text_has_a_record_with_source_and_day():
    without = {f"{cite}: {text[:60]}" for text in sentences() for cite in CITATION.findall(text) if cite not in CLAIMS}

    assert without == set()


def test_every_record_is_cited_somewhere():
    letters = "".join(path.read_text(encoding="utf-8") for path in (LOCALES / "en" / "letters").rglob("*.j2"))
    cited = {cite for text in sentences() for cite in CITATION.findall(text)}
    made = {f"Art. {a}{f'({b})' if b else ''}{f'({c})' if c else ''}" for a, b, c in _arts(letters)}
    made |= set(CITATION.findall(letters))

    assert {claim.id for claim in CLAIMS.values() if not set(claim.cites) & (cited | made)} == set()


def test_every_article_of_a_letter_has_a_record():
    letters = "".join(path.read_text(encoding="utf-8") for path in (LOCALES / "en" / "letters").rglob("*.j2"))
    made = {f"Art. {a}{f'({b})' if b else ''}{f'({c})' if c else ''}" for a, b, c in _arts(letters)}

    assert made - set(CLAIMS) == set()


def test_sentences_on_the_law_without_an_article_do_not_grow_in_number():
    found = [text for text in sentences() if OF_THE_LAW.search(text) and not CITATION.search(text)]

    assert len(found) <= WITHOUT, "\n".join(found)


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_a_record_is_old_after_180_days(days, old):
    knowledge = load()
    today = date(2026, 11, 23) + timedelta(days=days)

    assert ("gdpr_month" in old_records(knowledge, CLAIMS, today)) is old


def _arts(letters: str) -> list[tuple[str, str, str]]:
    return re.findall(r"art\((\d+)(?:, (\d+))?(?:, \"([a-z])\")?\)", letters)
