"""An outage met on the way: seen from two networks, told while it lasts, and told once when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.use_cases import documents
from tests.conversations.transcript import town_at

if TYPE_CHECKING:
    from bot.domain.people import Person
    from tests.bot_in_sandbox import Talk
    from tests.conversations.transcript import Stage


async def looked(stage: Stage, *moments: str) -> None:
    """The looks of these moments are made and concluded."""
    for moment in moments:
        await stage.at(moment)
        await stage.town.app.looker.round()


async def test_an_outage_is_told_while_it_lasts_and_its_end_once_after_the_quiet_hours(tmp_path):
    async with town_at(tmp_path, "2026-12-08 20:50") as stage:
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
        await looked(stage, "2026-12-08 20:55")
        await sandbox.form(form, "error")
        await looked(stage, "2026-12-08 21:30", "2026-12-08 21:35", "2026-12-08 21:40")
        await stage.play(
            renate,
            """
            > Something is wrong
            > Not available
            B Facebook form, Germany: not reachable since today 21:
            B from 2 networks. Last look today 21:40: an error.
            [Tell me when it answers again] [Write to Meta]
            > Tell me when it answers again
            B I tell you once, never in your quiet hours.
            """,
        )
        await sandbox.form(form, "answers")
        await looked(stage, "2026-12-08 23:00", "2026-12-08 23:12", "2026-12-08 23:24")
        await stage.play(
            renate,
            """
            silence
            (2026-12-09 07:59)
            silence
            (2026-12-09 08:01)
            B It answers again, seen 8 Dec 2026, 23:
            B It had not been reachable since 8 Dec 2026, 21:
            [It does not open for me] [What is seen now]
            > Go on with my objection
            B Then go through the app
            > /mydata
            """,
        )
        assert "Wish" not in renate.text
        [outage] = world.outages((await person(stage, renate)).cases[0])
        assert outage.ended_at, "the complaint can name what met her attempt"


async def person(stage: Stage, talk: Talk) -> Person:
    kept = (await stage.town.app.store.gather([], [talk.chat])).people[talk.chat]
    return documents.to_person(kept.document)
