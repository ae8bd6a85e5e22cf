"""The service closes: what people are told before, when it is called off, and after it closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.stages import OPEN_STAGES
from conversations.data.flow import CALENDAR, EXPORT
from conversations.steps import N_, Choice, Flow, Link, Step
from conversations.wording import title

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene

TOLD, OFF, CLOSED = "closing/told", "closing/off", "closing/closed"
MOST_DATES = 8
"""So many are listed; the calendar file has all."""
DELETE_NOW = Choice("delete", N_("Delete now"), "data/delete")
NEXT = Choice("cases", N_("What is next?"), "cases/list")


def day_of(scene: Scene) -> str | None:
    """The day on which the service closes, was to close, or closed."""
    closing = scene.world.closing()
    return closing.day.isoformat() if closing else None


def open_dates(scene: Scene) -> list[Value]:
    """The dates to come of the cases that are still open, the next one first."""
    cases = [case for case in scene.person.cases if scene.stage(case) in OPEN_STAGES]
    found = [(due, case) for case in cases for due in scene.dates(case).all() if due.day >= scene.today]
    found.sort(key=lambda each: each[0].day)
    return [{"case": title(case), "day": due.day.isoformat(), "basis": due.basis.value} for due, case in found]


def _told(scene: Scene) -> dict[str, Value]:
    dates = open_dates(scene)
    return {"day": day_of(scene), "dates": dates[:MOST_DATES], "more": len(dates) > MOST_DATES}


def _off(scene: Scene) -> dict[str, Value]:
    """The day that was told, which may be one before the present one."""
    return {"day": scene.person.closes.isoformat() if scene.person.closes else day_of(scene)}


def _closed(scene: Scene) -> dict[str, Value]:
    facts = scene.world.facts()
    return {"day": day_of(scene), "name": facts.get("operator_name"), "contact": facts.get("operator_contact")}


def _meta(scene: Scene) -> str | None:
    value = scene.world.facts().get("meta_contact")
    return str(value) if value else None


CLOSING = Flow(
    "closing",
    (
        Step("told", (EXPORT, CALENDAR, DELETE_NOW), _told, lasting=True, of_all=True, keeps=True),
        Step("off", (NEXT,), _off, lasting=True, of_all=True, keeps=True),
        Step("closed", (Link(N_("Meta's privacy page ↗"), url=_meta),), _closed, keeps=True, way_back=False),
    ),
)
