"""Nudges: asked by the clock, at most two for one thing. Their buttons are valid for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.reminders import NOTICE
from bot.domain.stages import Stage
from conversations.object.flow import WRITE, route
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import due, merged, title, with_due
from conversations.write.flow import COMPLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.cases import Case
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Link


def _snooze(days: int) -> Callable[[Scene], Scene]:
    return lambda scene: scene.snoozed(days)


def _stop(scene: Scene) -> Scene:
    return scene.with_case(replace(scene.case, stopped=True)) if scene.case else scene


WEEK = Choice("week", N_("Ask in a week"), "nudge/snoozed", _snooze(7))
MONTH = Choice("month", N_("In a month"), "nudge/snoozed", _snooze(30))
STOP = Choice("stop", N_("Stop asking"), "nudge/stopped", _stop)
CAME = Choice("came", N_("Something came"), "answer/what")


def _asked(step: str, *choices: Choice | Link, last: Choice = WEEK) -> Step:
    return question(step, *choices, last, STOP, values=_about_case, lasting=True, columns=2)


def _about_case(scene: Scene) -> dict[str, Value]:
    case = scene.case
    complaint = scene.world.complaint_deadline(case, scene.person.residence) if case else None
    return merged(
        with_due(scene),
        {
            "case": title(case) if case else None,
            "written": _written(case),
            "complaint": due(complaint),
        },
    )


def _written(case: Case | None) -> str | None:
    fact = case.last(FactKind.WRITTEN) if case else None
    return fact.day.isoformat() if fact else None


QUESTIONS = {
    Stage.NOT_SENT: "nudge/not_sent",
    Stage.BLOCKED: "nudge/not_sent",
    Stage.SENT: "nudge/confirmed",
    Stage.OVERDUE: "nudge/month_over",
    Stage.ANSWERED: "nudge/answered",
    Stage.WRITTEN: "nudge/written",
    Stage.COMPLAINED: "nudge/complained",
}


def _question(scene: Scene) -> str:
    return QUESTIONS.get(scene.stage(scene.case), "back/standing") if scene.case else "cases/list"


def _listed(scene: Scene) -> list[Case]:
    """The cases of the message; its buttons are valid for ever, also when the message is forgotten."""
    numbers = scene.answer("nudged").split(",")
    return [case for case in scene.person.cases if str(case.number) in numbers] or list(scene.person.cases)


def _each(scene: Scene) -> Choices:
    return tuple(
        Choice(f"c{case.number}", "{case}", _question, _taking(case.number), names={"case": title(case)})
        for case in _listed(scene)
    )


def _taking(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: scene.on_case(number)


def _cases(scene: Scene) -> dict[str, Value]:
    return {"cases": [title(case) for case in _listed(scene)]}


NUDGE = Flow(
    "nudge",
    (
        _asked(
            "not_sent",
            Choice("on", N_("Go on"), route),
            Choice("sent", N_("I sent it meanwhile"), "sent/when"),
        ),
        _asked(
            "confirmed",
            Choice("yes", N_("Yes"), "sent/how"),
            Choice("no", N_("No"), "nudge/waiting"),
            Choice("else", N_("It says something else"), "answer/what"),
        ),
        _asked(
            "month_over",
            Choice("nothing", N_("Nothing"), "nudge/nothing"),
            Choice("yes", N_("Yes"), "answer/what"),
            Choice("time", N_("It asked for more time"), "answer/told"),
        ),
        _asked("answered", WRITE, COMPLAIN, Choice("good", N_("It is settled"), "sent/how")),
        _asked("written", Choice("nothing", N_("Nothing"), "nudge/complain"), CAME),
        _asked(
            "complained",
            Choice("yes", N_("Yes"), "nudge/authority"),
            Choice("no", N_("No"), "nudge/ask"),
            last=MONTH,
        ),
        Step("several", _each, _cases, lasting=True, of_all=True),
        question(
            "waiting",
            Choice("found", N_("Found it"), "sent/how"),
            Choice("again", N_("Send it again"), route),
            Choice("wait", N_("Wait"), "nudge/snoozed", _snooze(7)),
            values=_about_case,
        ),
        question("nothing", Choice("write", N_("Remind Meta"), "write/what"), COMPLAIN, WEEK, values=_about_case),
        question("complain", COMPLAIN, Choice("write", N_("Remind Meta"), "write/what"), WEEK, values=_about_case),
        question(
            "authority",
            Choice("done", N_("Close this case"), "cases/closed", lambda scene: scene.with_fact(FactKind.CLOSED)),
            MONTH,
            values=_about_case,
        ),
        question("ask", MONTH, STOP, values=_about_case),
        question(
            "snoozed",
            Choice("on", N_("Go on now"), "back/standing"),
            values=lambda scene: {"day": _until(scene)},
        ),
        question("stopped", Choice("on", N_("Ask me again"), "nudge/snoozed", _snooze(7)), values=_about_case),
        question(
            "expiry",
            Choice("keep", N_("Keep"), "nudge/kept", lambda scene: _kept(scene)),
            Choice("export", N_("Export"), "data/export"),
            Choice("delete", N_("Delete now"), "data/delete"),
            values=lambda scene: {"day": _forgotten_on(scene)},
            lasting=True,
            of_all=True,
        ),
        question("kept", values=lambda scene: {"day": _until_kept(scene)}),
    ),
)


def _forgotten_on(scene: Scene) -> str:
    """The day of the latest notice; today if every case that knew it is gone."""
    days = [key.removeprefix(NOTICE) for case in scene.person.cases for key in case.told if key.startswith(NOTICE)]
    return max(days, default=scene.today.isoformat())


def _kept(scene: Scene) -> Scene:
    return scene.with_person(kept_until=scene.today + timedelta(days=365))


def _until_kept(scene: Scene) -> str:
    return (scene.person.kept_until or scene.today).isoformat()


def _until(scene: Scene) -> str:
    until = scene.case.snoozed_until if scene.case else None
    return (until or scene.today).isoformat()
