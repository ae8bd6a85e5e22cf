"""From the letter that fits to its paper, and on to what follows from sending it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.incidents import Cause, Incident, Proof
from bot.domain.letters import LetterFacts, LetterKind
from bot.domain.wishes import WishKind
from bot.rendering.messages import rendered
from conversations import engine
from conversations.events import Filled
from conversations.paper.letters import letter_for, letter_in_hand, tongues
from conversations.write.letters import LETTER
from tests.conversations.pure import CHAT, Chat

LONGEST_MESSAGE = 4096


def german(language: str = "de") -> Chat:
    """Somebody in Munich whose objection was sent on 3 December, after an attempt that failed."""
    chat = Chat(tongue=language).types("/start").presses("facebook")
    scene = chat.scene().with_answer("country", "DE").with_answer("service", "facebook").begun()
    scene = scene.with_fact(FactKind.FAILED).with_fact(FactKind.SENT)
    return replace(chat, person=replace(scene.person, language=language, residence="DE", region="DE-BY"))


def facts_of(*facts: tuple[FactKind, str]) -> Chat:
    """Somebody with a case in Germany to which just these things happened, all on 3 December."""
    chat = Chat().types("/start").presses("facebook")
    scene = chat.scene().with_answer("country", "DE").with_answer("service", "facebook").begun()
    for kind, note in facts:
        scene = scene.with_fact(kind, note)
    return replace(chat, person=scene.person)


def letter_of(chat: Chat, kind: LetterKind) -> LetterFacts:
    """What a letter of that kind may say of the only case."""
    scene = chat.scene().on_case(chat.person.cases[0].number)
    return letter_for(scene, scene.case, kind)


def test_a_case_opened_again_does_not_say_that_the_form_opened():
    closed = german().types("/cases").presses("c1", "close")
    assert closed.stage == "closed"
    chat = closed.presses("again")
    assert chat.stage == "sent"

    kinds = [event.kind for event in letter_of(chat, LetterKind.COMPLAINT).history]

    assert kinds[-1] == "reopened"
    assert "opened" not in kinds


def with_letter(chat: Chat, kind: LetterKind) -> Chat:
    """The paper of that letter, as the flow of writing leads to it."""
    scene = chat.scene().on_case(chat.person.cases[0].number).with_answer(LETTER, kind.value)
    return chat._after(engine.show(scene, "paper/ready"))


def text_of(chat: Chat) -> str:
    return rendered(chat.shown, chat.now).text


def met_by_outage() -> Chat:
    """The same person; the form was confirmed not to answer on the day of the attempt."""
    chat, at = german(), datetime(2026, 12, 3, 8, tzinfo=UTC)
    form = chat.scene().world.form(Service.FACEBOOK, "DE").id
    confirmed, ended = at + timedelta(minutes=9), at + timedelta(hours=2)
    outage = Incident(7, form, "DE", at, confirmed, (Cause.GONE,), Proof.NETWORKS, ("direct",), 5, ended)
    return replace(chat, board=replace(chat.board, incidents=(outage,)))


def test_a_reminder_goes_out_in_english_with_a_copy_to_read():
    chat = with_letter(german(), LetterKind.REMINDER)

    assert chat.choices[:3] == ["text", "pdf", "read"]
    assert "Dear Sir or Madam" in text_of(chat.presses("text"))
    assert "Sehr geehrte Damen und Herren" in text_of(chat.presses("read"))


def test_a_complaint_tells_each_thing_once_and_nothing_of_another_form():
    chat = german()
    scene = chat.scene().on_case(chat.person.cases[0].number).with_fact(FactKind.NO_FURTHER_ACTION, "third_party")
    scene = scene.with_fact(FactKind.CODE_MISSING).with_fact(FactKind.CODE_MISSING).with_fact(FactKind.SENT)
    facts = letter_in_hand(with_letter(replace(chat, person=scene.person), LetterKind.COMPLAINT).scene())
    assert [each.what for each in facts.attempts] == ["failed", "code_missing"]
    assert [each.kind for each in facts.history].count("code_missing") == 1
    assert "no_further_action" not in {each.kind for each in facts.history}


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("form", {"objection": ["code_missing"], "reminder": [], "reply_no_further_action": []}),
        (
            "mail",
            {"objection": ["failed", "code_missing"], "reminder": ["failed"], "reply_no_further_action": ["failed"]},
        ),
        ("", {"objection": ["code_missing"], "reminder": [], "reply_no_further_action": []}),
    ],
)
def test_a_letter_names_what_failed_before_it_was_written_and_nothing_of_a_form_that_got_through(way, expected):
    """Failed on the 3rd, sent that way on the 3rd, no code in a later try; a complaint tells all of it."""
    case = facts_of((FactKind.FAILED, ""), (FactKind.SENT, way), (FactKind.CODE_MISSING, ""))
    every = {"complaint": ["failed", "code_missing"], "company_complaint": ["failed", "code_missing"]}
    for kind, named in (expected | every).items():
        assert [each.what for each in letter_of(case, LetterKind(kind)).attempts] == named, kind


def test_an_objection_that_came_back_undelivered_is_written_anew_with_all_that_failed():
    case = facts_of((FactKind.FAILED, ""), (FactKind.SENT, "mail"), (FactKind.UNDELIVERED, ""))
    assert [each.what for each in letter_of(case, LetterKind.OBJECTION).attempts] == ["failed"]


def test_metas_question_who_somebody_is_counts_as_no_answer_once_it_was_met():
    asked = ((FactKind.SENT, ""), (FactKind.WANTS_PROOF, "identity"))
    assert letter_of(facts_of(*asked), LetterKind.COMPLAINT).answered_on is not None
    met = letter_of(facts_of(*asked, (FactKind.IDENTITY_GIVEN, "")), LetterKind.COMPLAINT)
    assert (met.answered_on, met.first_answer_on, met.answer) == (None, None, "")
    assert met.asked_identity_on is not None
    other = letter_of(facts_of((FactKind.SENT, ""), (FactKind.NO_FURTHER_ACTION, "third_party")), LetterKind.COMPLAINT)
    assert other.answered_on is None, "an answer to another form is none to this"


def test_nobody_says_today_that_they_know_of_what_ends_tomorrow():
    sent = facts_of((FactKind.SENT, ""))
    at_home = replace(sent, person=replace(sent.person, residence="AT", region=None))
    assert letter_of(at_home, LetterKind.COMPLAINT).known_on is None
    later = replace(at_home, now=datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert letter_of(later, LetterKind.COMPLAINT).known_on is None, "on the last day it is not over"
    over = replace(at_home, now=datetime(2027, 1, 5, 12, tzinfo=UTC))
    assert letter_of(over, LetterKind.COMPLAINT).known_on == date(2027, 1, 5)


def test_the_text_is_one_block_to_copy_and_fits_a_message():
    text = text_of(with_letter(met_by_outage(), LetterKind.COMPLAINT).presses("text"))

    assert re.fullmatch(r"<pre>[^<]+</pre>", text)
    assert len(text) < LONGEST_MESSAGE


def test_a_complaint_is_in_the_language_of_the_authority_and_can_be_filed():
    chat = with_letter(german(), LetterKind.COMPLAINT)

    assert "read" not in chat.choices
    assert "Bayerisches Landesamt" in text_of(chat)
    assert {"bundle", "where", "filed"} <= set(chat.choices)
    filed = chat.presses("text").presses("filed")
    assert filed.screen == "write/filed"
    assert filed.case.last(FactKind.COMPLAINED).letter.startswith("complaint.de.")


def test_the_complaint_cites_the_outage_and_its_correction_is_watched():
    chat = with_letter(met_by_outage(), LetterKind.COMPLAINT)

    copied = chat.presses("text")

    assert "2026-12-03 08:00 UTC" in text_of(copied)
    assert {wish.kind for wish in copied.wishes} == {WishKind.CITED}
    assert {wish.country for wish in copied.wishes} == {"DE"}


def test_a_paper_without_an_outage_wishes_nothing():
    assert with_letter(german(), LetterKind.REMINDER).presses("pdf").wishes == frozenset()


def test_a_letter_that_the_recipient_cannot_read_is_offered_in_those_there_are():
    person = replace(german().person, residence="HU", region=None)
    chat = with_letter(replace(german(), person=person), LetterKind.COMPLAINT)

    assert tongues(chat.scene(), letter_in_hand(chat.scene())).send == ""
    assert {"in_en", "in_de"} <= set(chat.choices)
    assert "text" not in chat.choices
    chosen = chat.presses("in_de")
    assert "text" in chosen.choices
    assert "Sehr geehrte" in text_of(chosen.presses("text"))


def test_a_sent_letter_remembers_kind_language_and_template_alone():
    chat = with_letter(german(), LetterKind.REMINDER).presses("pdf").presses("sent").presses("mail")

    fact = chat.case.last(FactKind.WRITTEN)
    assert re.fullmatch(r"reminder\.en\.[0-9a-f]{12}", fact.letter)
    assert fact.note == "mail"


def test_an_objection_sent_by_the_form_rests_on_no_letter():
    chat = with_letter(german(), LetterKind.OBJECTION).presses("text")

    scene = chat.scene().with_fact(FactKind.SENT)

    assert scene.case.last(FactKind.SENT).letter == ""


@pytest.mark.parametrize("sent", [True, False])
def test_the_typed_name_is_removed_whatever_became_of_it(sent):
    chat = with_letter(german(), LetterKind.REMINDER).presses("fill")

    after = chat.happens(Filled(55, sent))

    assert after.screen == ("paper/filled" if sent else "paper/unfilled")
    assert after.turn.sayings[0].message_id == 55
    assert after.choices


def test_a_single_line_is_no_address_and_is_removed():
    chat = with_letter(german(), LetterKind.REMINDER).presses("fill").types("Renate")

    assert chat.screen == "paper/unfilled"
    assert chat.turn.sayings[0].kind.value == "remove"


def test_where_to_send_it_names_metas_address():
    text = text_of(with_letter(german(), LetterKind.REMINDER).presses("where"))

    assert "Merrion Road" in text


def test_a_correction_leads_to_a_new_paper():
    chat = with_letter(met_by_outage(), LetterKind.COMPLAINT).presses("text").presses("filed")
    values = {"service": "facebook", "country": "DE", "since": "2026-12-03T08:00:00+00:00"}
    scene = replace(chat.scene(), values=values)

    told = chat._after(engine.show(scene, "paper/corrected"))

    assert "08:00" in text_of(told) or "09:00" in text_of(told)
    new = replace(told, board=german().board).presses("new")
    assert new.screen == "paper/ready"
    assert letter_in_hand(new.scene()).kind is LetterKind.COMPLAINT
    assert letter_in_hand(new.scene()).outages == ()


def test_a_delivery_of_a_paper_stays_small_and_names_nobody():
    chat = with_letter(met_by_outage(), LetterKind.COMPLAINT).presses("text")

    assert str(CHAT) not in str(chat.shown["values"]["paper"])
    assert len(str(chat.shown)) < 8_000


def test_the_evidence_goes_out_in_the_language_of_its_letter_with_a_copy_to_read():
    chat = with_letter(met_by_outage(), LetterKind.COMPLAINT)
    english = replace(chat, person=replace(chat.person, language="en")).presses("bundle")

    assert (english.shown["values"]["file"], english.shown["values"]["written_in"]) == ("bundle", "de")
    assert "in German as the letter" in text_of(english)
    copy = english.presses("copy")
    assert (copy.shown["values"]["file"], copy.shown["values"]["written_in"]) == ("bundle", "en")
    assert "copy" not in chat.presses("bundle").choices, "German is the person's own"


def test_where_the_authoritys_language_is_missing_the_evidence_is_in_that_of_the_chosen_letter():
    person = replace(german().person, residence="HU", region=None)
    chat = with_letter(replace(german(), person=person), LetterKind.COMPLAINT)
    chosen = chat.presses("in_fr").presses("bundle")

    assert chosen.shown["values"]["written_in"] == "fr"
