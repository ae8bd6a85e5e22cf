"""Both or several: one objection for each Accounts Centre, not for each account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import Label
from bot.domain.forms import Service
from conversations.object.flow import route
from conversations.steps import Choice, Flow, N_, Step, question
from conversations.wording import about, merged, title

if TYPE_CHECKING:
    from collections.abc import Callable

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
    return lambda scene: scene.with_answer("service", service).with_answer("next", then).with_answer("new", "yes")


def begun_all(scene: Scene, number: int) -> Scene:
    """As many cases as there are Accounts Centres, the first in hand."""
    first: int | None = None
    for _ in range(number):
        person, case = scene.person.begin(scene.service, scene.country, scene.today)
        scene = replace(scene, person=person)
        first = first or case.number
    return scene.on_case(first).with_answer("count", str(number))


def begun_both(scene: Scene) -> Scene:
    """A case for each service."""
    person, first = scene.person.begin(Service.FACEBOOK, scene.country, scene.today)
    person, _second = person.begin(Service.INSTAGRAM, scene.country, scene.today)
    return replace(scene, person=person).on_case(first.number).with_answer("count", "2")


def _centres(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: begun_all(scene, number)


def _plan(scene: Scene) -> dict[str, Value]:
    cases: list[Value] = [title(case) for case in scene.person.cases][-int(scene.answer("count") or 1) :]
    return merged(about(scene), {"count": len(cases), "cases": cases})


def labelled(label: Label) -> Callable[[Scene], Scene]:
    """The case in hand with a label of the fixed list."""
    return lambda scene: scene.with_case(replace(scene.case, label=label)) if scene.case else scene


def _labels(to: str) -> tuple[Choice, ...]:
    return tuple(Choice(label.value, text, to, labelled(label)) for label, text in LABELS.items())


def _next_unlabelled(scene: Scene) -> Scene:
    nameless = next((case for case in scene.person.cases if case.label is None), None)
    return scene.on_case(nameless.number) if nameless else scene


def _to_label(scene: Scene) -> str:
    return "accounts/label" if any(case.label is None for case in scene.person.cases) else "accounts/plan"


def _label_step(_scene: Scene) -> Choices:
    return tuple(
        Choice(choice.id, choice.label, _to_label, _then_next(choice.do)) for choice in _labels("accounts/plan")
    )


def _then_next(do: Callable[[Scene], Scene]) -> Callable[[Scene], Scene]:
    return lambda scene: _next_unlabelled(do(scene))


ACCOUNTS = Flow(
    "accounts",
    (
        question(
            "which",
            Choice("both", N_("Facebook and Instagram"), "start/country", _about("facebook", "accounts/together")),
            Choice("facebook", N_("Several on Facebook"), "start/country", _about("facebook", "accounts/count")),
            Choice("instagram", N_("Several on Instagram"), "start/country", _about("instagram", "accounts/count")),
        ),
        question(
            "another",
            Choice("facebook", N_("Facebook"), "start/country", _about("facebook", "object/where")),
            Choice("instagram", N_("Instagram"), "start/country", _about("instagram", "object/where")),
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
        question("see", Choice("back", N_("Go on"), "accounts/centres"), values=about),
        question(
            "plan",
            Choice("first", N_("Start with the first"), route),
            Choice("more", N_("Make it one more"), "accounts/plan", lambda scene: _one_more(scene)),
            Choice("label", N_("Label them"), "accounts/label", _next_unlabelled),
            values=_plan,
        ),
        Step("label", _label_step, lambda scene: merged(about(scene), _in_hand(scene)), columns=2),
    ),
)


def _one_more(scene: Scene) -> Scene:
    count = int(scene.answer("count") or 1)
    held = scene.person.session.case
    person, _case = scene.person.begin(scene.service, scene.country, scene.today)
    return replace(scene, person=person).on_case(held).with_answer("count", str(count + 1))


def _in_hand(scene: Scene) -> dict[str, Value]:
    return {"case": title(scene.case) if scene.case else None}
