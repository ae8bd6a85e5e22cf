"""A group as it begins: the settings that disturb least, guessed from who chose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.groups import Group

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.people import Person
    from conversations.world import World


def new_group(  # noqa: PLR0913  # who, where, when
    chat_id: int,
    world: World,
    today: date,
    *,
    by: Person | None,
    language: str,
    likely: tuple[str, ...],
    is_forum: bool,
) -> Group:
    """Silent, held back at night, for the admin's own country, in their language; nothing is posted yet.

    `likely` are the countries where that language is at home, the likeliest first.
    """
    language = by.language if by else language
    countries = _own(world, by) or likely[:1]
    home = world.country(countries[0]) if countries else None
    return Group(
        chat_id,
        language,
        by.zone if by else (home.zone if home else "UTC"),
        since=today,
        countries=countries,
        is_forum=is_forum,
        set_up_by=by.chat_id if by else 0,
    )


def _own(world: World, by: Person | None) -> tuple[str, ...]:
    """The countries of the admin's own cases."""
    return tuple(dict.fromkeys(case.country for case in by.cases if world.country(case.country))) if by else ()
