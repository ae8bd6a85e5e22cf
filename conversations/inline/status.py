"""The present status of a country's forms, as it is put into any chat (inline mode). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.deliveries import Kind
from bot.domain.forms import Service
from conversations.steps import N_
from conversations.wording import seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.deliveries import Value
    from conversations.scene import Scene

SCREEN = "inline/status"
OWN = (Service.FACEBOOK, Service.INSTAGRAM)
AT_MOST = 10
"""Results of one question."""


def countries_of(scene: Scene, found: Sequence[str]) -> tuple[str, ...]:
    """Those that were typed, else those likeliest meant; only countries with a form."""
    wanted = found or scene.suggested
    served = (each for each in dict.fromkeys(wanted) if any(scene.world.form(service, each) for service in OWN))
    return tuple(served)[:AT_MOST]


def status_of(scene: Scene, country: str, zone: str) -> dict[str, Value]:
    """What is put into the chat, with the button that leads into the private chat."""
    there = scene.with_answer("country", country)
    forms: list[Value] = [
        seen(there.with_answer("service", service.value)) for service in OWN if scene.world.form(service, country)
    ]
    values: dict[str, Value] = {"forms": forms, "at": scene.now.isoformat(), "zone": zone}
    bot = scene.world.facts().get("bot")
    url = f"https://t.me/{bot}?start={country.lower()}"
    link: dict[str, Value] = {"label": N_("What can I do?"), "names": {}, "url": url, "copy": None}
    rows: list[Value] = [[link]] if bot else []
    return {"kind": Kind.SCREEN.value, "screen": SCREEN, "values": values, "buttons": rows, "aside": ""}
