"""What `doctor` says of who decides what groups are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.finding import ok, warn
from bot.domain.announcing import Announce

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.cli.finding import Finding
    from bot.settings import Settings

WAYS = {Announce.AUTO: "groups are told at once", Announce.ASK: "ask first", Announce.OFF: "groups are told nothing"}
PAIR = 2


def deciding(settings: Settings) -> Iterator[Finding]:
    """Are there as many operators as it takes to decide?"""
    operators, second = len(set(settings.operator_ids)), settings.announce_second
    if second and operators < PAIR:
        yield warn(
            f"ANNOUNCE_SECOND asks for two, OPERATOR_IDS names {operators}: "
            "no second yes can come. Add somebody's number."
        )
    elif settings.announce is Announce.ASK and not operators:
        yield warn("ANNOUNCE=ask, OPERATOR_IDS empty: nobody is asked, so groups are told nothing. Add your number.")
    else:
        yield ok(f"announcements: {WAYS[settings.announce]}{', second person needed' if second else ''}")
