"""It does not open: what the person sees decides the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from conversations.object.flow import LATER, OPEN_FORM, SEE_FORM, WRITE, at
from conversations.scene import LookNow
from conversations.steps import N_, Choice, Flow, Link, Step, question
from conversations.wording import APP, about, with_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene
    from conversations.steps import Choices

THROUGH_APP = Choice("app", N_("Go through the app"), "object/app", at(APP))
LOGGED_IN = Choice("logged", N_("I have logged in"), "object/browser", at("browser"))


def _failed(note: str, *, report: bool) -> Callable[[Scene], Scene]:
    def noted(scene: Scene) -> Scene:
        scene = scene.with_fact(FactKind.FAILED, note).doing(LookNow(scene.country))
        return scene.reporting(note) if report else scene

    return noted


def _home_in(days: int) -> Choice:
    label = {3: N_("In 3 days"), 7: N_("In a week"), 14: N_("In 2 weeks")}[days]

    return Choice(f"d{days}", label, "trouble/home", lambda scene: scene.begun().snoozed(days))


def _countries(scene: Scene) -> Choices:
    return (
        Choice("here", N_("Yes, I am there"), "trouble/region", _failed("not_in_country", report=True)),
        Choice("away", N_("No, travelling"), "trouble/away", lambda scene: scene.begun()),
    )


def _snoozed(scene: Scene) -> str:
    case = scene.case
    return case.snoozed_until.isoformat() if case and case.snoozed_until else scene.today.isoformat()


TROUBLE = Flow(
    "trouble",
    (
        question(
            "what",
            Choice("login", N_("A login page"), "trouble/login"),
            Choice("loop", N_("Login, again and again"), "trouble/loop", _failed("login_loop", report=False)),
            Choice("gone", N_("Not available"), "trouble/gone", _failed("not_available", report=True)),
            Choice("country", N_("Not in my country"), "trouble/country"),
            Choice("error", N_("White page, error"), "trouble/error", _failed("error", report=True)),
            Choice("proof", N_("It wants a screenshot"), "trouble/proof"),
            Choice("else", N_("Something else"), "trouble/other", _failed("other", report=False)),
            values=about,
        ),
        question("login", THROUGH_APP, LOGGED_IN, values=about),
        question("loop", THROUGH_APP, WRITE, SEE_FORM, values=about),
        question("gone", THROUGH_APP, WRITE, SEE_FORM, LATER, values=with_seen, keeps=True),
        Step("country", _countries, about),
        question("region", THROUGH_APP, WRITE, LATER, values=with_seen, keeps=True),
        question("away", THROUGH_APP, WRITE, _home_in(3), _home_in(7), _home_in(14), values=with_seen),
        question(
            "home",
            Choice("on", N_("I am back already"), "object/where"),
            Choice("write", N_("Write to Meta"), "write/what"),
            values=lambda scene: {**about(scene), "day": _snoozed(scene)},
            keeps=True,
        ),
        question("error", OPEN_FORM, SEE_FORM, THROUGH_APP, WRITE, LATER, values=with_seen, keeps=True),
        question("proof", Choice("route", N_("Show me the right form"), "object/where"), SEE_FORM, values=about),
        question(
            "other",
            THROUGH_APP,
            WRITE,
            Link(N_("Open the form ↗"), url=OPEN_FORM.url),
            SEE_FORM,
            LATER,
            values=with_seen,
        ),
    ),
)
