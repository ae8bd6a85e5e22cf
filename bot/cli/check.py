"""`objection-bot check`: look at the forms now, from here."""

from __future__ import annotations

import asyncio
import json
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer
from babel import Locale
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.cli.check_report import BLIND, Exit, Row, document, exit_of, print_table
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
    from collections.abc import Callable, Iterable, Sequence
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
    explain: Annotated[bool, typer.Option("--explain", help="Print the steps of each judgement.")] = False,
) -> None:
    try:
        settings = load_settings()
        knowledge = load(settings.knowledge_dir)
        rules = load_looks(knowledge.domains, settings.knowledge_dir)
        code = None if country is None else _country(country, knowledge)
        rows = _look(settings, rules, _forms(knowledge, code, form), code or "")
    except ObjectionBotError as error:
        raise _wrong_use(str(error)) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    _print(rows, code, as_json=as_json, explain=explain)
    raise typer.Exit(exit_of(rows))


check.__doc__ = HELP


def _country(text: str, knowledge: Knowledge) -> str:
    """The code of a country we know; else one line with near names."""
    names = {code: Locale("en").territories.get(code, code) for code in knowledge.countries}
    if (code := text.strip().upper()) in names:
        return code
    by_name = {name.casefold(): known for known, name in names.items()}
    near = [by_name[name] for name in get_close_matches(text.strip().casefold(), by_name)]
    near += [known for known in get_close_matches(code, names, cutoff=0.5) if known not in near]
    raise _wrong_use(f"No country “{text}” in the data.", (f"{one} ({names[one]})" for one in near))


def _forms(knowledge: Knowledge, country: str | None, wanted: str | None) -> tuple[Form, ...]:
    """The forms to look at: the one asked for, or all in use today that serve the country."""
    known = {form.id: form for form in knowledge.forms.values() if form.purpose in LOOKED_AT}
    if wanted is None:
        today = SystemClock().now().date()
        in_use = tuple(form for form in known.values() if _in_use(form, country, today))
        if in_use:
            return in_use
        raise _wrong_use(f"No form in the data serves {country or 'anybody'} today.")
    if wanted in known:
        return (known[wanted],)
    raise _wrong_use(f"No form “{wanted}” in the data.", get_close_matches(wanted, known) or sorted(known))


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


def _wrong_use(line: str, near: Iterable[str] = ()) -> typer.Exit:
    """One line on stderr, with near names, no traceback."""
    names = ", ".join(near)
    print(f"{line} Did you mean {names}?" if names else line, file=sys.stderr)
    return typer.Exit(Exit.USAGE)
