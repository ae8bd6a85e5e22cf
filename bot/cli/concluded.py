"""What the running bot concluded of forms, read from its database: the second half of `check --explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.opening import file_of, opened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.domain.statuses import Status
    from bot.settings import Settings


async def concluded(settings: Settings, forms: Collection[str], country: str | None) -> list[Status] | None:
    """The conclusions of these forms in one country, or in all that were looked at; None without a database."""
    from bot.clock import SystemClock
    from bot.use_cases.board import Board
    from bot.use_cases.concluding import Concluder

    file = file_of(settings)
    if file is not None and not file.exists():
        return None
    async with opened(settings) as store:
        clock = SystemClock()
        board = Board(store, clock)
        concluder = Concluder(board, store, clock)
        seen = {(look.form, look.country) for look in await store.looks.latest()}
        for form, seen_for in sorted(seen):
            if form in forms and country in {None, seen_for}:
                await concluder.conclude(form, seen_for, keep=False)
        return board.statuses()


def print_conclusions(found: Sequence[Status] | None) -> None:
    """A paragraph each, with its steps."""
    from bot.rendering.messages import renderer

    if not found:
        why = "it has no database yet" if found is None else "it has not looked at these forms yet"
        print(f"The bot concluded nothing: {why}.")
        return
    for status in found:
        print(f"\n{status.form} · {status.country} · what the bot concludes from its looks (UTC)")
        for number, line in enumerate(renderer("en").reasoned(status.explanation, "UTC"), 1):
            print(f"  {number}. {line}")
