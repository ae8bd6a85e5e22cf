"""It does not open: what the person sees decides the fix."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from conversations.effects import LookNow
from conversations.object.flow import LATER, OPEN_FORM, SEE_FORM, WRITE, at
from conversations.status.wishes import TELL_AGAIN, over
from conversations.steps import N_, Choice, Flow, Link, question
from conversations.wording import APP, about, with_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Move

THROUGH_APP = Choice("app", N_("Go through the app"), "object/app", at(APP))
LOGGED_IN = Choice("logged", N_("I have logged in"), "object/browser", at("browser"))


def _failed(note: str, *, report: bool) -> Callable[[Scene], Scene]:
    def noted(scene: Scene) -> Scene:
        scene = scene.with_fact(FactKind.FAILED, note).doing(LookNow(scene.country))
        return scene.reporting(note) if report else scene

    return noted


HOME_IN = {3: N_("In 3 days"), 7: N_("In a week"), 14: N_("In 2 weeks")}
LONGEST_JOURNEY = timedelta(days=366)


def _home_in(days: int) -> Choice:
    return Choice(f"d{days}", HOME_IN[days], "trouble/home", lambda scene: scene.begun().snoozed(days))


def _home_on(scene: Scene) -> Move | None:
    """A typed day of the return."""
    day = scene.told_day(ahead=True)
    if day is None or not scene.today < day <= scene.today + LONGEST_JOURNEY:
        return None
    return scene.begun().snoozed((day - scene.today).days), "trouble/home"


HERE_OR_AWAY = (
    Choice("here", N_("Yes, I am there"), "trouble/region", _failed("not_in_country", report=True)),
    Choice("away", N_("No, travelling"), "trouble/away", lambda scene: scene.begun()),
)
"""A report from abroad would say nothing of the form: there is none, and the place is not kept."""


def _countries(scene: Scene) -> dict[str, Value]:
    """The account's country, and the one where the person lives if that is another."""
    lives_in = scene.person.residence
    return {**about(scene), "residence": lives_in if lives_in != scene.country else None}


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
        question("gone", TELL_AGAIN, THROUGH_APP, WRITE, SEE_FORM, LATER, values=with_seen, keeps=True, finds=over),
        question("country", *HERE_OR_AWAY, values=_countries),
        question("region", TELL_AGAIN, THROUGH_APP, WRITE, LATER, values=with_seen, keeps=True, finds=over),
        question(
            "away",
            THROUGH_APP,
            WRITE,
            *(_home_in(days) for days in HOME_IN),
            values=with_seen,
            heard=_home_on,
        ),
        question(
            "home",
            Choice("on", N_("I am back already"), "object/where"),
            Choice("write", N_("Write to Meta"), "write/what"),
            values=lambda scene: {**about(scene), "day": _snoozed(scene)},
            keeps=True,
        ),
        question(
            "error",
            TELL_AGAIN,
            OPEN_FORM,
            SEE_FORM,
            THROUGH_APP,
            WRITE,
            LATER,
            values=with_seen,
            keeps=True,
            finds=over,
        ),
        question("proof", Choice("route", N_("Show me the right form"), "object/where"), SEE_FORM, values=about),
        question(
            "other",
            TELL_AGAIN,
            THROUGH_APP,
            WRITE,
            Link(N_("Open the form ↗"), url=OPEN_FORM.url),
            SEE_FORM,
            LATER,
            values=with_seen,
            finds=over,
        ),
    ),
)
