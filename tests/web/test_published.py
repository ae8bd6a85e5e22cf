"""From a broken form to the page and back: the whole bot beside the sandbox."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx

from bot.use_cases.publishing import Publisher
from tests.bot_in_sandbox import PATIENCE, running_bot
from tests.ports import free_port
from tests.web.status_pages import KNOWLEDGE, said

START = datetime(2026, 12, 3, 10, tzinfo=UTC)


async def seen(town, holds, *, moving=False):
    """Wait until the status of Facebook's form in Germany is as wanted; if need be the clock goes on."""
    until, minutes = asyncio.get_running_loop().time() + PATIENCE, 0
    while not (status := town.app.board.status("facebook-2025", "DE")) or not holds(status):
        assert asyncio.get_running_loop().time() < until, status
        if moving:
            minutes += 11
            await town.at((START + timedelta(minutes=minutes)).isoformat())
        await town.app.looker.look_for_somebody("DE")
        await asyncio.sleep(0.01)


async def test_what_the_bot_saw_stands_on_the_page_and_the_chat_does_not(tmp_path):
    public, private = free_port(), free_port()
    told = []
    async with running_bot(tmp_path, http_port=public, private_port=private, operator_name="Somebody") as town:
        anna = await town.person("Anna", "en", start="de_facebook")
        await seen(town, lambda status: status.seen is not None)
        url = f"http://127.0.0.1:{public}"
        async with httpx.AsyncClient(base_url=url, trust_env=False, verify=False) as reader:
            page = said((await reader.get("/status/DE")).text)
            file = (await reader.get("/status.json")).json()
            overview = said((await reader.get("/status")).text)
        told += [page, overview, json.dumps(file)]
        assert "Facebook: objection to AI training" in page
        assert "answers, asks for login" in page
        assert "Run by Somebody" in page
        assert "Germany Facebook: ● answers, asks for login" in overview
        assert {each["country"] for each in file["statuses"]} == {"DE"}
        assert not [text for text in told if str(anna.chat) in text or "Anna" in text]


async def test_a_confirmed_outage_is_published_with_the_looks_it_rests_on(tmp_path):
    async with running_bot(tmp_path) as town:
        await town.at(START.isoformat())
        await seen(town, lambda status: status.condition == "asks_login")
        await town.sandbox.form("facebook-2025", "gone", "DE")
        await seen(town, lambda status: status.condition == "down", moving=True)
        [incident] = town.app.board.open_incidents()
        publisher = Publisher(town.app.board, KNOWLEDGE, town.app.clock)
        page = await publisher.incident(incident.id)
        overview = await publisher.overview()
    assert [each.incident.id for each in overview.open] == [incident.id]
    assert len(page.first) >= 3
    assert {look.verdict for look in page.first} == {"gone"}
    assert all(look.id and look.steps for look in page.first)
