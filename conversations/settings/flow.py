"""/settings and /language: language, clock, quiet hours, where somebody lives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import QuietHours
from conversations.sent.flow import lives_in
from conversations.steps import N_, Choice, Flow, Step, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

QUIET = {
    "early": (QuietHours(20, 9), N_("From 8 in the evening to 9")),
    "usual": (QuietHours(22, 8), N_("From 10 in the evening to 8")),
    "late": (QuietHours(0, 10), N_("From midnight to 10")),
    "never": (QuietHours(0, 0), N_("No quiet hours")),
}


def _languages(scene: Scene) -> Choices:
    value = scene.world.facts().get("languages")
    codes = [str(code) for code in value] if isinstance(value, list) else []
    return tuple(
        Choice(code, "{language}", _after_language, _speaking(code), names={"language": code}) for code in codes
    )


def _speaking(code: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_person(language=code)


def _after_language(scene: Scene) -> str:
    trail = scene.person.session.trail
    return "start/hello" if "start/hello" in trail[-1:] else "settings/menu"


def _zones(scene: Scene) -> Choices:
    codes = [*(case.country for case in scene.person.cases), *scene.suggested]
    countries = (scene.world.country(code) for code in dict.fromkeys(codes))
    zones = dict.fromkeys([country.zone for country in countries if country] + ["Europe/London", "Europe/Athens"])
    return tuple(_zone(index, zone) for index, zone in enumerate(zones))[:6]


def _zone(index: int, zone: str) -> Choice:
    return Choice(
        f"z{index}",
        "{zone}",
        "settings/menu",
        lambda s: s.with_person(zone=zone, zone_chosen=True),
        names={"zone": zone},
    )


def _heard_zone(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    country = scene.world.country(found[0]) if len(found) == 1 else None
    if not country:
        return None
    return scene.with_person(zone=country.zone, zone_chosen=True), "settings/menu"


def _quiet(hours: QuietHours) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_person(quiet=hours)


def _homes(scene: Scene) -> Choices:
    codes = list(dict.fromkeys([*(case.country for case in scene.person.cases), *scene.suggested]))
    return (
        *(Choice(code, "{country}", "settings/menu", _living(code), names={"country": code}) for code in codes[:4]),
        Choice(
            "untold", N_("I'd rather not say"), "settings/menu", lambda s: s.with_person(residence=None, region=None)
        ),
    )


def _living(code: str) -> Callable[[Scene], Scene]:
    return lambda scene: lives_in(scene, code)


def _heard_home(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    return (lives_in(scene, found[0]), "settings/menu") if len(found) == 1 else None


def _values(scene: Scene) -> dict[str, Value]:
    person = scene.person
    return {
        "language": person.language,
        "zone": person.zone,
        "now": scene.now.isoformat(),
        "quiet": [person.quiet.start, person.quiet.end],
        "residence": person.residence,
    }


def _resume(scene: Scene) -> Scene:
    cases = tuple(replace(case, stopped=False) for case in scene.person.cases)
    return scene.with_person(cases=cases)


def _any_stopped(scene: Scene) -> bool:
    return any(case.stopped for case in scene.person.cases)


SETTINGS = Flow(
    "settings",
    (
        question(
            "menu",
            Choice("language", N_("Language"), "settings/language"),
            Choice("clock", N_("Clock"), "settings/clock"),
            Choice("quiet", N_("Quiet hours"), "settings/quiet"),
            Choice("home", N_("Where I live"), "settings/home"),
            Choice("resume", N_("Remind me again"), "settings/menu", _resume, when=_any_stopped),
            values=_values,
            columns=2,
        ),
        Step("language", _languages, columns=2),
        Step("clock", _zones, _values, _heard_zone, columns=2),
        Step(
            "quiet",
            tuple(Choice(key, label, "settings/menu", _quiet(hours)) for key, (hours, label) in QUIET.items()),
            _values,
        ),
        Step("home", _homes, _values, _heard_home, columns=2),
    ),
)
