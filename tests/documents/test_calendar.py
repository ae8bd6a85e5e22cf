"""The calendar file: what its entries say, and the same entries after every change."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.calendar import ANSWERS, REASONS, SUMMARIES
from bot.documents.dates import Awaited, Dated
from bot.domain.deadlines import Basis, Deadline
from bot.rendering.languages import languages
from tests.conversations.pure import CHAT, sent
from tests.documents.making_calendars import BOT, CASE, dated, file_of, made, speech
from tests.documents.reading_calendars import entries_of, lines_of


def test_a_legal_date_is_a_whole_day_and_says_so():
    (entry,) = entries_of(file_of(sent())).values()
    assert (entry.start, entry.end) == (date(2027, 1, 4), date(2027, 1, 5))
    assert entry["SUMMARY"] == "Legal date: Meta's answer. Facebook, Germany"
    assert entry["DESCRIPTION"].split("\n") == [
        "Meta has until the end of this day (Art. 12(3) GDPR).",
        "General help, not legal advice.",
        BOT,
    ]
    assert (entry["STATUS"], entry["CLASS"], entry["TRANSP"]) == ("CONFIRMED", "PRIVATE", "TRANSPARENT")


def test_the_article_is_named_in_the_files_language():
    (entry,) = entries_of(made(dated(), said=speech("de"))).values()
    assert "Art. 12 Abs. 3 DSGVO" in entry["DESCRIPTION"]


def test_each_case_is_told_apart():
    several = sent().types("/object").presses("several", "both").types("Germany").presses("two")
    files = [file_of(chat) for chat in (sent(), several)]
    assert len(entries_of(files[0])) == 1
    assert set(entries_of(files[0])) <= set(entries_of(files[1]))


def test_after_a_change_the_same_entries_come_with_a_higher_sequence():
    before = sent()
    later = before.later(minutes=1)
    moved = later.presses("moved", "d7")
    confirmed = later.presses("confirmed", "mail")
    old, new, gone = (entries_of(file_of(chat)) for chat in (before, moved, confirmed))
    assert list(old) == list(new) == list(gone)
    one, other, settled = (next(iter(each.values())) for each in (old, new, gone))
    assert (one.start, other.start) == (date(2027, 1, 4), date(2026, 12, 28))
    assert one["SEQUENCE"] < other["SEQUENCE"]
    assert one["LAST-MODIFIED"].dt < other["LAST-MODIFIED"].dt
    assert (settled["STATUS"], settled.start) == ("CANCELLED", one.start)


def test_what_is_over_says_so_in_words_too_and_keeps_the_word_whose_date_it_was():
    (entry,) = entries_of(made(dated(over=True))).values()
    assert entry["STATUS"] == "CANCELLED"
    assert entry["SUMMARY"] == "No longer valid. Legal date: Meta's answer. Facebook, Germany"


@pytest.mark.parametrize(("awaited", "basis"), SUMMARIES)
@pytest.mark.parametrize("over", [False, True])
def test_no_entry_goes_without_the_word_whose_date_it_is(awaited, basis, over):
    (entry,) = entries_of(made(dated(awaited=awaited, basis=basis, over=over))).values()
    words = {
        Basis.LEGAL: ["legal date"],
        Basis.OUR_CHECK: ["our check"],
        Basis.LEGAL_IF_GDPR: ["legal date", "our check"],
    }
    assert [word for word in ("legal date", "our check") if word in entry["SUMMARY"].casefold()] == words[basis]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("awaited", "basis"), SUMMARIES)
@pytest.mark.parametrize("article", ["", "Art. 12(3) GDPR"])
def test_every_entry_can_be_told_in_every_language(language, awaited, basis, article):
    each = Dated(CASE, awaited, Deadline(date(2027, 1, 4), basis, article), over=True)
    (entry,) = entries_of(made(each, said=speech(language))).values()
    assert "{" not in entry["SUMMARY"] + entry["DESCRIPTION"]
    assert len(entry["SUMMARY"]) <= 150
    assert speech(language).case({"service": "facebook", "country": "DE"}) in entry["SUMMARY"]


def test_every_kind_of_date_has_its_words():
    kinds = {(awaited, basis) for awaited in ANSWERS for basis in Basis}
    kinds |= {(each, Basis.LEGAL) for each in set(Awaited) - ANSWERS - {Awaited.LETTER}}
    kinds |= {(each, Basis.OUR_CHECK) for each in (Awaited.COMPLAINT, Awaited.LETTER, Awaited.LAST_DAY)}
    assert set(SUMMARIES) == kinds
    assert {each for each in kinds if each[0] not in ANSWERS} <= set(REASONS)


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        (Deadline(date(2027, 1, 4), Basis.OUR_CHECK, "Art. 12(3) GDPR"), "a week for the post"),
        (Deadline(date(2027, 1, 4), Basis.OUR_CHECK, "Art. 12(3) GDPR", waits=True), "Meta asked who you are"),
        (Deadline(date(2027, 1, 4), Basis.OUR_CHECK, "art. 13 KVKK", unsure=True), "art. 13 KVKK"),
        (Deadline(date(2027, 1, 4), Basis.OUR_CHECK), "sets no period"),
    ],
)
def test_our_own_check_says_why_it_is_ours(due, reason):
    each = Dated(CASE, Awaited.ANSWER, due, over=False)
    (entry,) = entries_of(made(each)).values()
    assert reason in entry["DESCRIPTION"]


def test_nothing_in_it_leads_to_a_person():
    content = file_of(sent())
    assert str(CHAT).encode() not in content
    assert not [
        line for line in lines_of(content) if line.startswith(("ORGANIZER", "ATTENDEE", "CONTACT", "GEO", "LOCATION"))
    ]


def test_while_the_bot_does_not_know_its_name_its_address_is_left_out():
    (entry,) = entries_of(made(dated(), bot="")).values()
    assert "URL" not in entry
    assert not entry["DESCRIPTION"].endswith("\n")
