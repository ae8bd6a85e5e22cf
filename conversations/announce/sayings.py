"""A step of an announcement as a message. Who may be told what, and when, is decided in bot.domain.announcing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.announcing import Step
from bot.domain.deliveries import Lane, Saying
from conversations.steps import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.domain.announcing import Line
    from bot.domain.deliveries import Value
    from bot.domain.forms import Service
    from bot.domain.groups import Group

SCREENS = {
    Step.ALARM: "announce/alarm",
    Step.EDIT: "announce/alarm",
    Step.OVER: "announce/over",
    Step.CORRECT: "announce/corrected",
}
NOW = "group.now:{service}::1"
"""The button's data of [And now?], which only reads and answers whoever presses it."""


def saying(  # noqa: PLR0913  # a message of six things
    step: Step, lines: Iterable[Line], group: Group, *, service: Service, bot: str, now: datetime
) -> Saying:
    """What is posted. `bot` is the bot's user name for the link into the private chat, empty if not known yet."""
    those = tuple(lines)
    lasting = any(line.is_open for line in those)
    values: dict[str, Value] = {
        "service": service.value,
        "lines": [line_values(line) for line in those],
        "lasting": lasting,
        "at": now.isoformat(),
    }
    is_alarm = SCREENS[step] == SCREENS[Step.ALARM]
    buttons = _buttons(service, those[0].country, bot) if is_alarm and lasting else ()
    return Saying(SCREENS[step], lane=Lane.NOTICE, values=values, buttons=buttons, silent=group.silent)


def line_values(line: Line) -> dict[str, Value]:
    """A line as values carry it."""
    return {
        "country": line.country,
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else None,
        "correction": line.correction.value if line.correction else None,
        "cause": line.cause.value,
        "looks": line.looks,
        "networks": line.networks,
        "people": line.people,
    }


def _buttons(service: Service, country: str, bot: str) -> tuple[tuple[Mapping[str, Value], ...], ...]:
    now: dict[str, Value] = {"label": N_("And now?"), "names": {}, "data": NOW.format(service=service.value)}
    if not bot:
        return ((now,),)
    url = f"https://t.me/{bot}?start={country.lower()}_{service.value}"
    link: dict[str, Value] = {"label": N_("What can I do?"), "names": {}, "url": url, "copy": None}
    return ((link, now),)
