"""A button's label typed whole is that press; a word for yes or no is one where a question asks for it."""

from __future__ import annotations

import pytest

from conversations.effects import Erase
from tests.conversations.pure import Chat, sent


def german(country: str = "DE") -> Chat:
    return sent(country, tongue="de").types("/language").presses("de")


@pytest.mark.parametrize("word", ["Ja", "ja.", "JA!", "Jo", "jawohl"])
def test_yes_answers_a_nudge(word):
    nudged = german().on("2026-12-04T10:00").is_woken()
    assert nudged.screen == "nudge/confirmed"
    assert nudged.types(word).screen == "sent/how"
    assert nudged.types("Nein").screen == "nudge/waiting"


@pytest.mark.parametrize(
    ("typed", "screen"), [("it says something else", "answer/what"), ("Stop asking.", "nudge/stopped")]
)
def test_a_whole_label_is_its_press_whatever_its_capitals_and_signs(typed, screen):
    nudged = sent().on("2026-12-04T10:00").is_woken()
    assert nudged.types(typed).screen == screen
    assert nudged.types(f"{typed} or not at all").screen != screen, "only the whole label"


def test_a_label_counts_in_the_persons_own_language():
    nudged = german().on("2026-12-04T10:00").is_woken()
    assert nudged.types("Nicht mehr fragen").screen == "nudge/stopped"
    assert nudged.types("Stop asking").screen != "nudge/stopped"


def test_nothing_is_a_no_where_something_was_awaited_and_yes_confirms_what_was_read():
    over = sent().on("2027-01-05T10:00").is_woken()
    assert over.types("No").screen == "nudge/nothing"
    read = over.presses("yes").types(
        "We will honour your objection. This means that we won't use your public information."
    )
    assert (read.screen, read.types("yes").screen, read.types("no").screen) == (
        "answer/read",
        "sent/how",
        "answer/what",
    )


def test_a_name_on_a_button_may_be_typed_and_two_meanings_are_none():
    assert Chat().types("/start").types("Instagram").person.session.answers["service"] == "instagram"
    third = sent().types("/start").presses("answered", "noaction", "prompts")
    assert third.types("yes").screen == "answer/third", "the code never came, or it is sent: which yes?"
    assert third.types("no").screen != "answer/third"


@pytest.mark.parametrize(
    ("typed", "screen"), [("abgeschickt", "sent/noted"), ("will einen Code", "object/code"), ("nicht", "object/form")]
)
def test_most_of_a_label_is_its_press_too(typed, screen):
    form = Chat().types("/language").presses("de").types("/start de_facebook").presses("app", "form")
    assert form.types(typed).screen == screen


def test_a_part_that_says_the_contrary_of_its_label_is_no_press():
    seen = Chat().types("/start de_facebook").presses("app", "trouble")
    assert not seen.types("in my country").screen.startswith("trouble/country")
    assert seen.types("not in my country").screen != seen.types("in my country").screen
    nudged = german().on("2026-12-04T10:00").is_woken()
    assert nudged.types("mehr fragen").screen != "nudge/stopped"


def test_a_leaflets_country_is_confirmed_or_put_right_by_a_word():
    linked = Chat().types("/start de_facebook")
    assert linked.types("yes").screen == "object/where"
    assert linked.types("no").types("Austria").screen == "object/where"


def test_nothing_is_neither_a_farewell_nor_anger():
    for chat, word in ((Chat(), "nothing"), (german(), "nichts")):
        assert chat.types("/start").types(word).aside == "emoji"


def test_a_typed_wish_to_complain_leads_there_from_anywhere():
    assert sent().types("I want to complain").screen == "write/region"
    assert Chat().types("/start").types("I want to complain").screen == "tried/what"
    assert not Chat().types("/start de_facebook").types("complaint").person.cases


def test_what_erases_is_never_done_by_a_word():
    asked = sent().types("/delete")
    for word in ("yes", "Yes, delete everything"):
        typed = asked.types(word)
        assert not typed.erased
        assert not any(isinstance(effect, Erase) for effect in typed.turn.effects)
    removing = sent().types("/cases").presses("c1", "change", "remove")
    assert len(removing.types("yes, take it out").person.cases) == 1
