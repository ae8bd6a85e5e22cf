"""What letters say fits what happened: nobody reminded who only wrote, and no silence is told beside an answer.

In every language; the words that would be the fault are given for each.
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.forms import Service
from bot.domain.letters import LetterFacts, LetterKind
from bot.rendering import letters
from bot.rendering.letters import languages_of, letter
from tests.letters.histories import AUSTRIA, PAIRS, SENDER, SENT, austrian, full, plain, posted, usual
from tests.letters.test_letters import LANGUAGES, rendered

REMINDED = {
    "de": "erinner",
    "el": "υπ[εέ]νθ[υύ]μ",
    "en": "remind",
    "es": "recorda",
    "fr": "rappel",
    "it": "sollecit",
    "nl": "herinner",
    "pl": "przypomn",
    "pt": "lembr",
    "sv": "påmin",
}
UNUSABLE = {
    "de": "vergeblich",
    "el": "δεν μπόρεσα",
    "en": "could not",
    "es": "no pude|sin conseguirlo",
    "fr": "n’ai pas pu |sans y parvenir",
    "it": "non ho potuto|senza riuscirci",
    "nl": "niet kunnen|niet mogelijk",
    "pl": "nie było możliwe",
    "pt": "não consegui",
    "sv": "kunde inte använda|det gick inte",
}
"""How an objection by letter says that the form could not be used; what follows it names the problems alone."""
SILENCE = {
    "de": "Eine Antwort habe ich nicht erhalten",
    "el": "Δεν έχω λάβει απάντησ(η|ή σας)",
    "en": "I have not received an answer( from you)?",
    "es": "No he recibido respuesta",
    "fr": "Je n’ai pas reçu de réponse",
    "it": "Non ho ricevuto risposta",
    "nl": "Ik heb geen antwoord( van u)? ontvangen",
    "pl": "(Odpowiedź nie nadeszła|Nie nadeszła od Państwa żadna odpowiedź)",
    "pt": "Não recebi resposta",
    "sv": "Jag har inte fått något svar( från er)?",
}
IF_YOU_LIKE = {
    "de": "wenn Sie mögen",
    "el": "αν θέλετε",
    "en": "if you like",
    "es": "si lo desea",
    "fr": "si vous le souhaitez",
    "it": "se si desidera",
    "nl": "als u wilt",
    "pl": "opcjonalnie",
    "pt": "se quiser",
    "sv": "om du vill",
}
IN_TIME, LATE, DUE = date(2026, 12, 20), date(2027, 1, 8), date(2027, 1, 4)
KINDS_OF_SILENCE = [
    *((LetterKind.REMINDER, law) for law in ("eu", "uk", "ch", "br")),
    (LetterKind.COMPANY_COMPLAINT, "uk"),
    *((LetterKind.COMPLAINT, law) for law in ("eu", "uk", "ch", "br", AUSTRIA)),
]


def happened(kind: LetterKind, law: str) -> LetterFacts:
    """Nothing but silence, where nothing else is said."""
    return austrian(usual(kind)) if law == AUSTRIA else usual(kind, law)


def text_of(facts: LetterFacts, language: str) -> str:
    """Its text; empty where it does not exist in the language."""
    return letter(facts, language, posted(facts)).text if language in languages_of(facts) else ""


def answered(facts: LetterFacts, first: date, last: date | None = None) -> LetterFacts:
    return replace(facts, first_answer_on=first, answered_on=last or first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_says_they_reminded_where_they_only_wrote(language):
    for name, facts, made in rendered(language):
        body = made.text.replace(made.subject, "")
        assert not re.search(REMINDED[language], body, re.IGNORECASE), name
        if facts.kind is LetterKind.REMINDER and facts.reminded_on:
            assert letters._day(facts.reminded_on, language) in body, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_an_objection_by_letter_says_that_the_form_could_not_be_used(language):
    for name, facts, made in rendered(language):
        told = re.search(UNUSABLE[language], made.text, re.IGNORECASE)
        assert bool(told) == bool(facts.kind is LetterKind.OBJECTION and facts.attempts), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "law"), KINDS_OF_SILENCE)
def test_nobody_says_that_no_answer_came_beside_an_answer_or_a_notice_of_more_time(language, kind, law):
    silent = happened(kind, law)
    if language not in languages_of(silent):
        return
    said = re.compile(rf"(?<!\w){SILENCE[language]}\.")

    assert said.search(text_of(silent, language))
    for other in (
        replace(silent, extended_on=IN_TIME, due_on=date(2027, 3, 3)),
        replace(silent, asked_identity_on=IN_TIME, gave_identity_on=date(2026, 12, 21)),
        answered(silent, IN_TIME),
        answered(silent, LATE),
    ):
        assert not said.search(text_of(other, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "law"), KINDS_OF_SILENCE)
def test_the_end_of_metas_time_is_told_only_if_it_passed_without_an_answer(language, kind, law):
    silent = happened(kind, law)
    if language not in languages_of(silent):
        return
    due = letters._day(DUE, language)

    assert (due in text_of(silent, language)) == (law in {"eu", "uk", AUSTRIA})
    assert due not in text_of(answered(silent, IN_TIME), language)
    assert due not in text_of(answered(silent, DUE, LATE), language), (
        "the first answer counts, and the last day is in time"
    )
    late = text_of(answered(silent, LATE), language)
    assert letters._day(LATE, language) in late
    assert (due in late) == (due in text_of(silent, language) and kind is not LetterKind.COMPANY_COMPLAINT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("law", ["eu", "uk", "ch", "br", AUSTRIA])
def test_a_complaint_names_the_e_mail_address_of_the_account_if_there_is_one(language, law):
    facts = happened(LetterKind.COMPLAINT, law)
    if language not in languages_of(facts):
        return

    def second(facts: LetterFacts) -> str:
        return re.search(r"(?m)^2\. .+$", letter(facts, language, posted(facts), SENDER).text)[0]

    assert SENDER.email in second(facts)
    assert SENDER.email not in second(replace(facts, service=Service.NONE))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("law", ["ch", "br"])
@pytest.mark.parametrize("kind", [LetterKind.IDENTITY_GIVEN, LetterKind.REPLY_WANTS_PROOF])
def test_a_subject_about_identity_has_the_day_of_that_question(language, law, kind):
    facts = replace(answered(usual(kind, law), LATE), asked_identity_on=IN_TIME)
    if language not in languages_of(facts):
        return

    subject = letter(facts, language, posted(facts)).subject
    assert letters._day(IN_TIME, language) in subject
    assert letters._day(LATE, language) not in subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_reason_of_an_objection_is_no_blank_that_may_stay_empty(language):
    facts = usual(LetterKind.OBJECTION)
    if_you_like = f"‹{IF_YOU_LIKE[language]}"

    assert if_you_like in text_of(facts, language)
    alone = text_of(replace(facts, service=Service.NONE), language)
    assert if_you_like not in alone
    assert re.search(r"(?m)^.{12,}: ‹[^›]{20,}›$", alone), "a blank with an example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_of_an_austrian_complaint_has_a_heading(language):
    text = text_of(happened(LetterKind.COMPLAINT, AUSTRIA), language)
    none = text_of(replace(happened(LetterKind.COMPLAINT, AUSTRIA), history=()), language)

    assert text == "" or re.search(r"\n\n[^\n-]+:\n- ", text)
    assert not re.search(r":\n\n", none), "and none without a history"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [LetterKind.REMINDER, LetterKind.REPLY_REFUSED, LetterKind.COMPLAINT])
@pytest.mark.parametrize("law", ["eu", "uk", "ch", "br"])
def test_how_an_objection_was_sent_is_told_by_every_law(language, kind, law):
    facts = usual(kind, law)
    ways = {by: text_of(replace(facts, sent_by=by), language) for by in ("form", "web", "mail", "post", "arrived", "")}

    expected = 5 if language in languages_of(facts) else 1
    assert len(set(ways.values())) == expected
    assert ways["post"] == ways["arrived"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_an_authority_stands_under_its_name_if_it_is_on_record(language):
    facts = usual(LetterKind.COMPLAINT)
    known = facts.authority
    nowhere = replace(known, email=None, page=None)

    assert f"\n{known.name}\n{known.email}\n\n" in text_of(facts, language)
    no_mail = replace(facts, authority=replace(known, accepts_email=False))
    assert f"\n{known.name}\n{known.page}\n\n" in text_of(no_mail, language)
    assert f"\n{known.name}\n\n" in text_of(replace(facts, authority=nowhere), language)


@pytest.mark.parametrize("shape", [plain, usual, full])
@pytest.mark.parametrize(("kind", "law"), PAIRS)
def test_the_histories_that_are_read_over_could_have_happened(shape, kind, law):
    facts = shape(kind, law)
    days = [getattr(facts, name) for name in LetterFacts.__dataclass_fields__ if name.endswith("_on")]

    assert all(
        day <= facts.today for day in [*days, *(event.day for event in facts.history)] if day != facts.due_on if day
    )
    assert [event.day for event in facts.history] == sorted(event.day for event in facts.history)
    assert {each.country for each in facts.outages} <= {facts.country}
    assert all(attempt.day <= SENT for attempt in facts.attempts)
    assert not (facts.attempts and facts.sent_by == "form")
    assert facts.new_rules <= (facts.today >= date(2027, 4, 2))
    if facts.told_devoid_on:
        assert facts.filed_on < facts.told_devoid_on < facts.today
