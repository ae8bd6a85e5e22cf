"""What the short texts and the answers say under Swiss law and British law: no article as if it surely applied."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.cases import FactKind
from tests.conversations.pure import Chat, sent

ANSWERS = {
    "refused": ("refused",),
    "no further action": ("noaction", "own"),
    "wants proof": ("proof",),
    "who are you": ("proof", "identity"),
    "not in your region": ("region", "own"),
}
WHOLE = re.compile(r"Art\. 12|Art\. 18|Art\. 77")


def living_in(residence: str, country: str = "", language: str = "en") -> Chat:
    """Somebody who lives there, a month after the objection was sent from an account of that country or another."""
    chat = sent(country or residence).on("2027-01-05T10:00")
    return replace(chat, person=replace(chat.person, residence=residence, language=language))


def copied(chat: Chat) -> str:
    """What the message's button copies."""
    [text] = [button.copy for row in chat.message.rows for button in row if button.copy]
    assert len(text) <= 256
    return text


def short_texts(chat: Chat) -> dict[str, str]:
    """The objection, the reminder, each reply and the complaint, as they are copied."""
    first = Chat(person=replace(chat.person, cases=())).types(f"/start {chat.case.country.lower()}_facebook")
    failed = first.presses("app", "trouble", "gone", "write").reads("blockquote")
    found = {
        "objection": copied(failed),
        "reminder": copied(chat.is_woken().presses("nothing", "write")),
    }
    answered = chat.types("/start").presses("answered")
    found |= {name: copied(answered.presses(*ways, "write")) for name, ways in ANSWERS.items()}
    given = answered.presses("proof", "identity", "gave", "d0", "write")
    return found | {"who one is": copied(given), "report": copied(chat.types("/start").presses("complain"))}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_swiss_short_text_cites_swiss_law_alone(language):
    found = short_texts(living_in("CH", language=language))

    assert {name: text for name, text in found.items() if re.search(r"GDPR|DSGVO", text) or WHOLE.search(text)} == {}
    act = "FADP" if language == "en" else "DSG"
    assert [name for name, text in found.items() if act not in text] == []


@pytest.mark.parametrize(("language", "careful"), [("en", "as far as it applies, Art. 21 GDPR"), ("de", "soweit")])
def test_with_an_account_of_the_union_the_other_law_is_named_with_care(language, careful):
    found = short_texts(living_in("CH", "FR", language))
    to_the_commissioner = found.pop("report")

    assert [name for name, text in found.items() if careful not in text] == []
    assert [name for name, text in found.items() if WHOLE.search(text)] == []
    assert "Art. 21" not in to_the_commissioner, "its act is the Swiss one"


def test_in_switzerland_an_answer_of_metas_is_told_by_swiss_law():
    answered = living_in("CH").types("/start").presses("answered")

    told = {name: answered.presses(*ways).text for name, ways in ANSWERS.items()} | {
        "more time": answered.presses("time").text
    }
    assert {name: text for name, text in told.items() if "GDPR" in text or "first month" in text} == {}
    answered.presses("refused").reads("needs a justification", "31 FADP")


def test_with_an_account_of_the_union_a_refusal_is_told_by_both_laws():
    answered = living_in("CH", "FR").types("/start").presses("answered")

    answered.presses("refused").reads("31 FADP", "If the GDPR applies to your account")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("answer", [(), ("refused",)])
def test_a_complaint_in_britain_tells_of_the_complaint_to_meta_that_went_before(language, answer):
    chat = living_in("GB", language=language).types("/start")
    chat = chat.presses("answered", *answer) if answer else chat
    complained = chat.presses("complain", "done").types("4.1.2027")
    text = copied(complained.presses("complain"))

    assert complained.case.last(FactKind.COMPANY_COMPLAINED)
    assert "s. 164A" in text
    assert re.search(r"4 January 2027|4\. Januar 2027", text)
    assert "s. 165" in text


def test_who_goes_to_the_authority_at_once_tells_of_no_complaint_to_meta():
    direct = living_in("GB").types("/start").presses("complain", "direct")

    assert "164A" not in copied(direct)
