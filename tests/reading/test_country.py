"""A typed country, as people type it. The names are the real ones."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import load
from bot.reading.country import CountryIndex, Match, fold
from bot.rendering.countries import CountryNames

WORLD = load()
NAMES = CountryNames(WORLD.names, WORLD.words_before)
INDEX = NAMES.index("de")
EVERY_NAME = [
    pytest.param(code, language, id=f"{code}-{language}")
    for code, country in WORLD.countries.items()
    for language in sorted({*country.languages, "en", "de"})
]


def name(code, language):
    return Locale.parse(language).territories[code]


def found(text, language="de"):
    return NAMES.index(language).find(text).codes


def with_a_letter_missing(word):
    return word[: len(word) // 2] + word[len(word) // 2 + 1 :]


def with_two_letters_swapped(word):
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


@pytest.mark.parametrize(("code", "language"), EVERY_NAME)
def test_every_country_is_found_by_its_name_in_its_own_languages_in_english_and_german(code, language):
    assert found(name(code, language), language) == (code,)


@pytest.mark.parametrize("sloppily", [str.upper, str.lower, fold, "  {}!! ".format, "({})".format])
@pytest.mark.parametrize(("code", "language"), EVERY_NAME)
def test_case_accents_and_punctuation_do_not_matter(code, language, sloppily):
    assert found(sloppily(name(code, language)), language) == (code,)


@pytest.mark.parametrize("mistyped", [with_a_letter_missing, with_two_letters_swapped])
@pytest.mark.parametrize(("code", "language"), EVERY_NAME)
def test_a_typo_is_forgiven_or_leads_to_a_choice_with_the_country_in_it(code, language, mistyped):
    word = name(code, language)
    if len(fold(word)) >= 5:
        assert code in found(mistyped(word), language)


@pytest.mark.parametrize(("code", "language"), EVERY_NAME)
def test_its_own_name_is_found_in_a_chat_of_another_language(code, language):
    if language in WORLD.countries[code].languages and language not in {"rm", "tr"}:
        assert code in found(name(code, language), "de")


@pytest.mark.parametrize("code", sorted(WORLD.countries))
def test_flag_and_code_are_names_too(code):
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)
    assert found(flag) == found(f"{flag} hm") == found(code) == (code,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ελλαδα", "GR"),
        ("българия", "BG"),
        ("cesko", "CZ"),
        ("Czech Republic", "CZ"),
        ("Holland", "NL"),
        ("the Netherlands", "NL"),
        ("UK", "GB"),
        ("england", "GB"),
        ("Northern Ireland", "GB"),
        ("in der Schweiz", "CH"),
        ("Ich wohne in Deutschland", "DE"),
        ("I live in Germany.", "DE"),
        ("l’Italie", "IT"),
        ("Deutchland", "DE"),
        ("Oesterreich", "AT"),
        ("Deutsch", "DE"),
        ("USA", "US"),
        ("Bosnia and Herzegovina", "BA"),
        ("de", "DE"),
        ("at.", "AT"),
        ("Island", "IS"),
    ],
)
def test_what_people_type_is_understood(text, code):
    assert NAMES.index("fr" if "’" in text else "de").find(text).code == code


def test_the_flag_of_england_is_that_of_the_united_kingdom():
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "gbeng")
    assert found(f"\U0001f3f4{tags}\U000e007f") == ("GB",)


def test_a_flag_of_no_country_says_nothing():
    assert found("\U0001f1fd\U0001f1fd") == ()


def test_two_flags_ask_to_choose():
    assert set(found("🇩🇪🇫🇷")) == {"DE", "FR"}


@pytest.mark.parametrize(
    ("text", "codes"), [("Austr", {"AT", "AU"}), ("Irlan", {"IE", "IR"}), ("Slovania", {"SI", "SK"})]
)
def test_what_may_be_several_asks_to_choose(text, codes):
    match = INDEX.find(text)
    assert set(match.codes) == codes
    assert match.code is None


def test_countries_named_first_stand_first_in_a_choice():
    assert CountryIndex({"SK": ["Slovakia"], "SI": ["Slovenia"]}).find("slov").codes == ("SK", "SI")
    assert CountryIndex({"SI": ["Slovenia"], "SK": ["Slovakia"]}).find("slov").codes == ("SI", "SK")


@pytest.mark.parametrize("text", ["", "  ", "?", "ja", "nein", "hallo", "xyzzy", "other", "x" * 61, "482913", "a"])
def test_what_is_no_country_is_none(text):
    assert INDEX.find(text) == Match()


def test_a_small_word_is_a_code_only_in_capitals():
    assert found("no") == ()
    assert found("NO") == ("NO",)


def test_small_words_alone_are_no_country():
    assert found("in der") == ()


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text):
    assert set(INDEX.find(text).codes) <= set(WORLD.names)
