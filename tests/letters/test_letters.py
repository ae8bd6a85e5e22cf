"""Every letter, in every language and law in which it exists."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from jinja2 import meta

from bot.domain.forms import Service
from bot.domain.letters import LetterFacts, LetterKind
from bot.rendering import letters
from bot.rendering.countries import country_name
from bot.rendering.languages import LOCALES
from bot.rendering.letters import LONGEST, Meta, Sender, languages_of, letter
from tests.letters.golden import GOLDEN, written
from tests.letters.histories import PAIRS, POST, SENDER, UK_POST, austrian, full, plain, posted, usual

LANGUAGES = sorted(each.parents[2].name for each in LOCALES.glob("*/letters/parts/letter.j2"))
MENDED = ("de", "el", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")
"""Languages whose letters were read a second time and mended; a new one joins when it is."""
SHAPES = {"plain": plain, "usual": usual, "full": full}
NEEDED = {"": LANGUAGES, "-ch": {"en", "de", "fr", "it"}, "-br": {"en", "pt"}, "-at": {"en", "de"}, "-uk": {"en"}}
"""In which languages a law's own letters have to exist; elsewhere they may."""
COMMENT = re.compile(r"\A\{# Law: .+\.\n   Sources: .+\.\n   Reviewed: \d{4}-\d\d-\d\d\.\n   Read over by: .+\. #\}\n")


def all_facts(language: str):
    for kind, law in PAIRS:
        for name, shape in SHAPES.items():
            facts = shape(kind, law)
            yield f"{kind} {law} {name}", facts
        yield f"{kind} {law} without an account", replace(usual(kind, law), service=Service.NONE)
    yield "complaint at", austrian(full(LetterKind.COMPLAINT))


@cache
def rendered(language: str, sender: Sender | None = None):
    """Name, facts and letter of each; rendered once for all tests of a language."""
    return list(_rendered(language, sender))


def _rendered(language: str, sender: Sender | None):
    for name, facts in all_facts(language):
        if language in languages_of(facts):
            yield name, facts, letter(facts, language, posted(facts), sender)


def names(language: str) -> set[str]:
    return {path.name for path in (LOCALES / language / "letters").glob("*.j2")}


