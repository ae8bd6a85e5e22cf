"""/status: what was seen of the forms, from where, when. It never says that something works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.observations import SHARED_FOR
from conversations import wording
from conversations.scene import LookNow
from conversations.steps import N_, Choice, Flow, Step

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

SERVICES = (Service.FACEBOOK, Service.INSTAGRAM)


def _own(scene: Scene) -> str:
    cases = scene.person.cases
    return scene.answer("asked") or scene.country or (cases[0].country if cases else "")


def asked_for_status(scene: Scene, argument: str) -> Move:
    """/status, /status DE, /status Germany."""
    found = scene.heard.countries if scene.heard and argument else ()
    country = found[0] if len(found) == 1 else _own(scene)
    return looked_at(scene, country) if country else (scene, "status/where")


def looked_at(scene: Scene, country: str) -> Move:
    """The status of a country; what is old is looked at anew."""
    scene = scene.with_answer("asked", country)
    if scene.world.country(country) is None:
        return scene, "status/unknown"
    return scene.doing(LookNow(country)), "status/seen"


def _heard(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    return looked_at(scene, found[0]) if len(found) == 1 else None


def _country(code: str) -> Choice:
    return Choice(code, "{country}", "status/seen", lambda scene: looked_at(scene, code)[0], names={"country": code})


def _countries(scene: Scene) -> Choices:
    own = [case.country for case in scene.person.cases]
    return tuple(_country(code) for code in dict.fromkeys([*own, *scene.suggested]))[:6]


def _known_and_countries(scene: Scene) -> Choices:
    known = Choice("known", N_("What I know of it"), "elsewhere/known", _asked, when=_has_outlook)
    return (*((known,) if _has_outlook(scene) else ()), *_countries(scene))


def _has_outlook(scene: Scene) -> bool:
    return scene.world.outlook(scene.answer("asked")) is not None


def _asked(scene: Scene) -> Scene:
    return scene.on_case(None).with_answer("country", scene.answer("asked"))


def _seen(scene: Scene) -> dict[str, Value]:
    country = scene.answer("asked")
    scene = scene.on_case(None).with_answer("country", country)
    found = [(service, scene.world.seen(service, country)) for service in SERVICES]
    looks = [wording.seen(look, scene.with_answer("service", service.value)) for service, look in found]
    looking = any(look is None or scene.now - look.at >= SHARED_FOR for _, look in found)
    return {"country": country, "looks": looks, "looking": looking}


def _again(scene: Scene) -> Scene:
    return scene.doing(LookNow(scene.answer("asked")))


def _own_case(scene: Scene) -> int | None:
    """The case to speak of: the one in hand, else one of that country."""
    codes = {case.number: case.country for case in scene.person.cases}
    mine = [number for number, country in codes.items() if country == scene.answer("asked")]
    return scene.person.session.case if scene.person.session.case in mine else next(iter(mine), None)


STATUS = Flow(
    "status",
    (
        Step(
            "seen",
            (
                Choice("again", N_("Look again"), "status/seen", _again),
                Choice("other", N_("Another country"), "status/where"),
                Choice(
                    "mine",
                    N_("It does not open for me"),
                    "trouble/what",
                    lambda scene: scene.on_case(_own_case(scene)),
                    when=lambda scene: _own_case(scene) is not None,
                ),
            ),
            _seen,
            _heard,
        ),
        Step("where", _countries, heard=_heard, columns=2),
        Step("unknown", _known_and_countries, lambda scene: {"country": scene.answer("asked")}, _heard, columns=2),
    ),
)
