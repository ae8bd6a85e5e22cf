"""Where it stands and what is next: for who comes back, and for old buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.stages import Stage
from conversations.object.flow import WRITE, route
from conversations.sent.flow import ANOTHER
from conversations.steps import N_, Choice, Flow, Step
from conversations.wording import due, merged, title, with_due
from conversations.write.flow import ARRIVED, COMPLAIN, UNDELIVERED, by_letter

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices

GO_ON = Choice("on", N_("Go on"), route)
SENT_IT = Choice("sent", N_("I sent it meanwhile"), "sent/when")
CONFIRMED = Choice("confirmed", N_("Meta confirmed it"), "sent/how")
ANSWERED = Choice("answered", N_("Meta answered"), "answer/what")
REMIND = Choice("write", N_("Remind Meta"), "write/what")
DELETE = Choice("delete", N_("Delete everything"), "data/delete")
REOPEN = Choice("reopen", N_("Open it again"), "cases/case", lambda scene: scene.with_fact(FactKind.OPENED))
CAME_BACK = replace(UNDELIVERED, when=by_letter)
AUTHORITY = Choice("authority", N_("The authority wrote"), "nudge/authority")

NEXT: dict[Stage, tuple[Choice, ...]] = {
    Stage.NOT_SENT: (GO_ON, SENT_IT, WRITE, DELETE),
    Stage.BLOCKED: (GO_ON, WRITE, SENT_IT, DELETE),
    Stage.SENT: (CONFIRMED, ANSWERED, ARRIVED, CAME_BACK, ANOTHER),
    Stage.OVERDUE: (REMIND, ANSWERED, CONFIRMED, COMPLAIN),
    Stage.ANSWERED: (Choice("write", N_("Answer Meta"), "write/what"), COMPLAIN, CONFIRMED, ANSWERED),
    Stage.WRITTEN: (ANSWERED, CONFIRMED, COMPLAIN),
    Stage.COMPLAINED: (AUTHORITY, CONFIRMED, ANSWERED),
    Stage.ACCEPTED: (ANOTHER, Choice("answered", N_("Meta wrote again"), "answer/what"), DELETE),
    Stage.CLOSED: (ANOTHER, REOPEN, DELETE),
}
"""What is useful next, for every stage; no stage is left out (a test holds that)."""


def _next(scene: Scene) -> Choices:
    return NEXT[scene.stage(scene.case)] if scene.case else (ANOTHER,)


def standing_values(scene: Scene) -> dict[str, Value]:
    """The case, its stage and its date."""
    case = scene.case
    if not case:
        return {"greet": False, "case": None, "stage": "none"}
    confirmed = case.last(FactKind.CONFIRMED)
    written = case.last(FactKind.WRITTEN)
    return merged(
        with_due(scene),
        {
            "greet": False,
            "case": title(case),
            "stage": scene.stage(case).value,
            "done": confirmed.day.isoformat() if confirmed else None,
            "written": written.day.isoformat() if written else None,
            "complaint": due(scene.world.complaint_deadline(case, scene.person.residence)),
            "snoozed": case.snoozed_until.isoformat() if case.snoozed_until else None,
        },
    )


BACK = Flow("back", (Step("standing", _next, standing_values),))
