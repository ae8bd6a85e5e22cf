"""Both or several: one objection for each Accounts Centre, not for each account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import Label
from bot.domain.forms import Service
from bot.domain.stages import UNSENT
from conversations.object.flow import route
from conversations.start.flow import to_country
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import about, merged, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.cases import Case
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices

COUNTS = ((1, N_("1")), (2, N_("2")), (3, N_("3")), (4, N_("4 or more")))
CENTRES = ((1, N_("One")), (2, N_("Two")), (3, N_("Three")))
LABELS = {
    Label.WORK: N_("Work"),
    Label.PRIVATE: N_("Private"),
    Label.SHOP: N_("Shop"),
    Label.OLD: N_("Old"),
}


def _about(service: str, then: str) -> Callable[[Scene], Scene]:
    return lambda scene: (
        scene.on_case(None).with_answer("service", service).with_answer("next", then).with_answer("new", "yes")
    )


def begun_all(scene: Scene, number: int) -> Scene:
    """As many unsent cases as there are Accounts Centres, those that were begun already among them."""
    return _planned(scene, [scene.service] * number)


def begun_both(scene: Scene) -> Scene:
    """A case for each service."""
    return _planned(scene, [Service.FACEBOOK, Service.INSTAGRAM])


def _planned(scene: Scene, services: list[Service]) -> Scene:
    country, numbers = scene.country, list[int]()
    for service in services:
        unsent = (case for case in scene.person.cases if (case.service, case.country) == (service, country))
        free = next((case for case in unsent if case.number not in numbers and scene.stage(case) in UNSENT), None)
        if free is None:
            person, free = scene.person.begin(service, country, scene.today)
            scene = replace(scene, person=person)
        numbers.append(free.number)
    return scene.on_case(min(numbers)).with_answer("plan", " ".join(map(str, sorted(set(numbers)))))


def _in_plan(scene: Scene) -> list[Case]:
    numbers = scene.answer("plan").split()
    return [case for case in scene.person.cases if str(case.number) in numbers]


def _centres(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: begun_all(scene, number)


def _plan(scene: Scene) -> dict[str, Value]:
    cases: list[Value] = [title(case) for case in _in_plan(scene)]
    return merged(about(scene), {"count": len(cases), "cases": cases})


def labelled(label: Label) -> Callable[[Scene], Scene]:
    """The case in hand with a label of the fixed list."""
    return lambda scene: scene.with_case(replace(scene.case, label=label)) if scene.case else scene


def _next_unlabelled(scene: Scene) -> Scene:
    nameless = next((case for case in _in_plan(scene) if case.label is None), None)
    return scene.on_case(nameless.number) if nameless else _first(scene)


def _to_label(scene: Scene) -> str:
    return "accounts/label" if any(case.label is None for case in _in_plan(scene)) else "accounts/plan"


def _labels(_scene: Scene) -> Choices:
    return tuple(Choice(label.value, text, _to_label, _label(label)) for label, text in LABELS.items())


def _label(label: Label) -> Callable[[Scene], Scene]:
    return lambda scene: _next_unlabelled(labelled(label)(scene))


def _one_more(scene: Scene) -> Scene:
    services = [case.service for case in _in_plan(scene)]
    return _planned(scene, [*services, services[-1]]) if services else scene


def _first(scene: Scene) -> Scene:
    return scene.on_case(min((case.number for case in _in_plan(scene)), default=scene.person.session.case))


def _from_see(scene: Scene) -> str:
    return scene.answer("next") if scene.answer("next") == "accounts/together" else "accounts/centres"


def _in_hand(scene: Scene) -> dict[str, Value]:
    return {"case": title(scene.case) if scene.case else None}


ACCOUNTS = Flow(
    "accounts",
    (
        question(
            "which",
            Choice("both", N_("Facebook and Instagram"), to_country, _about("facebook", "accounts/together")),
            Choice("facebook", N_("Several on Facebook"), to_country, _about("facebook", "accounts/count")),
            Choice("instagram", N_("Several on Instagram"), to_country, _about("instagram", "accounts/count")),
        ),
        question(
            "another",
            Choice("facebook", N_("Facebook"), to_country, _about("facebook", "object/where")),
            Choice("instagram", N_("Instagram"), to_country, _about("instagram", "object/where")),
            Choice("covered", N_("It is in the same Accounts Centre"), "accounts/covered"),
            columns=2,
        ),
        question("covered", Choice("mail", N_("It has another e-mail address"), "accounts/another")),
        question(
            "together",
            Choice("one", N_("Yes, in one"), "accounts/plan", _centres(1)),
            Choice("two", N_("No, apart"), "accounts/plan", begun_both),
            Choice("see", N_("Where do I see that?"), "accounts/see"),
            values=about,
            columns=2,
        ),
        Step(
            "count",
            tuple(
                Choice(f"n{count}", label, "accounts/centres" if count > 1 else "object/where")
                for count, label in COUNTS
            ),
            about,
            columns=4,
        ),
        Step(
            "centres",
            (
                *(Choice(f"n{count}", label, "accounts/plan", _centres(count)) for count, label in CENTRES),
                Choice("see", N_("Where do I see that?"), "accounts/see"),
            ),
            about,
            columns=3,
        ),
        question("see", Choice("back", N_("Go on"), _from_see), values=about),
        question(
            "plan",
            Choice("first", N_("Start with the first"), route, _first),
            Choice("more", N_("Make it one more"), "accounts/plan", _one_more),
            Choice("label", N_("Label them"), "accounts/label", _next_unlabelled),
            values=_plan,
        ),
        Step("label", _labels, lambda scene: merged(about(scene), _in_hand(scene)), columns=2),
    ),
)
