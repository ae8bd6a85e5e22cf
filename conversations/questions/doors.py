"""The next steps that answers offer: back to where one was, or on to what the answer is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from conversations.scene import Scene

HERE = "questions/"


def _going_on(scene: Scene) -> Scene:
    """The scene on the last screen that was no answer; where there is none, with the only case in hand."""
    session, trail = scene.person.session, list(scene.person.session.trail)
    while trail and trail[-1].startswith(HERE):
        trail.pop()
    if trail:
        return scene.with_person(session=replace(session, screen=trail[-1], trail=tuple(trail[:-1])))
    cases = scene.person.cases
    return scene.without_answers().on_case(cases[0].number if len(cases) == 1 else None)


def _onward(scene: Scene) -> str:
    screen = scene.person.session.screen
    if screen and not screen.startswith(HERE):
        return screen
    if not scene.person.cases:
        return "start/hello"
    return "back/standing" if scene.case else "cases/list"


def _without_account(scene: Scene) -> Scene:
    new = scene.without_answers().with_answer("service", Service.NONE.value)
    return new.with_answer("next", "third/what").with_answer("new", "yes")


def _anew(scene: Scene) -> Scene:
    return scene.anew()


def _writes(scene: Scene) -> bool:
    return bool(scene.country) and scene.service is not Service.NONE


GO_ON = Choice("go", N_("Go on"), _onward, _going_on)
OBJECT = Choice("object", N_("Object"), "start/hello", _anew)
TRIED = Choice("tried", N_("I have already tried"), "tried/what", _anew)
SEVERAL = Choice("accounts", N_("Both or several"), "accounts/which", _anew)
ANOTHER = Choice(
    "another", N_("Another account"), "accounts/another", _anew, when=lambda scene: bool(scene.person.cases)
)
THIRD = Choice("third", N_("The form without an account"), "start/country", _without_account)
WRITE = Choice("write", N_("Write to Meta"), "write/what", when=_writes)
STATUS = Choice("status", N_("Are the forms reachable?"), "status/where", _anew)
CASES = Choice("cases", N_("My cases"), "cases/list", when=lambda scene: bool(scene.person.cases))
LIMITS = Choice("limits", N_("What I cannot know"), "help/limits")
KEPT = Choice("kept", N_("What is kept"), "privacy/kept")
WHO = Choice("who", N_("Privacy"), "privacy/who")
"""Doors beside "Go on"."""
