"""The parts a flow is made of: steps with choices, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conversations.scene import Scene

if TYPE_CHECKING:
    from bot.domain.deliveries import Value


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for "translate later"
    """Mark a label for translation; it is translated when the message is rendered."""
    return message


def stay(scene: Scene) -> Scene:
    """Change nothing."""
    return scene


def always(_scene: Scene) -> bool:
    """Hold in every scene."""
    return True


def no_values(_scene: Scene) -> Mapping[str, Value]:
    """Need nothing."""
    return {}


Move = tuple[Scene, str]
"""A scene and the screen to show in it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `to` is a screen `<flow>/<step>` or finds one; `do` is done before.

    `names` fill the label's braces: `country`, `service`, `language`, `case`, `day` are written in the chat's language.
    """

    id: str
    label: str
    to: str | Callable[[Scene], str]
    do: Callable[[Scene], Scene] = stay
    when: Callable[[Scene], bool] = always
    names: Mapping[str, Value] = field(default_factory=dict)
    by_tap: bool = False
    """Only a tap does it, never the typed label: what erases."""

    def target(self, scene: Scene) -> str:
        """The screen this choice leads to."""
        return self.to if isinstance(self.to, str) else self.to(scene)


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page or copies a text: Telegram does it, we hear nothing of it."""

    label: str
    url: Callable[[Scene], str | None] | None = None
    copy: str | None = None
    """The key of the text to copy, a block of the flow's messages; at most 256 characters when rendered."""
    names: Mapping[str, Value] = field(default_factory=dict)
    """They fill the label's braces, as a choice's do."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A button below the chat by which Telegram asks for a `group` or a `channel`; `nothing`: it types its label."""

    label: str
    what: str


Choices = Sequence[Choice | Link | Ask]


@dataclass(frozen=True, slots=True)
class Step:
    """One question. Its text is the block of the same name in the flow's messages.j2.

    `keeps`: the message is a record, what follows comes as a new message.
    `lasting`: its buttons are valid for ever; each carries its case, if they are not `of_all` cases.
    `heard`: what a typed answer leads to; None lets the general answer speak.
    """

    id: str
    choices: Choices | Callable[[Scene], Choices] = ()
    values: Callable[[Scene], Mapping[str, Value]] = no_values
    heard: Callable[[Scene], Move | None] | None = None
    keeps: bool = False
    lasting: bool = False
    of_all: bool = False
    finds: Callable[[Scene, str], Choice | None] | None = None
    """A button that carries more than a name (ticks): found by its id when it is pressed."""
    columns: int = 1
    way_back: bool = True
    for_others: bool = False
    """What is typed here is meant for others: it stays in the chat, however long it is."""

    def choices_in(self, scene: Scene) -> tuple[Choice | Link | Ask, ...]:
        """The buttons that hold in this scene."""
        choices = self.choices(scene) if callable(self.choices) else self.choices
        return tuple(each for each in choices if not isinstance(each, Choice) or each.when(scene))


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps that belong together; a folder of their own."""

    name: str
    steps: tuple[Step, ...]


def question(step: str, *choices: Choice | Link | Ask, **more: object) -> Step:
    """A step written as its name and its buttons."""
    return Step(step, choices, **more)  # type: ignore[arg-type]  # fields of Step
