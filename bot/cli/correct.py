"""`objection-bot correct`: call an outage a false alarm."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import one_line
from bot.cli.naming import choice_of
from bot.cli.opening import clock_of, must_be_there, opened
from bot.domain.incidents import Correction
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.domain.incidents import Incident
    from bot.settings import Settings


def correct(
    number: Annotated[int, typer.Argument(help="Which incident; `objection-bot incidents` lists them.")],
    why: Annotated[
        str,
        typer.Option(
            help="our_network (ours failed) · measurement (we judged wrongly) · form_changed (it moved on purpose)."
        ),
    ],
) -> None:
    """Call an outage a false alarm: it stays to be seen, marked as one, and whoever was told of it hears so."""
    with one_line():
        settings = load_settings()
        must_be_there(settings)
        one = asyncio.run(_correct(settings, number, choice_of(why, Correction, "reason")))
    print(f"Incident {one.id} ({one.form}, {one.country}) is a false alarm now: {why}.")
    print("The running bot tells those who still wait, whose papers cite it, and the groups that were told of it.")
    print("It opens none anew before a look has seen the form well.")


async def _correct(settings: Settings, number: int, why: Correction) -> Incident:
    async with opened(settings) as store:
        return await store.incidents.correct(number, why, clock_of(settings).now())
