"""Help with the reason: short sentences in the person's and the form's language; nothing of it is kept."""

from __future__ import annotations

import re
from itertools import product

import pytest

from bot.rendering.grounds import grounds, grounds_languages
from conversations.object.reasons import REASONS
from tests.conversations.pure import Chat
from tests.conversations.transcript import town_at

TEN = ("de", "el", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")
POLISH = "Wnoszę sprzeciw wobec wykorzystywania moich danych na potrzeby AI w firmie Meta."


def at_the_sentence(country, tongue="en"):
    return Chat(tongue=tongue).types(f"/start {country}_facebook").presses("app", "form", "sentence")


def test_there_are_sentences_in_the_ten_languages_of_the_letters():
    assert grounds_languages() == TEN


@pytest.mark.parametrize("language", TEN)
def test_each_reason_has_its_own_short_sentence(language):
    nothing = grounds(language, [])
    assert grounds(language, ["never"]) == nothing
    alone = [grounds(language, [reason]) for reason in REASONS]
    assert len(set(alone)) == len(REASONS)
    for text in alone:
        assert 40 < len(text) <= 256, text
        assert "  " not in text
        assert "\n" not in text


@pytest.mark.parametrize("language", TEN)
def test_all_that_is_ticked_is_said_and_nothing_else(language):
    closing = grounds(language, ["past"]).split(". ")[-1]
    for ticks in product((False, True), repeat=len(REASONS)):
        ticked = [reason for reason, is_ticked in zip(REASONS, ticks, strict=True) if is_ticked]
        sentences = re.split(r"(?<=\.) ", grounds(language, ticked))
        assert len(sentences) == max(len(ticked), 1) + 1
        assert sentences[-1] == closing


@pytest.mark.parametrize(
    ("country", "shown"),
    [("pl", "Polish"), ("be", "Dutch"), ("ch", "German"), ("bg", None), ("ie", None)],
)
def test_the_forms_language_stands_beside_ones_own_where_it_differs(country, shown):
    chat = at_the_sentence(country)
    copies = [label for label in chat.labels if label.startswith("Copy")]
    assert copies == ["Copy the sentence", *([f"Copy it in {shown}"] if shown else [])]
    assert (f"<b>{shown}</b>" in chat.text) == bool(shown)
    assert ("<b>English</b>" in chat.text) == bool(shown)


def test_where_we_have_no_sentences_in_the_countrys_language_english_stands_beside():
    german = Chat(tongue="de").types("/start bg_facebook_de").presses("app", "form", "sentence")
    assert "Auf Englisch kopieren" in german.labels
    german.reads("I object to the use of my data", "widerspreche ich")


def test_what_is_copied_is_one_language_alone():
    copied = {button.label: button.copy for row in at_the_sentence("pl").message.rows for button in row if button.copy}
    assert copied["Copy it in Polish"].endswith(POLISH)
    assert "sprzeciw" not in copied["Copy the sentence"]


def test_too_long_for_a_button_stands_in_the_message_alone():
    chat = at_the_sentence("pl").presses("t1").presses("t3").presses("t7").presses("t15")
    assert not [label for label in chat.labels if label.startswith("Copy")]
    chat.reads("dzieci", "children", POLISH)


def test_ticks_are_kept_nowhere():
    chat = at_the_sentence("pl").presses("t2")
    assert "health" not in str(chat.person)
    assert "t2" not in str(chat.person)


WALK = """
> START pl_instagram
> In the app on this phone
> I see the form
> A sentence to send
B English
B Polish
B Wnoszę sprzeciw wobec wykorzystywania moich danych na potrzeby AI w firmie Meta.
[Copy the sentence] [Copy it in Polish] [It is sent]
"""


async def test_a_tick_changes_both_languages_in_a_real_chat(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        ewa = await stage.person("Ewa")
        await stage.play(ewa, WALK)
        label = next(each for each in ewa.buttons if "art" in each.lower() or "works" in each.lower())
        await stage.play(
            ewa,
            f"""
            > {label}
            B I earn my living with them.
            B z których żyję.
            [Copy the sentence] [It is sent]
            > It is sent
            """,
        )
