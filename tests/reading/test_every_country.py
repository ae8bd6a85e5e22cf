"""All 249 countries of ISO 3166-1: by name, endonym, flag and code, for chats in German and English."""

import pytest
from babel import Locale

from bot.knowledge import load
from bot.rendering.countries import CountryNames

WORLD = load()
NAMES = CountryNames(WORLD.names, WORLD.words_before)
LANGUAGES = ("de", "en")
BOTH = [pytest.param(code, language, id=f"{code}-{language}") for code in WORLD.names for language in LANGUAGES]


def found(text, language):
    return NAMES.index(language).find(text).codes


def flag(code):
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


def test_there_are_249():
    assert len(WORLD.names) == 249


@pytest.mark.parametrize(("code", "language"), BOTH)
def test_by_its_name_in_the_chats_language(code, language):
    assert found(Locale.parse(language).territories[code], language) == (code,)


@pytest.mark.parametrize(("code", "language"), BOTH)
def test_by_its_english_name_in_any_chat(code, language):
    assert code in found(Locale.parse("en").territories[code], language)


@pytest.mark.parametrize(("code", "language"), BOTH)
def test_by_its_flag(code, language):
    assert found(flag(code), language) == (code,)


@pytest.mark.parametrize(("code", "language"), BOTH)
def test_by_its_code_in_capitals(code, language):
    assert found(code, language) == (code,)


@pytest.mark.parametrize(("code", "language"), BOTH)
def test_by_what_it_calls_itself_or_it_is_among_the_choices(code, language):
    for name in WORLD.names[code]:
        codes = found(name, language)
        assert code in codes, name
        assert len(codes) <= 3, name
