"""The first screen, with a door for every stage, and the country of the account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.outlooks import FormThere
from conversations.effects import LookNow
from conversations.group.flow import begun
from conversations.object.flow import at
from conversations.scene import KEEPING_COUNTRY
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import APP, BROWSER, COMPUTER, about

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene
    from conversations.steps import Choices, Move

SUGGESTIONS = 4
WHERE = "object/where"
ASKING_SERVICE = frozenset({"tried/what", "tried/service", "accounts/which"})
"""They ask for the service first: a country typed there is kept, and the same is asked again."""


def _anew(scene: Scene) -> Scene:
    """Nothing chosen yet; the way back leads to the first screen."""
    scene = scene.anew()
    return scene.with_person(session=replace(scene.person.session, screen="start/hello"))


def _new(service: str, then: str = WHERE) -> Callable[[Scene], Scene]:
    def chosen(scene: Scene) -> Scene:
        return _anew(scene).with_answer("service", service).with_answer("next", scene.answer("onward") or then)

    return chosen


def chosen_country(scene: Scene, code: str) -> Scene:
    """The scene after the account's country is known, also put right; the clock is guessed from it until chosen."""
    scene = scene.with_answer("country", code)
    if scene.case and scene.world.country(code):
        scene = scene.with_case(replace(scene.case, country=code))
    there = scene.world.country(code) or scene.world.outlook(code)
    if there and there.zone and not scene.person.zone_chosen and not scene.person.residence:
        scene = scene.with_person(zone=there.zone)
    return scene.doing(LookNow(code, third=scene.service is Service.NONE))


def after_country(scene: Scene) -> str:
    """Where the country leads to: what the person was on the way to; the service is asked first."""
    code = scene.answer("country")
    if not (scene.case or scene.answer("service")) and _leads_on(scene, code):
        return "start/hello"
    if scene.world.outlook(code):
        return "elsewhere/known"
    if scene.world.country(code) is None:
        return "start/unserved"
    return scene.answer("next") or WHERE


def _leads_on(scene: Scene, code: str) -> bool:
    outlook = scene.world.outlook(code)
    return outlook.form is not FormThere.NONE if outlook else scene.world.country(code) is not None


def to_country(scene: Scene) -> str:
    """On to the question for the country, or past it where it was given already."""
    given = scene.answer("country") and any(map(scene.answer, KEEPING_COUNTRY))
    return after_country(scene) if given else "start/country"


def country_choice(code: str) -> Choice:
    """A country as a button."""
    return Choice(code, "{country}", after_country, lambda scene: chosen_country(scene, code), names={"country": code})


def _suggestions(scene: Scene) -> Choices:
    own = [case.country for case in scene.person.cases]
    codes = list(dict.fromkeys([*own, *scene.suggested]))[:SUGGESTIONS]
    return (
        *(country_choice(code) for code in codes),
        Choice("other", N_("Another country"), "start/other"),
        Choice("see", N_("Where do I see that?"), "start/see"),
    )


def _near(scene: Scene) -> Choices:
    codes = scene.answer("near").split()
    return (*(country_choice(code) for code in codes), Choice("other", N_("Another country"), "start/other"))


def _heard_linked(scene: Scene) -> Move | None:
    """Whether that is the account's country can be said with a word."""
    said = scene.heard.reply if scene.heard else ""
    return {"yes": (scene, WHERE), "no": (scene, "start/other")}.get(said)


def heard_country(scene: Scene) -> Move | None:
    """A typed country: one leads on, several are offered."""
    found = scene.heard.countries if scene.heard else ()
    if len(found) == 1:
        scene = chosen_country(scene, found[0])
        return scene, after_country(scene)
    if found:
        return scene.with_answer("near", " ".join(found[:6])), "start/near"
    return None


