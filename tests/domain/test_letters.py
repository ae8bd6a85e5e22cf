"""A letter's facts travel as JSON and come back the same; the recipient's language is chosen, never mixed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.letters import Attempt, Event, LetterFacts, LetterKind, Outage, Recipient, languages_for

BELGIUM = Recipient("be", "APD-GBA", "BE", ("nl", "fr", "de"))
facts = st.builds(
    LetterFacts,
    kind=st.sampled_from(LetterKind),
    attempts=st.lists(st.builds(Attempt), max_size=2).map(tuple),
    outages=st.lists(st.builds(Outage, since=st.datetimes(timezones=st.just(UTC))), max_size=2).map(tuple),
    history=st.lists(st.builds(Event), max_size=2).map(tuple),
)


@given(facts)
def test_what_a_letter_says_survives_the_outbox(letter):
    assert LetterFacts.from_values(json.loads(json.dumps(letter.to_values()))) == letter


def test_an_outage_that_ended_keeps_its_end():
    began, over = datetime(2026, 12, 8, 14, 5, tzinfo=UTC), datetime(2026, 12, 8, 16, 14, tzinfo=UTC)
    outage = Outage("Object …", "DE", began, over, 12, ("direct", "proxy:DE"), ("gone",), ("7", "7001"))
    letter = LetterFacts(LetterKind.COMPLAINT, "eu", "facebook", "DE", date(2027, 1, 19), outages=(outage,))
    assert LetterFacts.from_values(letter.to_values()).outages == (outage,)


def test_metas_time_is_missed_only_by_law_once_it_is_over_and_without_an_answer():
    letter = LetterFacts(LetterKind.REMINDER, "eu", "facebook", "DE", date(2027, 1, 5), due_on=date(2027, 1, 4))
    by_law = replace(letter, due_is_legal=True)
    assert letter.missed_on is None
    assert by_law.missed_on == date(2027, 1, 4)
    assert replace(by_law, today=date(2027, 1, 4)).missed_on is None, "the last day is not over"
    assert replace(by_law, first_answer_on=date(2027, 1, 4), answered_on=date(2027, 1, 5)).missed_on is None
    assert replace(by_law, first_answer_on=date(2027, 1, 5)).missed_on == date(2027, 1, 4)


def test_an_authority_is_reached_by_e_mail_unless_it_takes_none_else_at_its_page():
    known = replace(BELGIUM, email="contact@apd-gba.be", page="https://apd-gba.be")
    assert known.reached_at == "contact@apd-gba.be"
    assert replace(known, accepts_email=False).reached_at == "https://apd-gba.be"
    assert replace(known, email=None).reached_at == "https://apd-gba.be"
    assert BELGIUM.reached_at == ""


def test_to_an_authority_one_writes_in_its_language_best_in_ones_own():
    every = {"en", "de", "fr", "nl"}
    assert languages_for(LetterKind.COMPLAINT, BELGIUM, own="fr", available=every) == ("fr", "nl", "de")
    assert languages_for(LetterKind.COMPLAINT, BELGIUM, own="pl", available={"en", "de"}) == ("de",)
    assert languages_for(LetterKind.COMPLAINT, BELGIUM, own="pl", available={"en"}) == ()


def test_to_meta_one_writes_in_english():
    assert languages_for(LetterKind.REMINDER, BELGIUM, own="fr", available={"en", "fr"}) == ("en",)
