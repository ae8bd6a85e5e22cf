"""A pasted address: judged by whose it is, in words; never opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.object.flow import SEE_FORM, route
from conversations.steps import N_, Choice, Flow, question
from conversations.wording import about

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene


def _way(scene: Scene) -> str:
    return route(scene) if scene.country else "start/hello"


def _known(scene: Scene) -> dict[str, Value]:
    return {**about(scene), "domain": scene.answer("domain"), "form": scene.answer("form")}


SAFE_WAY = Choice("way", N_("The safe way"), _way)

LINK = Flow(
    "link",
    (
        question(
            "meta",
            replace(SEE_FORM, when=lambda scene: bool(scene.country)),
            Choice("dead", N_("It does not open"), "trouble/what", when=lambda scene: bool(scene.country)),
            SAFE_WAY,
            values=_known,
        ),
        question("redirect", SAFE_WAY, values=_known),
        question("foreign", SAFE_WAY, values=_known),
        question("unreadable", SAFE_WAY, values=_known),
    ),
)
