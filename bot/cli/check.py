"""`objection-bot check`: look at the forms now, from here."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.cli.check_report import BLIND, Exit, Row, document, exit_of, print_table
from bot.cli.concluded import concluded, print_conclusions
from bot.cli.naming import country_of, form_of, wrong_use
from bot.clock import SystemClock
from bot.domain.errors import ObjectionBotError
from bot.domain.forms import Purpose
from bot.knowledge import Knowledge, load
from bot.knowledge.looks import load_looks
from bot.settings import Settings, load_settings
from bot.vantages.direct import DirectVantage
from bot.vantages.fetching import open_client
from bot.vantages.sandbox import SandboxTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import httpx

    from bot.domain.forms import Form
    from bot.domain.looks import LookRules

WIDE = 160
"""Columns of a table that goes into a file or a pipe."""
INTERRUPTED = 130
LOOKED_AT = frozenset({Purpose.OWN_DATA, Purpose.THIRD_PARTY})

HELP = """Look at Meta's objection forms now, from here, and say what was seen.

A look without an account can't tell whether a form opens for you; it tells whether the page is there.

\b
Exit codes:
  0  every form that could be judged is good
  1  at least one form is bad
  2  wrong use: unknown country or form, broken setting
  3  nothing could be judged
  4  our own side is blind: no control page answered
\b
--json (version 1): version, country, result, exit_code and forms, each with form, service, purpose, url,
  vantage, at, value (ok, bad, no_data), verdict, reason, words, status_code, seconds, explanation."""


def check(
    country: Annotated[
        str | None, typer.Option(help="Only the forms that serve accounts of this country, such as DE.")
    ] = None,
    form: Annotated[str | None, typer.Option(help="Only this form, by its id.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the steps of each judgement, and what the bot concluded so far.")
    ] = False,
) -> None:
    try:
        settings = load_settings()
        knowledge = load(settings.knowledge_dir)
        rules = load_looks(knowledge.domains, settings.knowledge_dir)
        code = None if country is None else country_of(country, knowledge)
        rows = _look(settings, rules, _forms(knowledge, code, form), code or "")
    except ObjectionBotError as error:
        raise wrong_use(str(error)) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    _print(rows, code, as_json=as_json, explain=explain)
    if explain and not as_json:
        _print_conclusions(settings, rows, code)
    raise typer.Exit(exit_of(rows))


check.__doc__ = HELP


def _forms(knowledge: Knowledge, country: str | None, wanted: str | None) -> tuple[Form, ...]:
    """The forms to look at: the one asked for, or all in use today that serve the country."""
    known = [form for form in knowledge.forms.values() if form.purpose in LOOKED_AT]
    if wanted is not None:
        return (form_of(wanted, known),)
    today = SystemClock().now().date()
    if in_use := tuple(form for form in known if _in_use(form, country, today)):
        return in_use
    raise wrong_use(f"No form in the data serves {country or 'anybody'} today.")


def _in_use(form: Form, country: str | None, today: date) -> bool:
    """Tell whether the form is in use today, and for the country if there is one."""
    somewhere = country or next(iter(form.countries), "")
    return form.serves(somewhere, today)


def _look(settings: Settings, rules: LookRules, forms: Sequence[Form], country: str) -> list[Row]:
    """Look at all forms, with a line of progress on stderr if that is a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Looking at the forms", total=len(forms))
        return asyncio.run(_look_at_all(settings, rules, forms, country, lambda: progress.advance(task)))


async def _look_at_all(
    settings: Settings, rules: LookRules, forms: Sequence[Form], country: str, seen: Callable[[], None]
) -> list[Row]:
    sandbox = settings.sandbox_url is not None
    async with open_client(settings.operator_contact, _transport(settings, rules)) as client:
        vantage = DirectVantage(client, rules, SystemClock(), by_country=sandbox)

        async def look(form: Form) -> Row:
            row = Row(form, await vantage.look(form, country))
            seen()
            return row

        return list(await asyncio.gather(*(look(form) for form in forms)))


def _transport(settings: Settings, rules: LookRules) -> httpx.AsyncBaseTransport | None:
    return SandboxTransport(settings.sandbox_url, rules) if settings.sandbox_url else None


def _print(rows: Sequence[Row], country: str | None, *, as_json: bool, explain: bool) -> None:
    if as_json:
        print(json.dumps(document(rows, country), ensure_ascii=False, indent=2))
        if exit_of(rows) is Exit.BLIND:
            print(BLIND, file=sys.stderr)
        return
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    print_table(console, rows, f"as seen for {country}" if country else "all in use now", explain=explain)


def _print_conclusions(settings: Settings, rows: Sequence[Row], country: str | None) -> None:
    """What follows from the looks that the running bot kept; one look by itself makes no outage."""
    try:
        found = asyncio.run(concluded(settings, [row.form.id for row in rows], country))
    except ObjectionBotError as error:
        print(f"What the bot concluded can't be read: {error}", file=sys.stderr)
        return
    print_conclusions(found)
