"""A pasted address: judged by whose it is, in words; never opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.object.flow import SEE_FORM, route
from conversations.steps import Choice, Flow, N_, question
from conversations.wording import about

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene


def _way(scene: Scene) -> str:
    return route(scene) if scene.country else "start/hello"


def _known(scene: Scene) -> dict[str, Value]:
    link = scene.heard.link if scene.heard else None
    return {**about(scene), "domain": link.domain if link else "", "form": link.form if link else None}


SAFE_WAY = Choice("way", N_("The safe way"), _way)
HAS_PLACE = SEE_FORM.id, SEE_FORM.label

LINK = Flow(
    "link",
    (
        question(
            "meta",
            Choice(*HAS_PLACE, to="object/form", do=SEE_FORM.do, when=lambda scene: bool(scene.country)),
            Choice("dead", N_("It does not open"), "trouble/what", when=lambda scene: bool(scene.country)),
            SAFE_WAY,
            values=_known,
        ),
        question("redirect", SAFE_WAY, values=_known),
        question("foreign", SAFE_WAY, values=_known),
        question("unreadable", SAFE_WAY, values=_known),
    ),
)
