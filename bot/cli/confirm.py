"""`objection-bot confirm`: an operator opened a form, logged in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import one_line
from bot.cli.naming import country_of, form_of
from bot.cli.opening import clock_of, must_be_there, opened
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def confirm(
    form: Annotated[str, typer.Argument(help="The form, by its id.")],
    country: Annotated[str, typer.Argument(help="Where your account is registered, such as DE.")],
    *,
    broken: Annotated[bool, typer.Option("--broken", help="It does not open for you, logged in.")] = False,
) -> None:
    """Note that you opened a form just now, logged in, or that it did not open.

    "It opens" makes the bot count bad looks anew. "It does not" makes an outage sure that only one network sees.
    Neither makes or ends one by itself.
    """
    with one_line():
        from bot.knowledge import load

        settings = load_settings()
        must_be_there(settings)
        knowledge = load(settings.knowledge_dir)
        known, code = form_of(form, knowledge.forms.values()), country_of(country, knowledge)
        asyncio.run(_note(settings, known.id, code, opens=not broken))
    said = "did not open" if broken else "opened"
    print(f"Noted: {known.id} {said} for an account of {code}, logged in, just now. It speaks for 24 hours.")


async def _note(settings: Settings, form: str, country: str, *, opens: bool) -> None:
    async with opened(settings) as store:
        await store.confirmations.add(form, country, clock_of(settings).now(), opened=opens)
