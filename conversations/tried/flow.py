"""The middle door: somebody has already tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.stages import Stage
from conversations.days import day_question
from conversations.sent.flow import residence_matters, sent_on
from conversations.start.flow import to_country
from conversations.steps import N_, Choice, Flow, question
from conversations.wording import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene
    from conversations.steps import Move

DOORS = {
    "dead": "trouble/what",
    "code": "object/missing",
    "answered": "answer/what",
    "silent": "tried/when",
    "accepted": "tried/accepted",
}


def _onward(scene: Scene, key: str) -> Scene:
    read = scene.answer("onward") if key == "answered" else ""
    return scene.with_answer("next", read or DOORS[key])


def _door(key: str, label: str) -> Choice:
    return Choice(key, label, "tried/service", lambda scene: _onward(scene, key))


def with_answer_of_metas(scene: Scene) -> Move:
    """In by the middle door with an answer of Meta's in hand."""
    return _onward(scene, "answered"), "tried/service"


def _service(service: Service, label: str) -> Choice:
    return Choice(
        service.value,
        label,
        to_country,
        lambda scene: scene.on_case(None).with_answer("service", service.value),
    )


def _sent_in(year: int) -> Callable[[Scene], Scene]:
    return lambda scene: sent_on(scene, scene.today.replace(year=year, month=6, day=1))


def _after_day(scene: Scene) -> str:
    """On to the date, or past it; a dispatch of years ago needs no question about the law."""
    if residence_matters(scene):
        return "sent/live"
    return "tried/over" if scene.case and scene.stage(scene.case) is Stage.OVERDUE else "sent/noted"


def _accepted(note: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_fact(FactKind.CONFIRMED, note)


YEARS = (
    Choice("y2025", N_("In 2025"), _after_day, _sent_in(2025)),
    Choice("y2024", N_("In 2024"), _after_day, _sent_in(2024)),
)

TRIED = Flow(
    "tried",
    (
        question(
            "what",
            _door("dead", N_("It does not open")),
            _door("code", N_("The code never came")),
            _door("answered", N_("Meta answered")),
            _door("silent", N_("No answer")),
            _door("accepted", N_("It was accepted")),
        ),
        question(
            "mail",
            _door("answered", N_("It answers my objection")),
            Choice("object", N_("It tells of AI and has a link"), "start/hello", lambda scene: scene.anew()),
        ),
        question(
            "service",
            _service(Service.FACEBOOK, N_("Facebook")),
            _service(Service.INSTAGRAM, N_("Instagram")),
            columns=2,
        ),
        day_question("when", sent_on, _after_day, *YEARS),
        question(
            "over",
            Choice("write", N_("Remind Meta"), "write/what"),
            Choice("came", N_("Something came"), "answer/what"),
            Choice("again", N_("Must I send it again?"), "tried/again"),
            values=about,
            keeps=True,
        ),
        question("again", Choice("write", N_("Remind Meta"), "write/what"), values=about),
        question(
            "accepted",
            Choice("mail", N_("By e-mail"), "sent/done", _accepted("mail")),
            Choice("screen", N_("Only on the screen"), "sent/done", _accepted("screen")),
            values=about,
            columns=2,
        ),
    ),
)
