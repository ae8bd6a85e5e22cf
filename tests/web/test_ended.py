"""After the service closed: the pages, the files and the feed say so, and nothing on them looks fresh."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import pytest_asyncio

from bot.domain.closing import Closing, ClosingState
from tests.web.boards import NOW, eventful
from tests.web.status_pages import reader_of, said
from tests.web.test_status_files import ATOM, holds

pytestmark = pytest.mark.asyncio(loop_scope="module")
YESTERDAY = Closing(NOW.date() - timedelta(days=1), ClosingState.CLOSED)
AT = "2026-11-30T12:00:00Z"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader():
    async with reader_of(eventful(), lambda: YESTERDAY) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/status", "/status/DE", "/status/incident/22"])
async def test_every_page_says_plainly_that_it_has_ended_and_when(reader, path):
    page = said((await reader.get(path)).text)
    assert "The service has ended: 30 Nov 2026, 12:00 UTC. Nothing is looked at any more" in page
    german = said((await reader.get(path, params={"lang": "de"})).text)
    assert "Der Dienst ist beendet: 30" in german


@pytest.mark.parametrize("path", ["/status", "/status/DE"])
async def test_no_page_tells_how_it_is_now(reader, path):
    page = said((await reader.get(path)).text)
    for words in (
        "As of",
        "Confirmed outages now",
        "Not looked at",
        "it lasts",
        "looks failed; being checked",
        "Seen 14:",
    ):
        assert words not in page
    assert "1 Dec 2026, 14:20" not in page


async def test_what_was_seen_until_then_stays_to_be_read(reader):
    page = said((await reader.get("/status")).text)
    assert "Corrected: this was no outage of the form." in page
    assert "On 2" in said((await reader.get("/status/DE")).text), "the last 30 days"


async def test_of_an_outage_that_lasted_no_end_is_known(reader):
    page = said((await reader.get("/status/incident/31")).text)
    assert "no end was seen before the service ended" in page
    assert "it lasts" not in page


@pytest.mark.parametrize("path", ["/status.json", "/status/DE.json"])
async def test_the_files_bear_the_end_and_no_present_status(reader, path):
    file = (await reader.get(path)).json()
    holds(file, (await reader.get("/status.schema.json")).json())
    assert (file["service_ended_at"], file["generated_at"], file["statuses"]) == (AT, AT, [])
    assert file["notice"].startswith("This service has ended.")
    assert file["incidents"]


async def test_before_the_end_the_files_say_that_there_is_none():
    async with reader_of(eventful()) as opened:
        assert (await opened.get("/status.json")).json()["service_ended_at"] is None


async def test_the_feed_ends_with_the_news_that_it_does(reader):
    feed = ET.fromstring((await reader.get("/status.atom")).text)
    first = feed.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "The service has ended"
    assert first.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == AT


async def test_a_closing_that_is_to_come_or_was_called_off_ends_nothing():
    for closing in (
        Closing(NOW.date() + timedelta(days=1), ClosingState.ANNOUNCED),
        Closing(YESTERDAY.day, ClosingState.CALLED_OFF),
        None,
    ):
        async with reader_of(eventful(), lambda closing=closing: closing) as opened:
            assert "As of 1 Dec 2026, 14:20 UTC" in said((await opened.get("/status")).text)
