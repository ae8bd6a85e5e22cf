"""Groups and channels that hear of outages: chosen and set up in private, so that nobody there sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.group import panel
from conversations.group.hand import act, forgotten, may, number_of, refused, taken
from conversations.group.news import LASTING
from conversations.steps import N_, Ask, Choice, Flow, Step, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

DIGITS = 18
"""Of Telegram's longest number, with its sign."""
CHOOSE = "group/choose"
"""The one screen with a keyboard below the chat; whatever follows takes it away."""


def _hello(scene: Scene) -> Choices:
    known = tuple(
        Choice(f"g{number}", "{group}", _opened, _taking(number), names={"group": number})
        for number in scene.person.groups
    )
    return (Choice("choose", N_("Choose the group"), CHOOSE), *known)


def _taking(number: int) -> Callable[[Scene], Scene]:
    return lambda scene: taken(scene, number)


def _opened(scene: Scene) -> str:
    return "group/panel" if may(scene) else refused(scene)


def begun(scene: Scene, argument: str) -> Move:
    """`/start group`, and `/start group-100…` from the button under a line in that group."""
    written = argument.removeprefix("group")
    number = int(written) if written.removeprefix("-").isdecimal() and len(written) <= DIGITS else 0
    if not number:
        return scene, "group/hello"
    scene = taken(scene, number)
    return scene, _opened(scene)


def shared(scene: Scene, number: int) -> Move:
    """Telegram's own button brought a group."""
    scene = taken(scene.with_answer("noted", ""), number)
    return scene, _opened(scene)


def _cancelled(scene: Scene) -> Move | None:
    return scene, "group/hello"


def _held(scene: Scene) -> dict[str, Value]:
    return {"group": number_of(scene)}


def _refused(scene: Scene) -> dict[str, Value]:
    number = number_of(scene)
    return {"group": number, "was": number in scene.person.groups}


OTHERS = Choice("others", N_("Another group"), "group/hello")

GROUP = Flow(
    "group",
    (
        Step("hello", _hello, lambda scene: {"groups": list(scene.person.groups)}),
        Step(
            "choose",
            (Ask(N_("A group"), "group"), Ask(N_("A channel"), "channel"), Ask(N_("None of these"), "nothing")),
            heard=_cancelled,
            keeps=True,
            way_back=False,
        ),
        question(
            "panel", *panel.CHANGES, panel.START, panel.PAUSE, panel.POSTED, panel.STOP, OTHERS, panel.AGAIN,
            values=panel.values, columns=2,
        ),
        Step("countries", panel.countries, panel.values, panel.heard_country, columns=2),
        Step("language", panel.languages, panel.values, columns=2),
        question(
            "counter",
            panel.COUNT,
            panel.COUNT_NO_MORE,
            panel.NO_COUNTER,
            panel.SETTINGS,
            values=panel.values,
        ),
        question("tested", panel.START, panel.SETTINGS, values=panel.values),
        question("started", panel.POSTED, panel.PAUSE, panel.STOP, panel.SETTINGS, values=panel.values, columns=2),
        question("paused", panel.START, panel.STOP, panel.SETTINGS, values=panel.values, columns=2),
        question("posted", panel.NIGHT, panel.SETTINGS, values=panel.posted),
        question(
            "forget",
            act("yes", N_("Yes, stop and forget"), "group/forgotten", forgotten),
            panel.PAUSE,
            panel.SETTINGS,
            values=_held,
        ),
        question("forgotten", OTHERS),
        question("not_admin", OTHERS, values=_refused),
        question("unsure", panel.AGAIN, OTHERS, values=_held),
        question("out", Choice("choose", N_("Choose the group"), CHOOSE), OTHERS, values=_held),
        *LASTING,
    ),
)  # fmt: skip
