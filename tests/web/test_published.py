"""From a broken form to the page and back: the whole bot beside the sandbox."""

import json

import httpx

from bot.use_cases.publishing import Publisher
from tests.bot_in_sandbox import running_bot
from tests.web.status_pages import said
from tests.web.test_entrances import free_ports


async def test_what_the_bot_saw_stands_on_the_page_and_the_chat_does_not(tmp_path):
    public, private = free_ports()
    told = []
    async with running_bot(tmp_path, http_port=public, private_port=private, operator_name="Somebody") as town:
        anna = await town.person("Anna", "en", start="de_facebook")
        await town.app.looker.look("DE")
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
        await town.sandbox.form("facebook-2025", "gone", "DE")
        for _ in range(6):
            await town.sandbox.advance("10 minutes")
            await town.at((await town.sandbox.get("/clock"))["now"])
            await town.app.looker.look("DE")
        [incident] = town.app.board.open_incidents()
        publisher = Publisher(town.app.board, town.app.intake._reading._knowledge, town.app.clock)
        page = await publisher.incident(incident.id)
        overview = await publisher.overview()
    assert [each.incident.id for each in overview.open] == [incident.id]
    assert len(page.first) >= 3
    assert {look.verdict for look in page.first} == {"gone"}
    assert all(look.id and look.steps for look in page.first)
