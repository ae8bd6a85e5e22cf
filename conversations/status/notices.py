"""What was wished to be told, with its next steps. The buttons are valid for ever and carry what they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.stages import UNSENT
from conversations.object.flow import route
from conversations.scene import LookNow
from conversations.steps import N_, Choice, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.cases import Case
    from conversations.scene import Scene
    from conversations.steps import Choices


def case_about(scene: Scene, service: Service, country: str) -> Case | None:
    """The person's case of that service there: one that is not sent before others."""
    found = [case for case in scene.person.cases if (case.service, case.country) == (service, country)]
    return next((case for case in found if scene.stage(case) in UNSENT), next(iter(found), None))


def _in_hand(service: Service, country: str) -> Callable[[Scene], Scene]:
    def taken(scene: Scene) -> Scene:
        case = case_about(scene, service, country)
        scene = scene.without_answers().on_case(case.number if case else None)
        return scene if case else scene.with_answer("service", service.value).with_answer("country", country)

    return taken


def _onward(scene: Scene) -> str:
    """To the form; what is sent already is told where it stands."""
    return "back/standing" if scene.case and scene.stage(scene.case) not in UNSENT else route(scene)


def _to_status(country: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.without_answers().with_answer("asked", country).doing(LookNow(country))


def _ways(service: Service, country: str) -> tuple[Choice, ...]:
    about = f"{service}.{country}"
    return (
        Choice(f"on.{about}", N_("Go on with my objection"), _onward, _in_hand(service, country)),
        Choice(f"dead.{about}", N_("It does not open for me"), "trouble/what", _in_hand(service, country)),
        Choice(f"now.{about}", N_("What is seen now"), "status/seen", _to_status(country)),
    )


def _told(scene: Scene) -> Choices:
    service, country = scene.values.get("service"), scene.values.get("country")
    return _ways(Service(str(service)), str(country)) if service and country else ()


def _carried(scene: Scene, choice_id: str) -> Choice | None:
    """The button that carries a service and a country, if both are ours."""
    _, _, about = choice_id.partition(".")
    service, _, country = about.partition(".")
    if service not in set(Service) or not scene.world.form(Service(service), country):
        return None
    return next((each for each in _ways(Service(service), country) if each.id == choice_id), None)


_STEP = Step("again", _told, lasting=True, of_all=True, keeps=True, finds=_carried)
STEPS = tuple(replace(_STEP, id=name) for name in ("again", "codes", "corrected"))
