"""The whole bot beside a sandbox in which a form goes and comes back: confirmed, told once, and over."""

from __future__ import annotations

import asyncio

from bot.domain.incidents import Proof
from bot.domain.statuses import Condition
from bot.storage import Changes, Watch
from tests.bot_in_sandbox import PATIENCE, running_bot

FORM = "facebook-2025"


async def until(town, condition):
    """Ten minutes pass again and again until the form is concluded to be so."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while getattr(town.app.board.status(FORM, "DE"), "condition", None) is not condition:
        assert asyncio.get_running_loop().time() < end, town.app.board.status(FORM, "DE")
        await town.passes("10 minutes")


async def test_a_form_that_goes_for_germany_is_confirmed_down_and_who_waits_is_told_when_it_is_back(tmp_path):
    async with running_bot(tmp_path) as town:
        board, store = town.app.board, town.app.store
        await town.at("2026-12-03T10:00:00Z")  # nobody's quiet hours
        renate = await town.person("Renate", "en", start="de_facebook")
        kinga = await town.person("Kinga", "en", start="de_facebook")
        await until(town, Condition.ASKS_LOGIN)

        await town.sandbox.form(FORM, "gone", "DE")
        await until(town, Condition.DOWN)
        (incident,) = board.open_incidents()
        assert (incident.form, incident.country, incident.proof) == (FORM, "DE", Proof.NETWORKS)
        assert set(incident.networks) == {"direct", "proxy:DE"}
        await store.save(Changes(town.app.clock.now(), watches=[Watch(renate.chat, FORM, "DE", "answers")]))

        await town.sandbox.form(FORM, "answers", "DE")
        await until(town, Condition.ASKS_LOGIN)

        await renate.until(lambda: "It answers again, seen" in renate.text)
        renate.reads("It had not been reachable since")
        assert board.open_incidents() == []
        assert (await board.incident(incident.id)).ended_at is not None
        assert await store.watches.waiting(FORM, "DE", "answers") == []
        assert not any("answers again" in each["text"] for each in await town.sandbox.messages(kinga.chat))
        told = [each for each in await town.sandbox.messages(renate.chat) if "answers again, seen" in each["text"]]
        assert len(told) == 1
