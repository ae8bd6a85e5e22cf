"""Which language a chat message is in: enough to pick phrases, and to say which languages there are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.tongues import load_tongues
from bot.reading.tongue import Tongues

TONGUES = Tongues(load_tongues())
OURS = ("en", "de")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("czy nie jest za późno", "pl"), ("est-ce que c'est trop tard", "fr"),
        ("es demasiado tarde para mi cuenta", "es"),
        ("è troppo tardi per il mio profilo", "it"), ("is het nog niet te laat", "nl"), ("είναι πολύ αργά;", "el"),
        ("är det för sent att göra det?", "sv"), ("onko jo liian myöhäistä", "fi"), ("чи не пізно вже", "uk"),
        ("is it too late", "en"), ("ist es schon zu spät", "de"),
    ],
)  # fmt: skip
def test_everyday_words_tell_the_language(text, language):
    assert TONGUES.language(text, OURS) == language
    assert TONGUES.is_foreign(text, OURS) == (language not in OURS)


@pytest.mark.parametrize("text", ["遅すぎますか", "أهلا وسهلا", "אני לא מבין", "너무 늦었나요", "สวัสดี"])
def test_letters_that_no_language_of_ours_has_are_foreign(text):
    assert TONGUES.is_foreign(text, OURS)


@pytest.mark.parametrize("text", ["", "ok", "lol", "hmm", "👍", "asdf qwer", "12345", "Facebook", "Hallo, is it on?"])
def test_what_tells_nothing_is_not_called_foreign(text):
    assert not TONGUES.is_foreign(text, OURS)


def test_an_english_word_that_looks_czech_without_its_accent_is_english():
    assert not TONGUES.is_foreign("cannot take further action", OURS)


def test_a_language_that_is_spoken_is_not_foreign():
    assert not TONGUES.is_foreign("czy nie jest za późno", ("en", "pl"))
    assert not TONGUES.is_foreign("είναι πολύ αργά;", ("en", "el"))


@given(st.text(max_size=600))
@settings(max_examples=100)
def test_any_text_is_looked_at(text):
    assert TONGUES.language(text, OURS) in {"", *load_tongues()}
    assert TONGUES.is_foreign(text, OURS) in {True, False}
