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
    """The objection, the reminder and each reply, as they are copied."""
    first = Chat(person=replace(chat.person, cases=())).types(f"/start {chat.case.country.lower()}_facebook")
    failed = first.presses("app", "trouble", "gone", "write").reads("blockquote")
    found = {
        "objection": copied(failed),
        "reminder": copied(chat.is_woken().presses("nothing", "write")),
    }
    answered = chat.types("/start").presses("answered")
    found |= {name: copied(answered.presses(*ways, "write")) for name, ways in ANSWERS.items()}
    return found | {"who one is": copied(answered.presses("proof", "identity", "gave", "d0", "write"))}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_swiss_short_text_cites_swiss_law_alone(language):
    found = short_texts(living_in("CH", language=language))

    assert {name: text for name, text in found.items() if re.search(r"GDPR|DSGVO", text) or WHOLE.search(text)} == {}
    act = "FADP" if language == "en" else "DSG"
    assert [name for name, text in found.items() if act not in text] == []


@pytest.mark.parametrize(("language", "careful"), [("en", "as far as it applies, Art. 21 GDPR"), ("de", "soweit")])
def test_with_an_account_of_the_union_the_other_law_is_named_with_care(language, careful):
    found = short_texts(living_in("CH", "FR", language))

    assert [name for name, text in found.items() if careful not in text] == []
    assert [name for name, text in found.items() if WHOLE.search(text)] == []


def test_a_short_report_to_the_swiss_commissioner_cites_the_swiss_act_alone():
    for country in ("CH", "FR"):
        text = copied(living_in("CH", country, "de").types("/start").presses("complain"))
        assert "Art. 49 DSG" in text
        assert "DSGVO" not in text


@pytest.mark.parametrize(("home", "language"), [("CH", "en"), ("GB", "de"), ("DE", "en"), ("AT", "de"), ("AT", "en")])
def test_a_short_complaint_that_would_be_of_no_use_gives_way_to_the_whole_letter(home, language):
    """In another language than the authority's, or without the contents that its law asks for."""
    way = ("complain", "direct") if home == "GB" else ("complain", "DE-BY") if home == "DE" else ("complain",)
    chat = living_in(home, language=language).types("/start").presses(*way)

    assert [button.copy for row in chat.message.rows for button in row if button.copy] == []
    assert "blockquote" not in chat.text
    chat.reads("whole letter" if language == "en" else "ganze Schreiben")
    assert "paper" in chat.choices


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


@pytest.mark.parametrize("answer", [(), ("refused",)])
def test_a_complaint_in_britain_tells_of_the_complaint_to_meta_that_went_before(answer):
    chat = living_in("GB").types("/start")
    chat = chat.presses("answered", *answer) if answer else chat
    complained = chat.presses("complain", "done").types("4.1.2027")
    text = copied(complained.presses("complain"))

    assert complained.case.last(FactKind.COMPANY_COMPLAINED)
    assert "s. 164A" in text
    assert "4 January 2027" in text
    assert "s. 165" in text


def test_who_goes_to_the_authority_at_once_tells_of_no_complaint_to_meta():
    direct = living_in("GB").types("/start").presses("complain", "direct")

    assert "164A" not in copied(direct)


def test_a_short_question_to_an_authority_that_reads_another_language_gives_way_too():
    for language, copies in (("en", 0), ("de", 1)):
        filed = living_in("DE", language=language).types("/start").presses("complain", "DE-BY", "filed")
        asked = filed.until_woken().presses("no")
        assert len([button for row in asked.message.rows for button in row if button.copy]) == copies
        assert ("blockquote" in asked.text) is bool(copies)
        assert asked.presses("asked").screen == "write/filed"


def test_all_languages_of_an_authority_are_named():
    living_in("CH").types("/start").presses("complain").reads("Its language: German, French, Italian.")


@pytest.mark.parametrize("language", ["en", "de"])
def test_in_britain_no_article_is_one_of_the_union(language):
    answered = living_in("GB", language=language).types("/start").presses("answered")
    shown = [answered.presses(*way) for way in (*ANSWERS.values(), ("time", "d0"))]
    shown += [chat.presses("write") for chat in shown if "write" in chat.choices]

    assert len(shown) > 9
    assert [chat.text for chat in shown if re.search(r"(?<!UK )GDPR|DSGVO", chat.text)] == []


def in_turkey(*more: str) -> Chat:
    """Somebody in Türkiye who sent the form without an account."""
    return Chat().types("/start").presses("none").types("Türkiye").presses("third", "sent", *more)


@pytest.mark.parametrize("way", [("refused",), ("noaction",), ("proof",), ("time",)])
def test_where_no_article_of_ours_holds_none_is_claimed(way):
    answered = in_turkey().on("2026-12-20T10:00").types("/start").presses("answered", *way)
    told = [answered, answered.presses("write")] if "write" in answered.choices else [answered]

    assert [chat.text for chat in told if re.search(r"GDPR|Art\.|right to object", chat.text)] == []


def test_a_reminder_where_no_article_of_ours_holds_asks_for_an_answer_and_offers_no_letter_that_is_not_there():
    late = in_turkey().on("2027-01-05T13:00").is_woken().presses("nothing", "write")

    late.reads("On Thu 3 December 2026 I objected to the use of information about me", "or your reasons")
    assert "GDPR" not in late.text
    assert "paper" not in late.choices, "there is no whole letter of that law"
    assert "paper" in living_in("DE").is_woken().presses("nothing", "write").choices


def test_who_lives_where_no_law_is_on_record_goes_by_the_law_of_the_account():
    living_in("TR", "DE").is_woken().presses("nothing", "write").reads("Art. 21 GDPR")


def test_a_reminder_by_post_begins_no_month_and_an_objection_by_post_does():
    late = living_in("DE").is_woken().presses("nothing", "write", "post")
    late.reads("It changes no date of the law")
    assert "month" not in late.text
    first = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write", "post")
    first.reads("The month runs from the day it arrives.")


def test_a_date_that_has_passed_is_told_as_past():
    filed = living_in("DE").types("/start").presses("complain", "DE-BY", "filed").reads("should tell you how things")
    filed.until_woken().reads("The time is over: by Mon 5 April 2027 the authority should have told you")
    asked = filed.until_woken().presses("no", "asked")
    asked.until_woken().reads("Our check of Fri 7 May 2027 has passed.")
    british = living_in("GB").types("/start").presses("complain", "sent", "mail").reads("Meta must acknowledge")
    british.until_woken().reads("Meta had to acknowledge your complaint by Thu 4 February 2027")


def test_without_an_account_nobody_is_asked_for_the_accounts_address():
    waiting = in_turkey().on("2026-12-04T10:00").is_woken().presses("no")

    waiting.reads("the address that you gave in the form")
