"""The wish to be told when Meta changes its page about information for AI; and what is told then.

It is of no form and no country: whoever has it tells nothing of themselves but that they wish to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.wishes import WishKind
from conversations.effects import Wish
from conversations.steps import N_, Choice, question

if TYPE_CHECKING:
    from conversations.scene import Scene

RULES = Wish("", "", WishKind.RULES)
NOTED, TAKEN_BACK = "status/rules", "status/rules_off"


def waits(scene: Scene) -> bool:
    """Does the person wait for that?"""
    return RULES in scene.wishes


def _wishes(scene: Scene) -> Scene:
    return scene.wishing(RULES)


def without(scene: Scene) -> Scene:
    """The scene after that wish was taken back."""
    return scene.without_wish(RULES)


TELL_RULES = Choice("rules", N_("Tell me if Meta's rules change"), NOTED, _wishes, when=lambda scene: not waits(scene))
NO_RULES = Choice("rules", N_("No word of Meta's rules"), "status/wishes", without, when=waits)
NEXT = Choice("next", N_("What is next?"), "cases/list")
AGAIN = Choice("again", N_("Tell me next time too"), NOTED, _wishes)
STEPS = (
    question(
        "rules",
        Choice("back", N_("Don't tell me"), TAKEN_BACK, without, when=waits),
        NEXT,
        values=lambda scene: {"waits": waits(scene)},
        keeps=True,
    ),
    question("rules_off", Choice("again", N_("Tell me after all"), NOTED, _wishes), NEXT),
    question("page_nobody", AGAIN, NEXT, lasting=True, of_all=True, keeps=True),
    question("page_people", NEXT, AGAIN, lasting=True, of_all=True, keeps=True),
)
