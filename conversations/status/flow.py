"""/status: what was seen of the forms, from where, when. It never says that something works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.observations import SHARED_FOR
from bot.domain.statuses import Condition
from conversations import wording
from conversations.effects import LookNow
from conversations.object.flow import WRITE
from conversations.status import notices, rules, wishes
from conversations.steps import N_, Choice, Flow, Step, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

SERVICES = (Service.FACEBOOK, Service.INSTAGRAM)


def _own(scene: Scene) -> str:
    return scene.answer("asked") or _home(scene)


def _home(scene: Scene) -> str:
    """The country of the account, as far as it is known."""
    cases = scene.person.cases
    return scene.country or (cases[0].country if cases else "")


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


def _at_home(scene: Scene) -> Choices:
    """For the account its own country counts, whatever was asked for."""
    home = _home(scene)
    if home == scene.answer("asked") or scene.world.country(home) is None:
        return ()
    label, names = N_("Status for {country}"), {"country": home}
    return (Choice("home", label, "status/seen", lambda scene: looked_at(scene, home)[0], names=names),)


def _known_and_home(scene: Scene) -> Choices:
    known = Choice("known", N_("What I know of it"), "elsewhere/known", _asked)
    return (
        *_at_home(scene),
        *((known,) if scene.world.outlook(scene.answer("asked")) else ()),
        *(() if _at_home(scene) else _countries(scene)),
    )


def _asked(scene: Scene) -> Scene:
    return scene.on_case(None).with_answer("country", scene.answer("asked"))


def _about(scene: Scene, service: Service) -> Scene:
    return _asked(scene).with_answer("service", service.value)


def _seen(scene: Scene) -> dict[str, Value]:
    country = scene.answer("asked")
    looks: list[Value] = [
        {**wording.seen(_about(scene, service)), "history": _history(scene, service, country)} for service in SERVICES
    ]
    return {"country": country, "looks": looks, "looking": any(_is_old(scene, service) for service in SERVICES)}


def _history(scene: Scene, service: Service, country: str) -> Value:
    return wording.history(scene.world.days(service, country), scene.now.date())


def _is_old(scene: Scene, service: Service) -> bool:
    found = scene.world.status(service, scene.answer("asked"))
    if found is None or found.as_of is None:
        return found is None or found.condition is Condition.UNSEEN
    return scene.now - found.as_of >= SHARED_FOR


def _again(scene: Scene) -> Scene:
    return scene.doing(LookNow(scene.answer("asked")))


def _own_case(scene: Scene) -> int | None:
    """The case to speak of: the one in hand, else one of that country."""
    codes = {case.number: case.country for case in scene.person.cases}
    mine = [number for number, country in codes.items() if country == scene.answer("asked")]
    return scene.person.session.case if scene.person.session.case in mine else next(iter(mine), None)


AGAIN = Choice("again", N_("Look again"), "status/seen", _again)
OTHER = Choice("other", N_("Another country"), "status/where")
MINE = Choice(
    "mine",
    N_("It does not open for me"),
    "trouble/what",
    lambda scene: scene.on_case(_own_case(scene)),
    when=lambda scene: _own_case(scene) is not None,
)


def _ways(scene: Scene) -> Choices:
    country = scene.answer("asked")
    there = [service for service in SERVICES if scene.world.form(service, country)]
    return (
        *(choice for service in there for choice in wishes.of_one(scene, service, country)),
        AGAIN,
        *(_picture(service) for service in there),
        *_at_home(scene),
        OTHER,
        MINE,
    )


def _picture(service: Service) -> Choice:
    label, names = N_("{service}: 30 days as a picture"), {"service": service.value}
    return Choice(f"picture.{service}", label, "status/picture", _drawing(service), names=names)


def _drawing(service: Service) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_answer("drawn", service.value)


def _drawn(scene: Scene) -> dict[str, Value]:
    service, country = Service(scene.answer("drawn") or Service.FACEBOOK), scene.answer("asked")
    return {
        "file": "history",
        "service": service.value,
        "country": country,
        "history": _history(scene, service, country),
    }


def _wanted(scene: Scene) -> dict[str, Value]:
    return {"wishes": wishes.listed(scene)}


def _onward(scene: Scene) -> str:
    return "back/standing" if scene.case else "status/where"


NEXT = Choice("next", N_("What is next?"), _onward)
WRITE_ABOUT_CASE = Choice(WRITE.id, WRITE.label, WRITE.to, WRITE.do, when=lambda scene: scene.case is not None)

STATUS = Flow(
    "status",
    (
        Step("seen", _ways, _seen, _heard, finds=lambda _scene, choice: AGAIN if "." in choice else None),
        Step("where", _countries, heard=_heard, columns=2),
        Step(
            "unknown",
            _known_and_home,
            lambda scene: {
                "country": scene.answer("asked"),
                "home": _home(scene) if _at_home(scene) else None,
            },
            _heard,
        ),
        question(
            "picture",
            Choice("status", N_("Back to the status"), "status/seen"),
            values=_drawn,
            keeps=True,
        ),
        question("wished", WRITE_ABOUT_CASE, wishes.DONT_TELL, NEXT, values=wishes.held_values, keeps=True),
        question("unwished", wishes.TELL_AFTER_ALL, NEXT, values=wishes.held_values),
        Step("wishes", lambda scene: (*wishes.each_taken_back(scene), NEXT), _wanted),
        *notices.STEPS,
        *rules.STEPS,
    ),
)
