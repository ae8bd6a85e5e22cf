"""Help with the reason: ticks that travel in the buttons and are kept nowhere (DESIGN promise 5)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.steps import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene

REASONS = (
    "children",
    "health",
    "never",
    "work",
    "art",
    "past",
)
"""What can be true, each a bit of the ticks in this order. None ticked: simply no."""
ENGLISH = "en"
_TICKS = re.compile(r"t(\d{1,2})")


def reasons_for(scene: Scene) -> tuple[Choice, ...]:
    """A button for each reason; pressing it turns its tick round."""
    return tuple(_button(scene.ticked, bit) for bit in range(len(REASONS)))


def _button(ticks: int, bit: int) -> Choice:
    after = ticks ^ (1 << bit)
    label = "✓ {reason}" if ticks >> bit & 1 else "{reason}"
    return Choice(f"t{after}", label, "object/sentence", _ticking(after), names={"reason": REASONS[bit]})


def _ticking(ticks: int) -> Callable[[Scene], Scene]:
    return lambda scene: replace(scene, ticked=ticks)


def toggled(_scene: Scene, choice_id: str) -> Choice | None:
    """The button of these ticks; None for what is none of ours."""
    match = _TICKS.fullmatch(choice_id)
    ticks = int(match.group(1)) if match else -1
    if not 0 <= ticks < 1 << len(REASONS):
        return None
    return Choice(choice_id, "", "object/sentence", _ticking(ticks))


def ticked(scene: Scene) -> dict[str, Value]:
    """The reasons that are ticked, by their keys, and the languages to write them in."""
    reasons: list[Value] = [key for bit, key in enumerate(REASONS) if scene.ticked >> bit & 1]
    return {"reasons": reasons, "own": scene.person.language, "form": form_language(scene)}


def form_language(scene: Scene) -> str | None:
    """The language beside the person's own in which the form may speak to them; None where theirs will do.

    Meta shows a form in the account's language, which we do not know. The likeliest other one is the most used official
    language of the account's country in which we have the sentences; else English.
    """
    country, own = scene.world.country(scene.country), scene.person.language
    official = country.languages if country else ()
    if own in official:
        return None
    have = scene.world.facts().get("grounds")
    known = have if isinstance(have, list) else []
    found = next((language for language in official if language in known), ENGLISH)
    return None if found == own else found
