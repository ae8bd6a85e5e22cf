import pytest

from bot.rendering.countries import CountryNames, country_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Deutschland"),
        ("pl", "Niemcy"),
        ("pt-BR", "Alemanha"),
        ("pt_PT", "Alemanha"),
        ("en", "Germany"),
    ],
)
def test_a_country_is_called_by_its_name_in_the_language(language, name):
    assert country_name("DE", language) == name


@pytest.mark.parametrize("language", ["", "xx", "no such language", "klingon-KX", "x" * 200])
def test_in_an_unknown_language_it_has_its_english_name(language):
    assert country_name("DE", language) == "Germany"


def test_a_code_of_no_country_stays_what_it_is():
    assert country_name("Q1", "de") == "Q1"


def test_names_of_a_language_are_read_once():
    names = CountryNames({"DE": ["Deutschland"]})
    assert names.index("de") is names.index("de-AT")


def test_the_chats_language_english_and_own_names_are_all_known():
    index = CountryNames({"DE": ["Deutschland"]}).index("pl")
    assert [index.find(text).code for text in ("Niemcy", "Germany", "Deutschland")] == ["DE"] * 3


def test_countries_without_a_name_in_a_language_keep_their_others():
    assert CountryNames({"Q1": ["Nowhere"]}).index("de").find("nowhere").code == "Q1"
