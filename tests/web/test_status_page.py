"""The public page as its readers get it."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio

from bot import faults
from bot.domain.errors import StorageError
from bot.domain.forms import Purpose, Service
from bot.domain.statuses import Condition
from bot.use_cases.reducing import facts
from bot.web.rendering import words
from tests.web.boards import BoardInMemory, answering, broken, crowded, eventful, outage
from tests.web.status_pages import KNOWLEDGE, reader_of, said

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGES = [
    "/status",
    "/status/DE",
    "/status/incident/31",
    "/status/incident/22",
    "/status/accessibility",
    "/status/nothing",
]
FILES = ["/status.json", "/status/DE.json", "/status/incident/31.json", "/status.atom", "/status.schema.json"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader():
    async with reader_of(eventful()) as opened:
        yield opened


async def test_whoever_opens_it_sees_what_fails_where_since_when_and_why(reader):
    page = said((await reader.get("/status")).text)
    assert "Instagram: objection to AI training Austria (not found, an error of Meta's server; since 12:30 UTC)" in page
    assert "Germany (not found, an error of Meta's server; since 12:20 UTC)" in page
    assert "France Facebook: ◐ looks failed; being checked, nothing confirmed 14:12 UTC" in page
    assert "Whether a form works for an account, only its owner can see" in page


async def test_old_is_shown_as_old_and_what_nobody_asked_for_as_not_looked_at(reader):
    page = said((await reader.get("/status")).text)
    assert "Instagram: ○ not seen lately old: 28 Nov 2026, 14:20 UTC" in page
    assert "Not looked at, for nobody asked lately Belgium" in page
    assert "That is old." in said((await reader.get("/status/FR")).text)


async def test_a_country_tells_from_where_when_and_what_the_last_30_days_were(reader):
    page = said((await reader.get("/status/DE")).text)
    assert "As of 1 Dec 2026, 14:20 UTC (15:20 CET)" in page
    assert "Seen 14:12 UTC from the bot's own network: answered, asked for login. HTTP 302." in page
    assert "Seen 14:15 UTC from a Globalping probe in Germany: not found. HTTP 404." in page
    assert "On 24 of the last 30 days the form answered. A confirmed outage on 1 day: 3 hours 3 minutes." in page
    assert "Address, on instagram.com: https://help.instagram.com/contact/767264225370182" in page


async def test_an_incident_shows_its_looks_and_what_no_look_can_know(reader):
    page = said((await reader.get("/status/incident/31")).text)
    assert "Began 1 Dec 2026, 12:20 UTC (13:20 CET), the first failed look" in page
    assert "two networks or more saw it; 9 failed looks" in page
    assert "302 → https://www.facebook.com/login/ kOpF3xMRbPFdvQ2W 9f86d081884c" in page
    assert "told nothing: a wall against programs, HTTP 404" in page or "a wall against programs, HTTP 302" in page
    assert "What no look can know" in page


async def test_a_correction_stays_visible_wherever_the_incident_stands(reader):
    for path in ("/status", "/status/DE", "/status/incident/22"):
        page = said((await reader.get(path)).text)
        corrected = "Corrected: this was no outage of the form. (our own network was at fault; 20 Nov 2026, 14:20 UTC)"
        assert corrected in page


@pytest.mark.parametrize("language", ["en", "de"])
async def test_no_word_says_that_a_form_works(reader, language):
    allowed = ("Whether a form works for an account", "That does not say that a form works", "Whether the form worked",
               "Ob ein Formular mit einem Konto funktioniert", "Ob das Formular angemeldet funktioniert")  # fmt: skip
    for path in PAGES:
        page = said((await reader.get(path, params={"lang": language})).text)
        for sentence in allowed:
            page = page.replace(sentence, "")
        assert not re.search(r"\bworks?\b|\bworked\b|funktioniert|working", page)


async def test_people_are_counted_from_three_on_and_nothing_else_is_told_of_them(reader):
    for path in (*PAGES, *FILES):
        answer = (await reader.get(path)).text
        assert "a step of ours" not in answer, "explanations may count two people"
        assert "2 people" not in answer
        assert "for-one-asker" not in answer, "what Meta made for our own look"
    page = said((await reader.get("/status/DE")).text)
    assert "7 people report trouble. 3 people say that the code does not come." in page


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(reader, path):
    answer = await reader.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    links = re.findall(r'(?:href|src|action)="([^"]*)"', answer.text)
    assert all(link.startswith(("/status", "#", "data:,")) for link in links)
    assert "set-cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_what_an_operator_is_called_is_no_markup(reader):
    page = (await reader.get("/status")).text
    assert "Advice &lt;Centre&gt; &amp; Co" in page
    assert "<Centre>" not in page


@pytest.mark.parametrize(
    ("header", "asked", "language"),
    [
        ("", None, "en"),
        ("de-AT,de;q=0.9,en;q=0.8", None, "de"),
        ("pl, de;q=0.5, en;q=0.9", None, "en"),
        ("en;q=0, de;q=0.1", None, "de"),
        ("de", "en", "en"),
        ("en", "de", "de"),
        ("de", "xx", "de"),
        ("de;q=nonsense, ;;;,*", None, "en"),
    ],
)
async def test_it_speaks_the_readers_language(reader, header, asked, language):
    params = {"lang": asked} if asked else {}
    answer = await reader.get("/status/DE", headers={"Accept-Language": header}, params=params)
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


async def test_who_chose_a_language_keeps_it_on_the_way(reader):
    chosen = (await reader.get("/status?lang=de")).text
    assert 'href="/status/DE?lang=de"' in chosen
    assert 'href="/status?lang=en" lang="en"' in chosen
    assert 'href="/status/DE"' in (await reader.get("/status")).text


@pytest.mark.parametrize(
    "path",
    ["/status/XX", "/status/", "/status/incident/999999999", "/status/incident/0", "/status/incident/-1",
     "/status/incident/1e3", "/status/incident/%D9%A3", "/status/incident/99999999999999999999", "/status/DE/no.png",
     "/status/XX.json", "/status/incident/5.json", "/status/%00", "/status/..%2f..%2fetc", "/status/" + "D" * 5000],
)  # fmt: skip
async def test_what_there_is_not_is_answered_in_words(reader, path):
    answer = await reader.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


async def test_small_letters_find_the_country(reader):
    answer = await reader.get("/status/de?lang=de")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/status/DE?lang=de")


@pytest.mark.parametrize("path", ["/status", "/status/DE", "/status.json", "/status.atom", "/status/incident/31"])
async def test_who_has_it_already_is_told_that_nothing_is_new(reader, path):
    first = await reader.get(path)
    again = await reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = await reader.get(path, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize(("accepts", "packed"), [("gzip, br", True), ("identity", False), ("br, gzip;q=0", False)])
async def test_it_is_packed_for_those_who_can_unpack_it(reader, accepts, packed):
    answer = await reader.get("/status", headers={"Accept-Encoding": accepts})
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    assert answer.text == (await reader.get("/status")).text
    assert int(answer.headers["Content-Length"]) < (5_000 if packed else 100_000)


async def test_a_head_has_the_headers_alone_and_other_methods_are_refused(reader):
    head, page = await reader.head("/status/DE"), await reader.get("/status/DE")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == page.headers["ETag"]
    assert (await reader.post("/status")).status_code == 405


async def test_the_picture_is_drawn_in_the_readers_language(reader):
    english, german = [await reader.get(f"/status/DE/facebook-2025.png?lang={code}") for code in ("en", "de")]
    assert english.headers["Content-Type"] == "image/png"
    assert english.content[:8] == german.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert english.content != german.content
    assert (await reader.get("/status/DE/facebook-2025.png?lang=en&dark=1")).content != english.content


async def test_with_every_form_in_every_country_and_hundreds_of_outages_a_page_stays_below_100_kilobytes():
    async with reader_of(crowded(KNOWLEDGE)) as opened:
        for path in ("/status", "/status/DE", "/status/incident/1"):
            for language in ("en", "de"):
                answer = await opened.get(path, params={"lang": language}, headers={"Accept-Encoding": "identity"})
                assert answer.status_code == 200
                assert len(answer.content) <= 100_000
        assert "220 looks are left out here; they stand in the file." in (await opened.get("/status/incident/1")).text
        assert "The newest 12 of 144." in (await opened.get("/status")).text


async def test_before_anything_was_seen_it_says_so():
    async with reader_of(BoardInMemory()) as opened:
        page = said((await opened.get("/status")).text)
        assert "None. That does not say that a form works for an account." in page
        assert "None was confirmed." in page
        assert "Not looked at: nobody asked for it lately." in said((await opened.get("/status/BR")).text)


async def test_an_outage_of_a_form_that_is_no_longer_on_record_is_still_shown():
    gone = outage(5, form="facebook-2019")
    async with reader_of(BoardInMemory({}, [gone]).has(broken(gone))) as opened:
        for path in ("/status", "/status/DE", "/status/incident/5"):
            assert "facebook-2019" in said((await opened.get(path)).text)
        assert (await opened.get("/status.json")).json()["incidents"][0]["form"] == "facebook-2019"


@pytest.mark.parametrize("condition", Condition)
async def test_each_condition_has_its_words_and_nothing_breaks_without_a_look(condition):
    bare = answering(condition=condition, seen=None, as_of=None, since=None, networks=())
    async with reader_of(BoardInMemory().has(bare)) as opened:
        for path in ("/status", "/status/DE", "/status.json", "/status/DE?lang=de"):
            assert (await opened.get(path)).status_code == 200


async def test_every_service_and_purpose_has_a_name():
    for form in KNOWLEDGE.forms.values():
        known = facts(KNOWLEDGE.forms, form.id, "DE", form.checked)
        assert len({words(code).form(known) for code in ("en", "de")}) == 2, form.id
    assert {form.service for form in KNOWLEDGE.forms.values()} == set(Service)
    assert {form.purpose for form in KNOWLEDGE.forms.values()} == set(Purpose)


@pytest.mark.parametrize(("error", "counted"), [(ZeroDivisionError(), 1), (StorageError("locked"), 0)], ids=str)
async def test_a_page_that_can_not_be_made_says_so_in_words_and_the_next_reader_is_served(monkeypatch, error, counted):
    board = eventful()
    whole = board.incidents

    async def fails(*, since):
        monkeypatch.setattr(board, "incidents", whole)
        raise error

    monkeypatch.setattr(board, "incidents", fails)
    async with reader_of(board) as reader:
        broken = await reader.get("/status?lang=de")
        assert (broken.status_code, broken.headers["Cache-Control"]) == (500, "no-store")
        assert "Bitte versuchen Sie es in einer Minute noch einmal." in said(broken.text)
        assert (await reader.get("/status?lang=de")).status_code == 200
    assert faults.counted.total() == counted
