"""Meta changes its page about AI: an operator is asked what that means, and who wished so is told once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.watched_pages import PageState
from tests.bot_in_sandbox import PATIENCE
from tests.conversations.transcript import town_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conversations.transcript import Stage

PAGE = "facebook-genai"
JONAS = 9001


async def hours_pass(stage: Stage, until: Callable[[PageState], bool]) -> None:
    """An hour again and again until that is known of the page."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while not until(await state(stage)):
        assert asyncio.get_running_loop().time() < end, await state(stage)
        await stage.town.sandbox.advance("1 hour")
        await asyncio.sleep(0.05)


async def state(stage: Stage) -> PageState:
    return (await stage.town.app.store.pages.states()).get(PAGE) or PageState(PAGE)


async def test_who_wished_so_is_told_of_other_words_once_an_operator_has_read_them(tmp_path):
    async with town_at(tmp_path, "2026-12-07 08:00", operator_ids=[JONAS]) as stage:
        renate, jonas = await stage.person("Renate"), await stage.person("Jonas", id=JONAS)
        await stage.play(
            renate,
            """
            > START de_facebook
            > In the app on this phone
            > I see the form
            > It is sent
            > Confirmed already
            > By e-mail
            B Done. Keep that e-mail.
            > My cases
            > Facebook, Germany
            [What is next?] [Tell me if Meta's rules change]
            > Tell me if Meta's rules change
            B I read Meta's page about information for AI once a day.
            """,
        )
        await stage.play(jonas, "> /admin")
        await hours_pass(stage, until=lambda page: bool(page.text))
        await stage.town.sandbox.reword(PAGE)
        await hours_pass(stage, until=lambda page: page.asked_at is not None)
        await stage.play(
            jonas,
            """
            B www.facebook.com/privacy/genai
            [Open the page] [Nobody must act] [People must act] [Not yet]
            > People must act
            """,
        )
        await hours_pass(stage, until=lambda page: page.told_at is not None)
        await stage.play(
            renate,
            """
            B Meta changed this page; other words were first read
            B A person here read it: it may be that you must act.
            [What is next?] [Tell me next time too]
            > What is next?
            B Your objections:
            > Facebook, Germany
            [Tell me if Meta's rules change]
            """,
        )
