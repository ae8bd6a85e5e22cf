"""Meta's answers, as people paste them. The independent set was written without sight of the rules: read by numbers."""

from __future__ import annotations

import json
import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import AnswerKind, HowSure
from bot.domain.errors import KnowledgeError
from bot.knowledge.answers import load_answers
from bot.reading.answers import read_answer

SETS = Path(__file__).parent / "answers"
OWN = json.loads((SETS / "own.json").read_text(encoding="utf-8"))
INDEPENDENT = json.loads((SETS / "independent.json").read_text(encoding="utf-8"))
TRAPS = json.loads((SETS / "traps.json").read_text(encoding="utf-8"))
RULES = load_answers()


def spread(text):
    return re.sub(r" ", " \u00a0 ", text)


def zero_width(text):
    return re.sub(r"(\w)(\w)", "\\1\u200b\u00ad\\2", text)


def quoted(text):
    return "\n".join(f"> {line}" for line in text.splitlines())


def wrapped(text, width=31):
    lines = (textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(lines)


def quoted_twice(text):
    return quoted(quoted(text))


QUOTING = (quoted, quoted_twice)
NOISES = (*QUOTING, wrapped, str.upper, spread, zero_width)


@pytest.mark.parametrize("row", OWN, ids=lambda row: f"{row['language']}-{row['label']}")
def test_our_own_examples_are_read_rightly(row):
    assert read_answer(row["text"], RULES).kind == row["label"]


@given(st.sampled_from(OWN), st.lists(st.sampled_from(NOISES), max_size=3))
def test_noise_changes_nothing(row, noises):
    noisy = row["text"]
    for noise in noises:
        noisy = noise(noisy)
    assert read_answer(noisy, RULES) == read_answer(row["text"], RULES)


REWRAPPED = [(quoted, wrapped), (quoted_twice, wrapped), (quoted, wrapped, quoted)]


def wrapped_again(text, noises, width):
    for noise in noises:
        text = wrapped(text, width) if noise is wrapped else noise(text)
    return text


@pytest.mark.parametrize("noises", REWRAPPED)
@pytest.mark.parametrize("width", [12, 14, 31])
def test_a_quoted_mail_that_was_wrapped_again_reads_as_before(noises, width):
    """So narrow that a mark may stand alone in a line, and its words without one in the next."""
    texts = [row["text"] for row in [*OWN, *INDEPENDENT]]
    changed = [
        text for text in texts if read_answer(text, RULES) != read_answer(wrapped_again(text, noises, width), RULES)
    ]

    assert changed == []


@pytest.mark.parametrize("noises", REWRAPPED)
def test_no_mail_becomes_an_acceptance_by_being_wrapped_again(noises):
    """What is left of a refusal that is parted in the middle could sound like its contrary."""
    texts = [*TRAPS, *(row["text"] for row in [*OWN, *INDEPENDENT] if row["label"] != "accepted")]
    noisy = [wrapped_again(text, noises, width) for text in texts for width in (8, 12)]

    assert [text for text in noisy if read_answer(text, RULES).kind is AnswerKind.ACCEPTED] == []


def test_an_answer_between_quoted_lines_stays_a_text_of_its_own():
    text = "> Will you honour my objection?\n>\nWe are not able to process your request.\n> Please tell me.\n"
    assert read_answer(text, RULES).kind is not AnswerKind.ACCEPTED


def test_unseen_answers_are_read_well_enough():
    read = [(row["label"], read_answer(row["text"], RULES)) for row in INDEPENDENT]
    sure = [(label, reading) for label, reading in read if reading.sureness is HowSure.SURE]
    right = [label for label, reading in sure if reading.kind == label]
    assert len(sure) >= 0.7 * len(read)
    assert len(right) >= 0.9 * len(sure)


def test_nothing_but_an_acceptance_is_called_accepted():
    read = [(row["label"], read_answer(row["text"], RULES).kind) for row in [*OWN, *INDEPENDENT]]
    assert [label for label, kind in read if kind is AnswerKind.ACCEPTED and label != "accepted"] == []


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_sounds_like_an_acceptance_is_none(text):
    assert read_answer(text, RULES).kind is not AnswerKind.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "Vielen Dank für Ihre Anfrage. Wir können Ihrer Anfrage nicht weiter nachgehen.",
        "Thank you for contacting us. We cannot pursue your request any further.",
        "Thank you for your request. We've decided not to take it further.",
    ],
)
def test_thanks_above_a_decision_are_no_receipt(text):
    assert read_answer(text, RULES).kind is AnswerKind.NO_FURTHER_ACTION


