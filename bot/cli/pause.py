"""`objection-bot pause`: planned times in which nothing is concluded."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import one_line
from bot.cli.naming import country_of, form_of, wrong_use
from bot.cli.opening import clock_of, must_be_there, opened
from bot.domain.hints import Pause
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings

Time = Annotated[str | None, typer.Option(help="Such as 2026-12-24T18:00; UTC if no zone is given.")]


def pause(
    until: Time = None,
    since: Time = None,
    form: Annotated[str | None, typer.Option(help="Only this form, by its id.")] = None,
    country: Annotated[str | None, typer.Option(help="Only for this country, such as DE.")] = None,
    end: Annotated[int | None, typer.Option(help="End the pause of this number now.")] = None,
) -> None:
    """Set a planned pause (from now, or from --since, up to --until), end one, or without options list them.

    While it lasts the bot looks at nothing it covers and concludes nothing; afterwards bad looks are counted anew.
    """
    with one_line():
        settings = load_settings()
        must_be_there(settings)
        if end is not None:
            _refuse(until, since, form, country)
            asyncio.run(_end(settings, end))
        elif until is not None:
            asyncio.run(_add(settings, _planned(settings, until, since, form, country)))
        else:
            _refuse(since, form, country)
            asyncio.run(_list(settings))


def _refuse(*given: str | None) -> None:
    if any(given):
        raise wrong_use("--end stands alone; everything else needs --until.")


def _planned(settings: Settings, until: str, since: str | None, form: str | None, country: str | None) -> Pause:
    from bot.knowledge import load

    now, knowledge = clock_of(settings).now(), load(settings.knowledge_dir)
    begin, finish = now if since is None else _time(since), _time(until)
    if finish <= max(begin, now):
        raise wrong_use(f"The pause would be over: {_said(finish)} is not after {_said(max(begin, now))}.")
    return Pause(
        form=None if form is None else form_of(form, knowledge.forms.values()).id,
        country=None if country is None else country_of(country, knowledge),
        since=begin,
        until=finish,
    )


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise wrong_use(f"“{text}” is no time. Write it such as 2026-12-24T18:00, or 2026-12-24T18:00+01:00.") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


async def _add(settings: Settings, planned: Pause) -> None:
    async with opened(settings) as store:
        number = await store.pauses.add(planned)
    print(f"Pause {number}: {_words(planned)}.")


async def _end(settings: Settings, number: int) -> None:
    async with opened(settings) as store:
        if not await store.pauses.end(number, clock_of(settings).now()):
            raise wrong_use(f"There is no pause {number} to end. `objection-bot pause` lists them.")
    print(f"Pause {number} is over. Bad looks are counted anew.")


async def _list(settings: Settings) -> None:
    async with opened(settings) as store:
        planned = await store.pauses.current(clock_of(settings).now())
    for number, one in planned.items():
        print(f"{number}: {_words(one)}")
    if not planned:
        print("No pause is on or planned. `objection-bot pause --until 2026-12-24T18:00` sets one.")


def _words(one: Pause) -> str:
    what = f"{one.form or 'every form'}, {one.country or 'every country'}"
    return f"{what}, from {_said(one.since)} until {_said(one.until)}"


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
