"""What is to be said to a chat: message keys and small values, never text (DESIGN §3, second line)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
"""What a message may be made of: JSON of small size. Dates travel as ISO 8601."""


class Lane(IntEnum):
    """Which queue a delivery waits in; smaller goes first (DESIGN promise 7)."""

    ANSWER = 0
    """Somebody waits for it: it waits only for its own chat."""
    REMINDER = 1
    NOTICE = 2


class Kind(StrEnum):
    """What is done with the chat."""

    SCREEN = "screen"
    """A message with buttons; edited into `message_id` if that is given and still there, else sent."""
    REMOVE = "remove"
    """Remove the message `message_id` (a pasted code, mail, contact)."""
    EDIT = "edit"
    """The message `message_id` says this from now on; if it is not there any more, nothing is said."""
    CLEAR = "clear"
    """A few words that take away the keyboard below the chat, by which a group was to be chosen."""
    DOCUMENT = "document"
    """A file made when it is sent (an export)."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to do in one chat. `screen` is `<flow>/<step>`, `values` what its template needs.

    `ends` marks the goodbye: once it is told, nothing of the chat may be left.
    """

    screen: str
    kind: Kind = Kind.SCREEN
    lane: Lane = Lane.ANSWER
    values: Mapping[str, Value] = field(default_factory=dict)
    buttons: tuple[tuple[Mapping[str, Value], ...], ...] = ()
    """Rows of buttons: `label` (a key) with `names`, and one of `data`, `url`, `copy` (a key)."""
    aside: str = ""
    """The key of a line said before the screen."""
    message_id: int | None = None
    silent: bool = False
    ends: bool = False
    topic: int | None = None
    """In a group: Telegram's `message_thread_id`."""
    reply_to: int | None = None
    """The message of the same chat that this answers."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A saying as it waits in the outbox. `chat_id` is Telegram's; `attempts` counts failed tries."""

    id: int
    chat_id: int
    lane: Lane
    due_at: datetime
    attempts: int
    document: Mapping[str, Value]
    """The saying with its language, as the conversation's codec wrote it."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a message: exactly one of `data`, `url`, `copy`, `asks`."""

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    asks: str | None = None
    """Stands below the chat instead of under the message: asks for a `group` or a `channel`, or only says its words."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that comes with a message, made when it is sent. A `photo` is shown in the chat."""

    name: str
    mime: str
    content: bytes
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What a chat shows, made when it is sent. `text` is Telegram HTML."""

    text: str
    rows: tuple[tuple[Button, ...], ...]
    clears: bool = False
    """Takes away the keyboard below the chat."""

    @property
    def is_below(self) -> bool:
        """Do its buttons stand below the chat? Such a message can't be edited into another one."""
        return self.clears or any(each.asks for row in self.rows for each in row)
