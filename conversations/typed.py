"""A button's label that was typed instead of tapped is that press: the whole of it, or most of it in its own order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.steps import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conversations.events import Meaning
    from conversations.scene import Scene
    from conversations.steps import Step

BY_TAP = ("admin/", "bulletin/", "group/")
"""What goes to many people is never done by a word."""
MEANS = {"yes": frozenset({"yes"}), "no": frozenset({"no", "nothing"})}
"""The buttons that such a word stands for, by their ids; nothing came is a no too."""

DENYING = frozenset({"no", "not", "never", "nothing", "nowhere", "none", "without", "stop"})
"""Words of labels as they stand in the code, in English, whatever is typed."""


def typed_choice(scene: Scene, screen: str, step: Step, meaning: Meaning) -> Choice | None:
    """The one button of the screen that the text names; None if none or several do."""
    if screen.startswith(BY_TAP) or not meaning.plain:
        return None
    choices = [each for each in step.choices_in(scene) if isinstance(each, Choice) and not each.by_tap]
    whole = _only(each for each in choices if _label(scene, each) == meaning.plain)
    if whole or meaning.reply:
        return whole or _only(each for each in choices if _means(each, meaning.reply))
    return _only(each for each in choices if _is_most_of(meaning.plain, _label(scene, each)) and not _denies(each))


def _is_most_of(said: str, label: str) -> bool:
    """`not there` of `not there either`: words that stand together, and at least half of the label."""
    return f" {said} " in f" {label} " and len(said) * 2 >= len(label)


def _denies(choice: Choice) -> bool:
    """A part of such a label may say its contrary: `in my country` of `Not in my country`."""
    return not DENYING.isdisjoint(choice.label.lower().split()) or "n't" in choice.label


def _means(choice: Choice, reply: str) -> bool:
    return choice.id in MEANS[reply] or choice.label.startswith(f"{reply.capitalize()},")


def _label(scene: Scene, choice: Choice) -> str:
    return scene.world.typed(choice.label, choice.names, scene.person.language)


def _only(choices: Iterable[Choice]) -> Choice | None:
    found = list(choices)
    return found[0] if len(found) == 1 else None
