"""Taking part in a group's counter: in private, each for themself. Pure.

The group is named by the link or the button and kept nowhere else: who only looks leaves no trace. Every button says
itself which group it is about, so it holds for ever; what it does goes by how things are at the tap.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.people import MAX_GROUPS
from conversations.effects import Leave, TakePart
from conversations.steps import N_, Choice, Flow, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

MINE = Choice("mine", N_("What is kept of me"), "data/mine")


def number_of(scene: Scene) -> int:
    """The group that was named, 0 if none."""
    return next(iter(scene.standings), 0)


def refused(scene: Scene) -> str:
    """The screen that says why nobody can take part there now, empty if this person can."""
    number = number_of(scene)
    group, standing = scene.groups.get(number), scene.standings.get(number)
    if number in scene.counted:
        return ""
    if group is None or not group.counter:
        return "counter/off"
    if standing is not None and standing.belongs is False:
        return "counter/outside"
    return "counter/full" if len(scene.counted) >= MAX_GROUPS else ""


def invited(scene: Scene) -> Move:
    """A member opened the link that stands in the group."""
    there = "counter/joined" if number_of(scene) in scene.counted else "counter/join"
    return scene, refused(scene) or there


def _joining(scene: Scene) -> Scene:
    number = number_of(scene)
    if refused(scene) or number in scene.counted:
        return scene
    return replace(scene.doing(TakePart(number)), counted=scene.counted | {number})


def _leaving(number: int) -> Callable[[Scene], Scene]:
    def left(scene: Scene) -> Scene:
        if number not in scene.counted:
            return scene
        return replace(scene.doing(Leave(number)), counted=scene.counted - {number})

    return left


def _yes(number: int, label: str) -> Choice:
    return Choice(f"yes.{number}", label, lambda scene: refused(scene) or "counter/joined", _joining)


def _out(number: int) -> Choice:
    return Choice(f"out.{number}", N_("Leave"), _left, _leaving(number))


def _left(scene: Scene) -> str:
    """A group that has moved has another number than its old buttons: who is counted anywhere sees where."""
    was_there = any(isinstance(effect, Leave) for effect in scene.effects)
    return "counter/left" if was_there or not scene.counted else "counter/mine"


def _off(number: int) -> Choice:
    return Choice(
        f"off.{number}", N_("Leave: {group}"), "counter/mine", _leaving(number), names={"group": number}
    )  # fmt: skip


BEGIN = Choice("begin", N_("What can I do?"), "start/hello")
NO = Choice("no", N_("No"), "counter/declined")


def _finds(_scene: Scene, choice_id: str) -> Choice | None:
    """The button that carries its group."""
    verb, _, written = choice_id.partition(".")
    if not written.removeprefix("-").isdecimal():
        return next((each for each in (NO, MINE, BEGIN) if each.id == choice_id), None)
    number = int(written)
    found = {"yes": _yes(number, N_("Yes, count me")), "out": _out(number), "off": _off(number)}
    return found.get(verb)


def _named(*choices: Callable[[int], Choice], also: Sequence[Choice] = ()) -> Callable[[Scene], Choices]:
    return lambda scene: (*(each(number_of(scene)) for each in choices if number_of(scene)), *also)


def _joined_in(scene: Scene) -> Choices:
    return (*map(_off, sorted(scene.counted)), MINE)


def _values(scene: Scene) -> dict[str, Value]:
    return {"group": number_of(scene)}


def _step(name: str, choices: Callable[[Scene], Choices]) -> Step:
    return Step(name, choices, _values, lasting=True, of_all=True, finds=_finds)


COUNTER = Flow(
    "counter",
    (
        _step("join", _named(lambda number: _yes(number, N_("Yes, count me")), also=(NO,))),
        _step("joined", _named(_out, also=(BEGIN, MINE))),
        _step("left", _named(lambda number: _yes(number, N_("Count me after all")), also=(MINE,))),
        _step("declined", _named(also=(BEGIN,))),
        _step("off", _named(also=(MINE,))),
        _step("outside", _named(also=(MINE,))),
        _step("full", _named(also=(MINE,))),
        _step("mine", _joined_in),
    ),
)