def source(language: str, name: str) -> str:
    return (LOCALES / language / "letters" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_renders_and_fits_one_message(language):
    found = rendered(language)

    assert len(found) > 60
    assert {name: len(made.text) for name, _, made in found if len(made.text) > LONGEST} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_and_no_markup_is_left_over(language):
    for name, _, made in rendered(language):
        rest = re.sub(r"‹[^‹›\n]+›", "blank", made.text)
        if language == "fr":  # sets a no-break space before these signs, and it is no slip there
            rest = re.sub("\u00a0(?=[:;?»])", "", rest)
        assert not re.search(r"[{}‹›<>_]|%\}|None|Undefined|\bTrue\b|\bFalse\b", rest), name
        assert "  " not in rest, name
        assert "\n\n\n" not in made.text, name
        assert not re.search(r"\s[.,;:](\s|$)|\(\)|\(\s|\s\)|,,|\.\.", rest), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_one_line_of_its_own_letter(language):
    for name, _, made in rendered(language):
        assert made.subject in made.text.split("\n"), name
        assert 10 < len(made.subject) <= 200, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sender_fills_the_blanks_that_are_theirs(language):
    for name, _, made in rendered(language, SENDER):
        assert made.text.startswith("Renate Mustermann\nGinsterweg 7\n80331 München\n\n"), name
        assert made.text.endswith("\nRenate Mustermann"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_of_the_case_stand_in_the_letter(language):
    for name, facts, made in rendered(language):
        needs_day = facts.kind not in {LetterKind.OBJECTION, LetterKind.AUTHORITY_NUDGE, LetterKind.DEVOID_OBJECTION}
        if needs_day:
            assert letters._day(facts.sent_on, language) in made.text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_outages_are_told_with_country_times_and_records(language):
    facts = usual(LetterKind.COMPLAINT)

    text = letter(facts, language, POST).text

    assert "2026-12-03 14:05 UTC" in text
    assert "2026-12-03 16:05 UTC" in text
    assert facts.outages[0].form_title in text
    assert "incident 12, 1000" in text
    assert "14" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_template_begins_with_law_sources_and_day_of_review(language):
    for name in names(language):
        assert COMMENT.match(source(language, name)), f"{language}: {name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_letters_that_are_needed_in_it(language):
    missing = {
        name
        for name in names("en")
        if language in NEEDED[re.search(r"(-\w\w)?\.j2$", name)[1] or ""] and name not in names(language)
    }

    assert missing == set()
    assert names(language) <= names("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables_are_the_same_in_every_language(language):
    def variables(of: str, name: str) -> set[str]:
        environment = letters._environment(of)
        return meta.find_undeclared_variables(environment.parse(environment.loader.get_source(environment, name)[0]))

    own = names(language)
    parts = {f"parts/{path.name}" for path in (LOCALES / language / "letters" / "parts").glob("*.j2")}

    assert parts == {"parts/grounds.j2", "parts/letter.j2", "parts/words.j2"}
    # The letters' own variables; what shared words need is one set for all of them.
    assert {name: variables(language, name) for name in own | {"parts/letter.j2"}} == {
        name: variables("en", name) for name in own | {"parts/letter.j2"}
    }
    assert variables(language, "parts/words.j2") == variables("en", "parts/words.j2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_as_they_were_read_over(language):
    """After a wanted change: `python -m tests.letters.golden <language>`, and read what changed."""
    golden = GOLDEN / f"{language}.txt"

    assert golden.read_text(encoding="utf-8") == written(language)


def test_a_letter_is_not_offered_in_a_language_without_it():
    assert languages_of(usual(LetterKind.OBJECTION, "br"))[0] == "en"
    assert "xx" not in languages_of(usual(LetterKind.OBJECTION))
    with pytest.raises(KeyError):
        letter(usual(LetterKind.OBJECTION), "xx", POST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_one_law_is_sent_under_another(language):
    """What the UK, Switzerland and Brazil do not have is never cited there; Art. 77 is no UK article any more."""
    for name, facts, made in rendered(language):
        if facts.law == facts.law_registered == "uk":
            assert not re.search(r"\b77\b", made.text), name
            assert "Ireland" not in made.text, name
        if facts.law == facts.law_registered and facts.law in {"ch", "br"}:
            assert "12(3)" not in made.text, name


def test_a_polish_letter_does_not_say_whether_a_woman_or_a_man_writes():
    """Its past tense has a gender in the first person, and nobody is asked for theirs."""
    for name, _, made in rendered("pl"):
        assert not re.search(r"\w(łem|łam)\b|\b\w*łbym\b|\b\w*łabym\b", made.text), name


def test_a_german_letter_for_switzerland_has_swiss_spelling_and_terms():
    for name, facts, made in rendered("de"):
        if facts.law == facts.law_registered == "ch":
            assert "ß" not in made.text, name
            assert "Damen und Herren\n" in made.text, name
            assert "Freundliche Grüsse" in made.text, name
            assert "personenbezogen" not in made.text, name


def test_a_greek_letter_has_no_semicolon_which_would_be_a_question_mark():
    for name, _, made in rendered("el"):
        assert ";" not in made.text, name


@pytest.mark.parametrize(("kind", "law"), PAIRS)
def test_a_greek_letter_has_another_article_before_the_first_of_a_month(kind, law):
    """On the third is «στις 3», and on the first «την 1η»: a number of one has a gender of its own."""
    first = date(2026, 12, 1)
    facts = full(kind, law)
    known = {name for name in LetterFacts.__dataclass_fields__ if name.endswith("_on") and getattr(facts, name)}
    if "el" in languages_of(facts):
        text = letter(replace(facts, **dict.fromkeys(known, first)), "el", posted(facts)).text
        assert not re.search(r"ις 1η? ", text)
        assert ("ην 1η Δεκεμβρίου 2026" in text) == bool(known)


def test_a_british_letter_names_the_sections_of_its_act():
    for kind in (LetterKind.REPLY_REFUSED, LetterKind.OBJECTION, LetterKind.REMINDER):
        text = letter(usual(kind, "uk"), "en", POST).text
        assert "164A" in text
        assert "165" in text
        assert "UK GDPR" in text
        assert not re.search(r"(?<!UK )GDPR", text)


def test_somebody_in_britain_with_an_account_of_the_union_complains_by_british_law_alone():
    facts = replace(usual(LetterKind.COMPANY_COMPLAINT, "uk"), country="DE", law_registered="eu")
    text = letter(facts, "en", UK_POST).text
    assert "UK GDPR" in text
    assert re.search(r"(?<!UK )GDPR", text) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("law", ["eu", "uk"])
def test_a_reply_to_a_refusal_names_exactly_the_parts_that_are_missing(language, law):
    refused = usual(LetterKind.REPLY_REFUSED, law)
    parts = ("reasons", "company", "complaint", "court")
    alone = {part: _second_point(replace(refused, lacking=(part,)), language) for part in parts}
    words = {part: text.rpartition(": ")[2].rstrip(";,\u00a0") for part, text in alone.items()}

    assert len(set(words.values())) == len(parts)
    for lacking in (("reasons", "court"), ("complaint",), parts):
        told = _second_point(replace(refused, lacking=lacking), language)
        assert told.rpartition(": ")[2].rstrip(";,\u00a0") == ", ".join(words[part] for part in lacking)
    assert _second_point(refused, language) not in alone.values(), "nothing is said to be missing unasked"


def _second_point(facts: LetterFacts, language: str) -> str:
    return re.search(r"(?m)^2\. (.+)$", letter(facts, language, posted(facts)).text)[1]


def test_somebody_in_switzerland_with_an_account_of_the_union_cites_both_laws():
    facts = replace(usual(LetterKind.REMINDER, "ch"), law_registered="eu", country="FR")

    text = letter(facts, "en", POST).text

    assert "Art. 30(2)(b)" in text
    assert "Art. 21(1) GDPR" in text
    assert "France" in text


def test_an_austrian_complaint_has_the_six_contents_in_their_order():
    text = letter(austrian(usual(LetterKind.COMPLAINT)), "de", POST).text

    contents = [
        "1. Als verletzt erachtetes Recht", "2. Beschwerdegegner", "3. Sachverhalt",
        "4. Gründe der Rechtswidrigkeit", "5. Ich begehre, die Rechtsverletzung festzustellen", "6. Rechtzeitigkeit",
    ]  # fmt: skip

    places = [text.index(each) for each in contents]
    assert places == sorted(places)


def test_the_regulation_of_2027_is_named_from_its_day_on_only():
    before = letter(replace(usual(LetterKind.COMPLAINT), new_rules=False), "en", POST)
    after = letter(replace(usual(LetterKind.COMPLAINT), new_rules=True), "en", POST)

    assert "2025/2518" not in before.text
    assert "Regulation (EU) 2025/2518" in after.text


def test_a_period_that_is_no_law_is_not_called_one():
    facts = replace(usual(LetterKind.REMINDER), due_is_legal=False)

    text = letter(facts, "en", POST).text

    assert "By my reckoning" in text
    assert "4 January 2027" not in text


def test_days_and_countries_are_written_as_in_the_country_of_the_language():
    assert letters._day(date(2026, 12, 1), "fr") == "1er décembre 2026"
    assert letters._day(date(2026, 12, 11), "fr") == "11 décembre 2026"
    assert letters._day(date(2026, 12, 1), "it") == "1º dicembre 2026"
    assert letters._day(date(2026, 12, 1), "el") == "1η Δεκεμβρίου 2026"
    assert letters._day(date(2026, 12, 1), "es") == "1 de diciembre de 2026"
    text = letter(replace(plain(LetterKind.REMINDER), country="PL"), "pt", POST).text
    assert "Polónia" in text


def test_the_template_of_a_letter_is_known_by_its_name_and_words():
    made = letter(plain(LetterKind.REMINDER), "en", POST)
    other = letter(plain(LetterKind.REMINDER), "de", POST)

    assert re.fullmatch(r"reminder\.en\.[0-9a-f]{12}", made.template)
    assert made.template != other.template


def test_facts_survive_the_way_through_a_delivery():
    for kind, law in PAIRS:
        facts = full(kind, law)
        assert LetterFacts.from_values(facts.to_values()) == facts


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"(?m)^(\d)\. ", text)]


@pytest.mark.parametrize("language", MENDED)
@pytest.mark.parametrize("law", ["eu", "uk", "ch", "br"])
def test_the_numbers_of_a_complaint_have_no_gap_with_and_without_a_history(language, law):
    for history in ((), usual(LetterKind.COMPLAINT).history):
        facts = replace(usual(LetterKind.COMPLAINT, law), history=history)
        if language in languages_of(facts):
            found = _numbers(letter(facts, language, POST).text)
            assert found == list(range(1, len(found) + 1))
            assert len(found) >= 4


@pytest.mark.parametrize("language", MENDED)
def test_meta_is_named_once_where_no_address_is_on_record(language):
    for kind in (LetterKind.AUTHORITY_NUDGE, LetterKind.DEVOID_OBJECTION):
        assert "(Meta" not in letter(usual(kind), language, Meta()).text
        assert "(Meta Platforms Ireland Limited, " in letter(usual(kind), language, POST).text


@pytest.mark.parametrize("language", MENDED)
def test_without_an_account_a_country_is_named_once_and_no_account_is_asked_about(language):
    home = country_name("DE", "en_GB" if language == "en" else language)
    facts = replace(usual(LetterKind.REPLY_NOT_IN_REGION), service=Service.NONE, attempts=(), outages=())

    assert letter(facts, language, POST).text.count(home) == 1
    with_account = letter(usual(LetterKind.OBJECTION), language, POST).text
    without = letter(replace(usual(LetterKind.OBJECTION), service=Service.NONE), language, POST).text
    asks = re.compile(r"(?m)^1\. .*(account|konto|kont|λογαριασμ|\bcuentas\b|\bcomptes\b|\bcontas\b)", re.IGNORECASE)
    assert asks.search(with_account)
    assert not asks.search(without)
