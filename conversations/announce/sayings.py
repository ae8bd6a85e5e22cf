"""What groups are told, as messages. Who may be told what, and when, is decided in bot.domain.announcing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.announcing import Step
from bot.domain.bulletins import BulletinKind
from bot.domain.deliveries import Lane, Saying
from bot.domain.forms import Service
from conversations.steps import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from bot.domain.announcing import Line
    from bot.domain.bulletins import Bulletin
    from bot.domain.deliveries import Value
    from bot.domain.groups import Group

    Rows = tuple[tuple[Mapping[str, Value], ...], ...]

SCREENS = {
    Step.ALARM: "announce/alarm",
    Step.EDIT: "announce/alarm",
    Step.OVER: "announce/over",
    Step.CORRECT: "announce/corrected",
}
MENDED = "announce/mended"
CORRECTING = {Step.MEND: MENDED, Step.AMEND: "announce/amended"}
NOW = "group.now:{service}::1"
"""The button's data of [And now?], which only reads and answers whoever presses it."""
WHAT_CAN_I_DO = N_("What can I do?")


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


def bulletin_saying(
    bulletin: Bulletin, group: Group, *, bot: str, step: Step = Step.BULLETIN, on: date | None = None
) -> Saying:
    """What a group reads of a bulletin; one that corrects what it read says so, and `on` which day of the group's."""
    if on and step in CORRECTING:
        values = correction_values(bulletin, group.language, on)
        screen = CORRECTING[step]
    else:
        values, screen = bulletin_values(bulletin, group.language), screen_of(bulletin)
    return Saying(screen, lane=Lane.NOTICE, values=values, buttons=_door(bulletin, group, bot), silent=group.silent)


def _door(bulletin: Bulletin, group: Group, bot: str) -> Rows:
    leads = bulletin.kind is BulletinKind.FORM or bulletin.act
    return _help(bulletin, group, bot) if bot and leads and group.countries else ()


def screen_of(bulletin: Bulletin) -> str:
    """The text it is told by."""
    return f"announce/{bulletin.kind.value}"


def bulletin_values(bulletin: Bulletin, language: str) -> dict[str, Value]:
    """What the text needs, for groups of that language."""
    return {
        "service": bulletin.service.value if bulletin.service else "",
        "since": bulletin.since.isoformat() if bulletin.since else None,
        "until": bulletin.until.isoformat(),
        "day": bulletin.day.isoformat() if bulletin.day else None,
        "act": bulletin.act,
        "words": bulletin.words.get(bulletin.language_for(language), ""),
    }


def correction_values(bulletin: Bulletin, language: str, on: date) -> dict[str, Value]:
    """What the text needs where it stands in the place of another one."""
    values = bulletin_values(bulletin, bulletin.corrected_language(language))
    return {**values, "kind": bulletin.kind.value, "on": on.isoformat()}


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


def _help(bulletin: Bulletin, group: Group, bot: str) -> Rows:
    """The way into the private chat; of what concerns some countries, for one of them."""
    country = min(group.wants.intersection(bulletin.countries) or group.wants or group.countries)
    service = f"_{bulletin.service.value}" if bulletin.service and bulletin.service is not Service.NONE else ""
    url = f"https://t.me/{bot}?start={country.lower()}{service}"
    return (({"label": WHAT_CAN_I_DO, "names": {}, "url": url, "copy": None},),)


def _buttons(service: Service, country: str, bot: str) -> Rows:
    now: dict[str, Value] = {"label": N_("And now?"), "names": {}, "data": NOW.format(service=service.value)}
    if not bot:
        return ((now,),)
    url = f"https://t.me/{bot}?start={country.lower()}_{service.value}"
    link: dict[str, Value] = {"label": WHAT_CAN_I_DO, "names": {}, "url": url, "copy": None}
    return ((link, now),)
