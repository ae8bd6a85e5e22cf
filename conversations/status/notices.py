"""What was wished to be told, with its next steps. The buttons are valid for ever and carry what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.stages import UNSENT
from conversations.effects import LookNow
from conversations.object.flow import route
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


ON, DEAD, NONE, NOW = "on", "dead", "none", "now"
OFFERED = {"again": (ON, DEAD, NOW), "codes": (ON, NONE, NOW), "corrected": (ON, DEAD, NOW)}
"""What each notice offers next."""


def _ways(service: Service, country: str) -> dict[str, Choice]:
    about, in_hand = f"{service}.{country}", _in_hand(service, country)
    return {
        ON: Choice(f"{ON}.{about}", N_("Go on with my objection"), _onward, in_hand),
        DEAD: Choice(f"{DEAD}.{about}", N_("It does not open for me"), "trouble/what", in_hand),
        NONE: Choice(f"{NONE}.{about}", N_("Still no code comes"), "object/missing", in_hand),
        NOW: Choice(f"{NOW}.{about}", N_("What is seen now"), "status/seen", _to_status(country)),
    }


def _told(name: str) -> Callable[[Scene], Choices]:
    def choices(scene: Scene) -> Choices:
        service, country = scene.values.get("service"), scene.values.get("country")
        if not (service and country):
            return ()
        ways = _ways(Service(str(service)), str(country))
        return tuple(ways[key] for key in OFFERED[name])

    return choices


def _carried(scene: Scene, choice_id: str) -> Choice | None:
    """The button that carries a service and a country, if both are ours."""
    key, _, about = choice_id.partition(".")
    service, _, country = about.partition(".")
    if service not in set(Service) or not scene.world.form(Service(service), country):
        return None
    return _ways(Service(service), country).get(key)


STEPS = tuple(Step(name, _told(name), lasting=True, of_all=True, keeps=True, finds=_carried) for name in OFFERED)
