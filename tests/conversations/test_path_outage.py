"""An outage met on the way: seen from two networks, told while it lasts, and told once when it is over."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.statuses import Condition
from bot.use_cases import documents
from tests.bot_in_sandbox import PATIENCE
from tests.conversations.transcript import town_at

if TYPE_CHECKING:
    from bot.domain.people import Person
    from tests.bot_in_sandbox import Talk
    from tests.conversations.transcript import Stage


async def until(stage: Stage, form: str, condition: Condition) -> None:
    """Ten minutes pass again and again until that is concluded of the form for Germany."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while getattr(stage.town.app.board.status(form, "DE"), "condition", None) is not condition:
        assert asyncio.get_running_loop().time() < end, stage.town.app.board.status(form, "DE")
        await stage.town.passes("10 minutes")


async def test_an_outage_is_told_while_it_lasts_and_its_end_once_after_the_quiet_hours(tmp_path):
    async with town_at(tmp_path, "2026-12-08 19:30") as stage:
        world, sandbox = stage.town.app.world, stage.town.sandbox
        form = world.form(Service.FACEBOOK, "DE").id
        renate = await stage.person("Renate", "en", country="DE")
        await stage.play(
            renate,
            """
            > START de_facebook
            > In the app on this phone
            [I see the form] [Something is wrong]
            """,
        )
        await until(stage, form, Condition.ASKS_LOGIN)
        await sandbox.form(form, "error")
        await until(stage, form, Condition.DOWN)
        await stage.play(
            renate,
            """
            > Something is wrong
            > Not available
            B Facebook form, Germany: not reachable since today
            B from 2 networks. Last look today 2
            [Tell me when it answers again] [Write to Meta]
            > Tell me when it answers again
            B I tell you once, never in your quiet hours.
            """,
        )
        await sandbox.form(form, "answers")
        await stage.at("2026-12-08 23:00")
        await until(stage, form, Condition.ASKS_LOGIN)
        await stage.play(
            renate,
            """
            silence
            (2026-12-09 07:59)
            silence
            (2026-12-09 08:01)
            B It answers again, seen 8 Dec 2026, 23:
            B It had not been reachable since 8 Dec 2026,
            [It does not open for me] [What is seen now]
            > Go on with my objection
            B Then go through the app
            > /mydata
            """,
        )
        assert "Wish" not in renate.text
        [outage] = world.outages((await person(stage, renate)).cases[0])
        assert outage.ended_at, "the complaint can name what met her attempt"
        await stage.play(
            renate,
            """
            > /start
            > Write to Meta
            > I sent it
            > Meta's privacy page
            (2027-01-12 10:00)
            B Has anything come from Meta?
            > Nothing
            > Complain
            > Germany
            > Bayern
            > Whole letter
            B It names the outage that met your attempt.
            > Evidence as PDF
            """,
        )
        assert (await evidence(stage, renate))["language"] == "de"
        await stage.play(renate, "> Evidence in English")
        assert (await evidence(stage, renate))["language"] == "en"


async def evidence(stage: Stage, talk: Talk) -> dict[str, str]:
    """The file of the last message, by the language that it says it is in."""
    await talk.until(lambda: "document" in talk.last["content"])
    document = talk.last["content"]["document"]
    content = (await stage.town.sandbox.http.get(f"/sandbox/files/{document['file_id']}")).content
    return {"name": document["file_name"], "language": re.search(rb"/Lang \((\w+)\)", content)[1].decode()}


async def person(stage: Stage, talk: Talk) -> Person:
    kept = (await stage.town.app.store.gather([], [talk.chat])).people[talk.chat]
    return documents.to_person(kept.document)
