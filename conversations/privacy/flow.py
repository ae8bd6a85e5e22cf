"""/privacy: Art. 13 GDPR in plain words. It always answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.steps import N_, Choice, Flow, Link, question

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene


def _url(scene: Scene) -> str | None:
    value = scene.world.facts().get("privacy_url")
    return str(value) if value else None


def _operator(scene: Scene) -> dict[str, Value]:
    facts = scene.world.facts()
    return {"name": facts.get("operator_name"), "contact": facts.get("operator_contact")}


PAGES = (
    Choice("kept", N_("What is kept"), "privacy/kept"),
    Choice("rights", N_("Your rights"), "privacy/rights"),
    Choice("telegram", N_("What Telegram sees"), "privacy/telegram"),
)
OWN = (
    Choice("mine", N_("Show my data"), "data/mine"),
    Choice("export", N_("Export"), "data/export"),
    Choice("delete", N_("Delete everything"), "data/delete"),
)

PRIVACY = Flow(
    "privacy",
    (
        question("who", *PAGES, Link(N_("Full text ↗"), url=_url), *OWN, values=_operator, columns=2),
        question("kept", *PAGES[1:], *OWN, columns=2),
        question("rights", PAGES[0], PAGES[2], *OWN, values=_operator, columns=2),
        question("telegram", *PAGES[:2], *OWN, columns=2),
    ),
)
