"""What a conversation wants done: in the commit of the update, or afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.domain.orders import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.deliveries import Saying, Value
    from bot.domain.groups import Group
    from bot.domain.wishes import WishKind


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """Stop the button's waiting sign. Outside the outbox, never tried again."""

    callback_id: str


@dataclass(frozen=True, slots=True)
class PopUp:
    """Answer a press in a group by a few words that only who pressed sees (at most 200 characters).

    It is written by the group's language and clock. Outside the outbox, never tried again.
    """

    callback_id: str
    screen: str
    language: str
    zone: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepGroup:
    """A group's settings after a change. Kept in the same commit; announcements follow afterwards."""

    group: Group


@dataclass(frozen=True, slots=True)
class ForgetGroup:
    """Everything of that group."""

    group: int


@dataclass(frozen=True, slots=True)
class Regrouped:
    """A group was changed, or forgotten (None): what it is to be told follows."""

    chat_id: int
    group: Group | None


@dataclass(frozen=True, slots=True)
class SayInGroup:
    """Post something in that group, in its topic."""

    group: int
    saying: Saying


@dataclass(frozen=True, slots=True)
class Report:
    """What a person says they saw of a form: counted for 24 hours, then nobody's."""

    form: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wish:
    """To be told once of a form in a country. It is kept in the same commit; so is its end."""

    form: str
    country: str
    kind: WishKind


@dataclass(frozen=True, slots=True)
class Unwish:
    """A wish taken back."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class TakePart:
    """To be counted in that group. It is kept in the same commit; so is its end."""

    group: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Not to be counted in that group any more."""

    group: int


@dataclass(frozen=True, slots=True)
class CountNoMore:
    """The counter of that group is off: nobody takes part any more."""

    group: int


@dataclass(frozen=True, slots=True)
class LookNow:
    """Look at the forms of a country if the last look is old; `third` at the one without an account too."""

    country: str
    third: bool = False


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything of this person, once the goodbye is told."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Read a document that may be one of our exports; with `take` its cases are taken over."""

    file_id: str
    take: bool = False


Effect = (
    AnswerPress
    | PopUp
    | KeepGroup
    | ForgetGroup
    | SayInGroup
    | Regrouped
    | Report
    | Wish
    | Unwish
    | TakePart
    | Leave
    | CountNoMore
    | LookNow
    | Erase
    | ReadFile
    | Order
)