def told_country(scene: Scene) -> Move | None:
    """A country that a stranger types before it is asked: kept, and used once the service is known."""
    told = scene.heard and scene.heard.names_country and not scene.person.cases
    move = heard_country(scene.with_answer("typed", "yes")) if told else None
    screen = scene.person.session.screen
    if move and move[1] == "start/hello" and screen in ASKING_SERVICE:
        return replace(move[0], aside="country"), screen
    return move


def _linked(scene: Scene, payload: str) -> Scene:
    """What a leaflet's link carries: a country, a service, a language; anything else is passed over."""
    languages = {str(code) for code in _list(scene, "languages")}
    for part in payload.lower().split("_"):
        if scene.world.country(part.upper()) and not scene.answer("country"):
            scene = chosen_country(scene, part.upper()).with_answer("linked", "yes")
        elif part in {Service.FACEBOOK, Service.INSTAGRAM}:
            scene = scene.with_answer("service", part)
        elif part in languages:
            scene = scene.with_person(language=part)
    return scene


def _list(scene: Scene, key: str) -> list[object]:
    value = scene.world.facts().get(key)
    return list(value) if isinstance(value, list) else []


def started(scene: Scene, argument: str) -> Move:
    """/start: with a leaflet's link two taps to the route; without one the first screen, or where it stands."""
    if argument.startswith("group"):
        return begun(scene, argument)
    scene = _linked(scene, argument)
    if scene.answer("country") and scene.answer("service"):
        elsewhere = scene.world.outlook(scene.answer("country"))
        return scene.with_answer("next", WHERE), "elsewhere/known" if elsewhere else "start/linked"
    if scene.answer("country") or not scene.person.cases:
        return scene, "start/hello"
    return scene, ""


def _service(service: Service) -> Choice:
    label = N_("Facebook") if service is Service.FACEBOOK else N_("Instagram")
    return Choice(service.value, label, to_country, _keeping_country(service))


def _keeping_country(service: Service) -> Callable[[Scene], Scene]:
    def chosen(scene: Scene) -> Scene:
        country, linked = scene.answer("country"), scene.answer("linked")
        scene = _new(service.value)(scene)
        return scene.with_answer("country", country).with_answer("linked", linked) if linked else scene

    return chosen


HELPS = Choice("helps", N_("What does help"), "elsewhere/helps")
THIRD = Choice("third", N_("The form without an account"), "third/what", lambda s: s.with_answer("service", "none"))
OTHER = Choice("other", N_("Another country"), "start/other")

START = Flow(
    "start",
    (
        question(
            "hello",
            _service(Service.FACEBOOK),
            _service(Service.INSTAGRAM),
            Choice("several", N_("Both or several"), "accounts/which", _anew),
            Choice("tried", N_("I have already tried"), "tried/what", _anew),
            Choice("none", N_("I have no account"), to_country, _new(Service.NONE.value, "third/what")),
            Choice("group", N_("For a group"), "group/hello"),
            Choice("language", N_("Language"), "settings/language"),
            values=lambda scene: {"country": scene.answer("country")},
            columns=2,
        ),
        question(
            "linked",
            Choice("app", N_("In the app on this phone"), "object/app", at(APP)),
            Choice("browser", N_("In a browser on this phone"), "object/browser", at(BROWSER)),
            Choice("computer", N_("On a computer"), "object/computer", at(COMPUTER)),
            Choice("other", N_("Other country or account"), "start/hello", lambda scene: scene.without_answers()),
            Choice("tried", N_("I have already tried"), "tried/what", lambda scene: scene.without_answers()),
            values=about,
            heard=_heard_linked,
        ),
        Step("country", _suggestions, about, heard_country, columns=2),
        Step("other", (), about, heard_country),
        Step("near", _near, about, heard_country, columns=2),
        Step("see", _suggestions, about, heard_country, columns=2),
        question(
            "unserved",
            HELPS,
            THIRD,
            OTHER,
            values=about,
            heard=heard_country,
        ),
    ),
)
