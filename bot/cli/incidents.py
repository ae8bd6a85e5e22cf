"""`objection-bot incidents`: the outages that were confirmed, and what each rests on."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import one_line
from bot.cli.naming import wrong_use
from bot.cli.opening import clock_of, must_be_there, opened
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from bot.settings import Settings

HELP = """List the outages that were confirmed, the newest first, or show one with the looks it rests on.

\b
--json (version 1): version and incidents, each with id, form, country, started_at, confirmed_at, ended_at, causes,
  proof, networks, looks, corrected_at, correction; with NUMBER also observations, each with id, at, vantage,
  verdict, reason, status_code, seconds, address, sha256, certificate, measurement, hops. Times are UTC."""


def incidents(
    number: Annotated[int | None, typer.Argument(help="Only this one, with its evidence.", show_default=False)] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days back.")] = 30,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    from bot.cli.incidents_report import document, print_list, print_one

    with one_line():
        settings = load_settings()
        must_be_there(settings)
        if number is None:
            found = asyncio.run(_since(settings, days))
            print(json.dumps(document(found), indent=2)) if as_json else print_list(found, days)
            return
        one, looks = asyncio.run(_one(settings, number))
        print(json.dumps(document([one], looks), indent=2)) if as_json else print_one(one, looks)


incidents.__doc__ = HELP


async def _since(settings: Settings, days: int) -> list[Incident]:
    async with opened(settings) as store:
        return await store.incidents.since(clock_of(settings).now() - timedelta(days=days))


async def _one(settings: Settings, number: int) -> tuple[Incident, list[Observation]]:
    async with opened(settings) as store:
        found = await store.incidents.get(number)
        if found is None:
            raise wrong_use(f"There is no incident {number}. `objection-bot incidents` lists them.")
        return found, await store.incidents.looks_of(number)
