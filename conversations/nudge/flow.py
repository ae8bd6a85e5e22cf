"""Nudges: asked by the clock, at most two for one thing. Their buttons are valid for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.letters import LetterKind
from bot.domain.phases import Phase, Said, said_of
from bot.domain.reminders import NOTICE, ends_after_writing
from conversations.object.flow import WRITE, route
from conversations.steps import N_, Choice, Flow, Link, Step, question
from conversations.wording import dated, due, merged, title, with_due
from conversations.write.complaints import (
    COMPLAIN,
    ITS_PAGE,
    authority_country,
    authority_with_it,
    filed,
    is_foreign_to,
)
from conversations.write.letters import in_hand

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.cases import Case
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices


def _snooze(days: int) -> Callable[[Scene], Scene]:
    return lambda scene: scene.snoozed(days)


def _stop(scene: Scene) -> Scene:
    return scene.with_case(replace(scene.case, stopped=True)) if scene.case else scene


WEEK = Choice("week", N_("Ask in a week"), "nudge/snoozed", _snooze(7))
MONTH = Choice("month", N_("In a month"), "nudge/snoozed", _snooze(30))
STOP = Choice("stop", N_("Stop asking"), "nudge/stopped", _stop)
CAME = Choice("came", N_("Something came"), "answer/what")


def _other_form(scene: Scene) -> bool:
    """Did the answer come from another form? Then the right one comes first, and no complaint."""
    return scene.case is not None and said_of(scene.case) is Said.OTHER_FORM


def _own_form(scene: Scene) -> bool:
    return not _other_form(scene)


def nothing_came(scene: Scene) -> str:
    """What follows where a letter to Meta stayed without an answer."""
    return "answer/third" if _other_form(scene) else "nudge/complain"


def _may_be_devoid(scene: Scene) -> bool:
    """Is there a rule on closings by which one may object?"""
    law = scene.world.law(authority_country(scene))
    return law is not None and law.rules_on(scene.today) is not None


RIGHT_FORM = Choice("right", N_("Show me the right form"), route, when=_other_form)
OBJECTED = Choice(
    "objected", N_("I have objected"), "write/filed", lambda scene: filed(in_hand(LetterKind.DEVOID_OBJECTION)(scene))
)


def _asked(step: str, *choices: Choice | Link, last: Choice | None = WEEK) -> Step:
    ends = (last, STOP) if last else (STOP,)
    return question(step, *choices, *ends, values=_about_case, lasting=True, columns=2)


def _about_case(scene: Scene) -> dict[str, Value]:
    case = scene.case
    return merged(
        with_due(scene),
        dated(scene),
        {
            "case": title(case) if case else None,
            "written": _written(case),
            "over": _is_over(scene),
            "complaint": due(scene.dates(case).authority) if case else None,
            "other_form": bool(case and said_of(case) is Said.OTHER_FORM),
        },
    )


def _asking(scene: Scene) -> dict[str, Value]:
    """What to ask the authority: by Art. 77(2) and 78(2) GDPR where they hold."""
    law = scene.world.law(authority_country(scene))
    filed_on = scene.case.last(FactKind.COMPLAINED) if scene.case else None
    return merged(
        _about_case(scene),
        {
            "silence": law.articles.get("silence") if law else None,
            "filed": filed_on.day.isoformat() if filed_on else None,
            "whole": is_foreign_to(scene, authority_with_it(scene)),
            "ended": scene.phase(scene.case) is Phase.COMPLAINED_OVER if scene.case else False,
        },
    )


def _ways_to_ask(scene: Scene) -> Choices:
    """A short text only where the authority reads the person's language."""
    asking = in_hand(LetterKind.AUTHORITY_NUDGE)
    foreign = is_foreign_to(scene, authority_with_it(scene))
    return (
        Choice("paper", N_("Whole letter"), "paper/ready", asking),
        *(() if foreign else (Link(N_("Copy the text"), copy="nudge/ask_short"),)),
        Choice("asked", N_("I sent it"), "write/filed", lambda scene: filed(asking(scene))),
        MONTH,
        STOP,
    )


def _is_over(scene: Scene) -> bool:
    """Has Meta's time ended since it was last written to?"""
    case = scene.case
    last = case.last(FactKind.WRITTEN) if case else None
    ends = ends_after_writing(case, last, scene.dates(case)) if case and last else None
    return ends is not None and ends < scene.today


def _written(case: Case | None) -> str | None:
    fact = case.last(FactKind.WRITTEN) if case else None
    return fact.day.isoformat() if fact else None


def _question(scene: Scene) -> str:
    """What the table asks in the phase in which the case stands."""
    if not scene.case:
        return "cases/list"
    nudge = scene.advice(scene.case).nudge
    return f"nudge/{nudge}" if nudge else "back/standing"


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
        _asked(
            "answered",
            RIGHT_FORM,
            replace(WRITE, when=_own_form),
            replace(COMPLAIN, when=_own_form),
            Choice("good", N_("It is settled"), "sent/how"),
        ),
        _asked("written", Choice("nothing", N_("Nothing"), nothing_came), CAME),
        _asked(
            "company",
            Choice("nothing", N_("Nothing"), nothing_came),
            Choice("receipt", N_("Only a receipt"), "nudge/receipt"),
            CAME,
        ),
        _asked("last_call", COMPLAIN, CAME, Choice("good", N_("It is settled"), "sent/how"), last=None),
        _asked(
            "complained",
            Choice("yes", N_("Yes"), "nudge/authority", lambda scene: scene.with_fact(FactKind.AUTHORITY_WROTE)),
            Choice("no", N_("No"), "nudge/ask"),
            Choice("moved", N_("I have moved"), "cases/moved"),
            last=MONTH,
        ),
        _asked("devoid", Choice("object", N_("Object to it"), "write/devoid"), OBJECTED, last=None),
        _asked(
            "erasure",
            Choice("yes", N_("Yes"), "nudge/erased", _stop),
            Choice("no", N_("No"), "nudge/not_erased"),
            last=None,
        ),
        question("erased", Choice("fine", N_("All right"), "back/standing"), values=_about_case),
        question(
            "not_erased",
            Choice("again", N_("Send it once more"), "write/what"),
            ITS_PAGE,
            MONTH,
            STOP,
            values=_about_case,
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
        question("complain", COMPLAIN, WEEK, values=_about_case),
        question("receipt", COMPLAIN, MONTH, values=_about_case),
        question(
            "authority",
            Choice("devoid", N_("It says it is settled"), "write/devoid_when", when=_may_be_devoid),
            Choice("done", N_("Close this case"), "cases/closed", lambda scene: scene.with_fact(FactKind.CLOSED)),
            MONTH,
            values=_about_case,
        ),
        Step("ask", _ways_to_ask, _asking),
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
