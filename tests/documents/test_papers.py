"""Letters on paper, and the evidence: the same words, and readable by everybody."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import typst

from bot.documents.bundle import MOST_LOOKS, Evidenced, digest
from bot.documents.paper import paper
from bot.documents.typesetting import Part, pdf
from bot.domain.cases import Case, FactKind
from bot.domain.forms import Service
from bot.domain.incidents import Cause, Incident, Proof
from bot.domain.letters import LetterKind
from bot.domain.observations import Evidence, Observation, Reason, Verdict
from bot.rendering.evidence import KINDS, evidence_speech, evidence_words
from bot.rendering.letters import Meta, languages_of, letter, tellings
from bot.use_cases.papers import bundle_file, letter_file
from tests.documents.reading_papers import needs_poppler, read, squeezed
from tests.letters.histories import PAIRS, POST, SENDER, austrian, full, plain, posted, usual

SAMPLE = [
    (LetterKind.OBJECTION, "eu", "de"),
    (LetterKind.COMPLAINT, "eu", "de"),
    (LetterKind.COMPLAINT, "uk", "en"),
    (LetterKind.REMINDER, "ch", "de"),
    (LetterKind.OBJECTION, "br", "en"),
]
AT = datetime(2026, 12, 3, 8, 0, 5, tzinfo=UTC)
FORM, URL = "Object to your information being used", "https://www.facebook.com/help/contact/1"
LETTERED = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "el", "sv")


def made(facts, language, sender=None):
    text = letter(facts, language, posted(facts), sender)
    return text, paper(text.text, subject=text.subject, language=language)


def look(number: int, **evidence) -> Observation:
    kept = Evidence(**evidence) if evidence else None
    at = AT + timedelta(minutes=number)
    return Observation(
        "fb", "DE", "direct", at, Verdict.GONE, Reason.NOT_FOUND, 404, 0.3, (), evidence=kept, id=1000 + number
    )


def outage(looks: int = 3) -> Evidenced:
    incident = Incident(7, "fb", "DE", AT, AT, (Cause.GONE,), Proof.NETWORKS, ("direct", "proxy:DE"), looks, None)
    return Evidenced(
        incident, [look(number, measurement="gp42" if number else "") for number in range(looks)], FORM, URL
    )


def case() -> Case:
    begun = Case(1, Service.FACEBOOK, "DE").with_fact(FactKind.FAILED, today=date(2026, 12, 3))
    return begun.with_fact(FactKind.SENT, today=date(2026, 12, 3), note="mail").with_letter("objection.en.0123456789ab")


@needs_poppler
@pytest.mark.parametrize(("kind", "law", "language"), SAMPLE)
def test_the_text_of_the_paper_is_the_letter(kind, law, language):
    text, content = made(full(kind, law), language)

    assert squeezed(read(content, "pdftotext")) == squeezed(text.text)


@needs_poppler
def test_the_filled_paper_is_the_filled_letter():
    text, content = made(usual(LetterKind.REMINDER), "en", SENDER)

    assert "Renate Mustermann" in read(content, "pdftotext")
    assert squeezed(read(content, "pdftotext")) == squeezed(text.text)


@pytest.mark.long
@needs_poppler
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "el", "sv"])
def test_the_text_of_every_paper_is_its_letter(language):
    for kind, law in PAIRS:
        for facts in (plain(kind, law), usual(kind, law), full(kind, law)):
            if language in languages_of(facts):
                text, content = made(facts, language)
                assert squeezed(read(content, "pdftotext")) == squeezed(text.text), (kind, law)


@needs_poppler
def test_a_paper_is_a4_tagged_titled_and_brings_its_fonts():
    text, content = made(usual(LetterKind.COMPLAINT), "de")

    info = read(content, "pdfinfo")
    assert "A4" in info
    assert re.search(r"Tagged:\s+yes", info)
    assert text.subject in info
    fonts = [line.split() for line in read(content, "pdffonts").splitlines()[2:]]
    assert fonts
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts), "embedded, a subset, with its characters"


def test_a_paper_says_its_language_and_that_it_is_pdf_ua():
    _, content = made(usual(LetterKind.COMPLAINT), "de")

    assert b"/Lang (de)" in content
    assert b"pdfuaid:part>1<" in content


@needs_poppler
def test_latin_greek_and_cyrillic_are_all_there():
    text = "Ελληνικά: εναντίωση\nPolski: sprzeciw, żółć\nМосква, Київ\nČeština, Türkçe: ğışç, Română: șț"

    content = paper(f"\n\n{text}", subject="x", language="el")

    assert squeezed(read(content, "pdftotext")) == squeezed(text)


def test_what_pdf_ua_forbids_is_refused_by_the_compiler():
    with pytest.raises(typst.TypstError):
        pdf([Part("lines", ("text",))], title="", language="de")


@needs_poppler
def test_text_is_never_read_as_markup():
    nasty = '#panic("x") *b* $x$ @ref <label> \\ // [a] `raw` = no heading https://a.example'

    content = paper(f"\n\n{nasty}", subject="x", language="en")

    assert squeezed(read(content, "pdftotext")) == squeezed(nasty)


@needs_poppler
def test_a_date_in_the_head_is_no_numbered_line():
    facts = replace(plain(LetterKind.REMINDER), today=date(2027, 1, 1))

    _, content = made(facts, "de")

    assert "\n1. Januar 2027\n" in read(content, "pdftotext")


@needs_poppler
async def test_a_delivery_holds_facts_and_becomes_the_paper_when_it_is_sent():
    facts = austrian(usual(LetterKind.COMPLAINT))
    values = {"paper": facts.to_values(), "written_in": "de", "meta": list(POST.post)}

    file = await letter_file(values)

    assert (file.name, file.mime) == ("complaint-de.pdf", "application/pdf")
    assert squeezed(read(file.content, "pdftotext")) == squeezed(letter(facts, "de", Meta(POST.post)).text)


@needs_poppler
async def test_the_evidence_names_history_letters_outages_and_a_hash_for_each_look():
    evidenced = outage()

    file = await bundle_file(case(), [evidenced], today=date(2027, 1, 19), language="en")

    text = squeezed(read(file.content, "pdftotext"))
    for told in (
        "3 December 2026: attempt: the form did not open", "3 December 2026: objection (English)", "Outage 1", FORM,
        URL, "2026-12-03 08:00:05", "page not found (404)", "the bot's own network", "gp42", "named as record 7",
    ):  # fmt: skip
        assert squeezed(told) in text, told
    for each in evidenced.looks:
        assert digest(each) in text


@needs_poppler
@pytest.mark.parametrize("language", LETTERED)
async def test_the_evidence_is_in_the_language_of_its_letter_and_shows_no_names_of_ours(language):
    file = await bundle_file(case(), [outage()], today=date(2027, 1, 19), language=language)

    text = squeezed(read(file.content, "pdftotext"))
    words = evidence_words(language)
    assert squeezed(words["history"]) in text
    assert squeezed(tellings(language).fact("failed")) in text
    assert f"/Lang ({language})".encode() in file.content
    for ours in ("0123456789ab", "not_found", "gone,", "1000", "direct", "{", "None"):
        assert ours not in text, ours
    if language != "en":
        assert not {
            each for each in evidence_words("en")["head"] if each.startswith(("Seen", "Network", "Measure"))
        } & {*words["head"]}


@needs_poppler
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", r"3\. Dezember 2026: Versuch"),
        ("fr", r"3 décembre 2026\s: lors d’une"),
        ("fr", r"3 décembre 2026\s: opposition \(anglais"),
        ("pl", r"3 grudnia 2026 r\.: próba"),
    ],
)
async def test_the_evidence_sets_a_day_before_what_happened_as_the_letters_do(language, told):
    file = await bundle_file(case(), [], today=date(2027, 1, 19), language=language)

    assert re.search(told, read(file.content, "pdftotext"))


@needs_poppler
@pytest.mark.parametrize("language", LETTERED)
async def test_an_outage_that_lasts_is_told_as_one_sentence_with_its_zone_before_it(language):
    file = await bundle_file(case(), [outage()], today=date(2027, 1, 19), language=language)

    text = squeezed(read(file.content, "pdftotext"))
    assert squeezed(f"{evidence_words(language)['still']}.") in text
    assert text.index("(UTC)") < text.index(squeezed("2026-12-03 08:00:05"))


@needs_poppler
async def test_a_long_name_of_a_network_leaves_room_for_what_was_seen():
    seen = replace(look(1), vantage="globalping:GB", verdict=Verdict.NO_DATA, reason=Reason.BOT_WALL)

    file = await bundle_file(case(), [replace(outage(), looks=[seen])], today=date(2027, 1, 19), language="el")

    assert "χωρίς αποτέλεσμα" in read(file.content, "pdftotext"), "on one line"


@pytest.mark.parametrize("language", LETTERED)
def test_a_language_has_all_words_of_the_evidence(language):
    words, english = evidence_words(language), evidence_words("en")

    assert set(languages_of(usual(LetterKind.COMPLAINT))) == set(LETTERED)
    assert words.keys() == english.keys()
    assert len(words["head"]) == 6
    assert words["kinds"].keys() == KINDS
    assert words["networks"].keys() == {"direct", "proxy", "globalping"}
    assert words["seen"].keys() == english["seen"].keys() >= {each.value for each in Verdict}
    for key, text in english.items():
        if isinstance(text, str):
            assert sorted(re.findall(r"\{\w+\}", words[key])) == sorted(re.findall(r"\{\w+\}", text)), key


def test_every_sight_of_a_look_has_its_words():
    speech = evidence_speech("el")

    for verdict in Verdict:
        for reason in Reason:
            assert speech.seen(replace(look(1), verdict=verdict, reason=reason)).endswith(" (404)")


def test_the_remembered_letter_is_told_by_kind_and_language():
    speech = evidence_speech("de")
    fact = case().facts[-1]

    assert (
        speech.letter(replace(fact, letter="reply-ch.fr.0123456789ab")) == "Erwiderung auf Metas Antwort (Französisch)"
    )
    assert speech.letter(fact) == "Widerspruch (Englisch)"


@needs_poppler
async def test_the_evidence_of_a_case_without_an_outage_says_so():
    file = await bundle_file(case(), [], today=date(2027, 1, 19), language="en")

    assert squeezed("No outage is on record") in squeezed(read(file.content, "pdftotext"))


@needs_poppler
async def test_a_very_long_outage_keeps_its_first_and_last_looks():
    evidenced = outage(MOST_LOOKS + 50)

    file = await bundle_file(case(), [evidenced], today=date(2027, 1, 19), language="de")

    text = squeezed(read(file.content, "pdftotext"))
    assert digest(evidenced.looks[0]) in text
    assert digest(evidenced.looks[-1]) in text
    assert digest(evidenced.looks[MOST_LOOKS // 2 + 10]) not in text


def test_the_hash_is_that_of_the_page_or_of_the_record():
    page = hashlib.sha256(b"page").hexdigest()

    assert digest(look(1, sha256=page)) == page
    assert digest(look(1)) != digest(look(2))
    assert re.fullmatch(r"[0-9a-f]{64}", digest(look(1)))
