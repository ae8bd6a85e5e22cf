"""Where it stands and what is next: for who comes back, and for old buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.phases import Gate, NextStep, gate_of, said_of
from bot.domain.stages import Stage
from conversations.object.flow import WRITE, route
from conversations.sent.flow import ANOTHER, ERASURE
from conversations.status.rules import TELL_RULES
from conversations.steps import N_, Choice, Flow, Step
from conversations.wording import dated, due, merged, title, with_due
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
REPLY = Choice("write", N_("Answer Meta"), "write/what")
DELETE = Choice("delete", N_("Delete everything"), "data/delete")
REOPEN = Choice("reopen", N_("Open it again"), "cases/case", lambda scene: scene.with_fact(FactKind.REOPENED))
CAME_BACK = replace(UNDELIVERED, when=by_letter)
AUTHORITY = Choice(
    "authority",
    N_("The authority wrote"),
    "nudge/authority",
    lambda scene: scene.with_fact(FactKind.AUTHORITY_WROTE),
)

NEXT: dict[Stage, tuple[Choice, ...]] = {
    Stage.NOT_SENT: (GO_ON, SENT_IT, WRITE, DELETE),
    Stage.BLOCKED: (GO_ON, WRITE, SENT_IT, DELETE),
    Stage.SENT: (CONFIRMED, ANSWERED, ARRIVED, CAME_BACK, ANOTHER),
    Stage.OVERDUE: (REMIND, ANSWERED, CONFIRMED, COMPLAIN),
    Stage.ANSWERED: (REPLY, COMPLAIN, CONFIRMED, ANSWERED),
    Stage.WRITTEN: (ANSWERED, CONFIRMED, COMPLAIN),
    Stage.COMPLAINED: (AUTHORITY, CONFIRMED, ANSWERED),
    Stage.ACCEPTED: (ANOTHER, Choice("answered", N_("Meta wrote again"), "answer/what"), ERASURE, TELL_RULES, DELETE),
    Stage.CLOSED: (ANOTHER, REOPEN, TELL_RULES, DELETE),
}
"""What is useful next, for every stage; no stage is left out (a test holds that)."""


ADVISED: dict[NextStep, Choice] = {
    NextStep.GO_ON: GO_ON,
    NextStep.RIGHT_FORM: replace(GO_ON, id="right", label=N_("Show me the right form")),
    NextStep.WRITE: WRITE,
    NextStep.GIVE_IDENTITY: Choice("identity", N_("It asks who I am"), "answer/identity"),
    NextStep.REPLY: REPLY,
    NextStep.REMIND: REMIND,
    NextStep.COMPLAIN: COMPLAIN,
    NextStep.OBJECT: Choice("object", N_("Object to it"), "write/devoid"),
    NextStep.ASK_AUTHORITY: Choice("ask", N_("Ask how things stand"), "nudge/ask"),
    NextStep.REOPEN: REOPEN,
}
"""The button of each advice; to wait and to keep need none."""


def _next(scene: Scene) -> Choices:
    """The advised step first, then what else is useful; no complaint about an answer from the wrong form."""
    if not scene.case:
        return (ANOTHER,)
    advised = ADVISED.get(scene.advice(scene.case).next)
    others = (each for each in NEXT[scene.stage(scene.case)] if not advised or each.id != advised.id)
    if gate_of(scene.case, None, scene.today) is Gate.RIGHT_FORM:
        others = (each for each in others if each not in (COMPLAIN, REPLY))
    return (advised, *others) if advised else tuple(others)


def standing_values(scene: Scene) -> dict[str, Value]:
    """The case, its stage and its date."""
    case = scene.case
    if not case:
        return {"greet": False, "case": None, "stage": "none"}
    confirmed = case.last(FactKind.CONFIRMED)
    written = case.last(FactKind.WRITTEN, FactKind.COMPANY_COMPLAINED)
    return merged(
        with_due(scene),
        dated(scene),
        {
            "greet": False,
            "case": title(case),
            "stage": scene.stage(case).value,
            "done": confirmed.day.isoformat() if confirmed else None,
            "written": written.day.isoformat() if written else None,
            "phase": scene.phase(case).value,
            "said": said_of(case).value,
            "complaint": due(scene.dates(case).authority),
            "snoozed": case.snoozed_until.isoformat() if case.snoozed_until else None,
        },
    )


BACK = Flow("back", (Step("standing", _next, standing_values),))
