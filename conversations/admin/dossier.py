"""The report of an outage as a file. The delivery names only what it is about; the file is made when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.admin.doors import ALL, DESK, DOSSIER, OPEN, OUTAGE
from conversations.admin.naming import ANNOUNCEMENT, INCIDENT, incidents_of, number_of
from conversations.steps import Step

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choice, Choices


def _after(scene: Scene) -> Choices:
    what = scene.answer("about")
    if number_of(what, INCIDENT):
        return (OUTAGE(what), DESK)
    return (OPEN(what) if number_of(what, ANNOUNCEMENT) else ALL, DESK)


def _values(scene: Scene) -> dict[str, Value]:
    """The outages in it, by their numbers; no file where none is known any more."""
    found: list[Value] = [each.id for each in incidents_of(scene)]
    return {"file": "dossier" if found else None, "incidents": found}


STEP = Step("report", _after, _values, lasting=True, of_all=True, keeps=True, finds=lambda _scene, id_: finds(id_))


def finds(choice_id: str) -> Choice | None:
    """The buttons of a report, and the one that asks for it."""
    verb, _, what = choice_id.partition(".")
    named = number_of(what, ANNOUNCEMENT) or number_of(what, INCIDENT)
    if named and verb in VERBS:
        return VERBS[verb](what)
    return next((each for each in (ALL, DESK) if each.id == choice_id), None)


VERBS = {"report": DOSSIER, "open": OPEN, "outage": OUTAGE}