def test_nobody_is_sure_of_a_receipt_that_also_denies_what_no_rule_knows():
    receipt = "Thank you for your request. We have received it."
    assert read_answer(receipt, RULES).sureness is HowSure.SURE
    reading = read_answer(f"{receipt} It will not be placed on the list.", RULES)
    assert (reading.kind, reading.sureness) == (AnswerKind.RECEIVED, HowSure.FAIRLY)


def test_the_older_mail_below_weighs_less():
    refusal = next(row["text"] for row in OWN if row["label"] == "refused")
    acceptance = next(row["text"] for row in OWN if row["label"] == "accepted")
    below = f"{refusal}\n\nOn 3 May 2025 at 10:12 Meta <case@support.example> wrote:\n{quoted(acceptance)}"
    assert read_answer(below, RULES).kind is AnswerKind.REFUSED


def test_html_and_broken_words_are_read():
    text = "<p>Wir haben deinen Wider-\nspruch&nbsp;<b>berück&shy;sichtigt</b>.</p><br>"
    assert read_answer(text, RULES).kind is AnswerKind.ACCEPTED


def test_two_languages_in_one_mail_are_each_read_in_their_own():
    first, second = (next(row["text"] for row in OWN if row["language"] == own) for own in ("en", "de"))
    assert read_answer(f"{first}\n\n{second}", RULES).kind is AnswerKind.ACCEPTED


@given(st.text(max_size=3000))
def test_no_text_breaks_the_reader(text):
    read_answer(text, RULES)


RUBBLE = ("<", ">", "&", "-\n", "From: x\n", "not ", "objection ", ":\n", "\u200b", "… ")


@given(st.lists(st.sampled_from(RUBBLE), max_size=900))
def test_no_rubble_breaks_the_reader(parts):
    read_answer("".join(parts), RULES)


@settings(max_examples=1)
@given(st.sampled_from(["<", "> ", "a-\n", "not honour objection ", "lehnen ", "From: x\n", "&a", "<p ", "__", "- x"]))
def test_long_texts_are_cut(part):
    started = time.thread_time()
    read_answer(part * 100_000, RULES)
    assert time.thread_time() - started < 2


@pytest.mark.parametrize("language", sorted(RULES.languages))
def test_every_language_has_words_for_what_matters(language):
    lexicon = RULES.languages[language]
    known = {phrase.concept for own in (lexicon.whole, lexicon.stems) for phrases in own.values() for phrase in phrases}
    assert {rule.head for rule in RULES.rules} <= known
    assert {"negation", "conditional", "objection", "request"} <= known


def test_an_operator_may_lay_words_over_ours(tmp_path):
    (tmp_path / "answers").mkdir()
    words = '[more]\nevidence = "seen"\nsources = ["a mail"]\nchecked = 2026-11-23\nwords.honour = "glorify"\n'
    (tmp_path / "answers" / "en.toml").write_text(words, encoding="utf-8")
    assert read_answer("We will glorify your objection.", load_answers(tmp_path)).kind is AnswerKind.ACCEPTED


def test_an_unknown_concept_is_named(tmp_path):
    (tmp_path / "answers").mkdir()
    words = '[more]\nevidence = "seen"\nsources = ["a mail"]\nchecked = 2026-11-23\nwords.honor = "glorify"\n'
    (tmp_path / "answers" / "en.toml").write_text(words, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"more.*honor"):
        load_answers(tmp_path).languages["en"]
