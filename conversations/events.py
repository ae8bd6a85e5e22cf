"""What happened in a chat, as the conversation needs to know it. Telegram's own types end at bot.telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.answers import Reading
    from bot.domain.said_days import SaidDay
    from bot.domain.standings import Standing
    from conversations.pasted import Link
from bot.domain.people import Person  # noqa: TC001  # one of several types of a union that is built at run time


@dataclass(frozen=True, slots=True)
class Written:
    """A text that an operator typed, perhaps for groups. `refused` are addresses in it that lead to anybody."""

    text: str
    message: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed text can mean, read before the decision. The text itself goes no further, but for operators'."""

    countries: tuple[str, ...] = ()
    """One: found. Several: choose."""
    day: SaidDay | None = None
    number: int | None = None
    link: Link | None = None
    is_code: bool = False
    """Digits like a code of Meta: to be removed from the chat."""
    is_personal: bool = False
    """An e-mail address, a phone number, a password or a longer pasted text: to be removed from the chat."""
    is_private: bool = False
    """Is it personal for an e-mail address, a phone number or a password in a short text, no pasted mail?"""
    answer: Reading | None = None
    """What it comes down to if it is an answer of Meta's; None if it says nothing like one."""
    topics: tuple[str, ...] = ()
    """Questions that it comes near to, the likeliest first; one alone is an answer."""
    small_talk: str = ""
    """`greeting`, `thanks` …: an aside of its own; empty if it is none."""
    door: str = ""
    """A wish that leads straight to a screen: `not_opening`, `form_status`, `erase`."""
    asks: bool = False
    """Does it look like a question?"""
    names_country: bool = False
    """Are the countries named so clearly that they count unasked? `no` and `it` are codes too."""
    is_foreign: bool = False
    """Is it in a language that we do not speak?"""
    written: Written | None = None
    """Of operators alone: the text as it stands."""
    plain: str = field(default="", repr=False, compare=False)
    """The text folded, if it is as short as a button's label: it may be one that was typed instead of tapped."""
    reply: str = ""
    """`yes` or `no`, if it is a word for that and nothing else."""


@dataclass(frozen=True, slots=True)
class Text:
    """A typed text."""

    message_id: int
    meaning: Meaning = field(default_factory=Meaning)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, with what follows it (bounded)."""

    name: str
    argument: str = ""
    meaning: Meaning = field(default_factory=Meaning)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. `data` is ours only if it decodes; anybody can forge it."""

    callback_id: str
    message_id: int | None
    data: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that is no text: `photo`, `voice`, `sticker`, `location`, `contact`, `document`, `other`."""

    message_id: int
    kind: str
    file_id: str | None = None
    """For a document small enough to be one of our exports."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document was one of our exports, with that many cases; it was read and let go again."""

    cases: int
    file_id: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document was no export of ours."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An export that the person wants to take over."""

    given: Person


@dataclass(frozen=True, slots=True)
class Filled:
    """A name and an address were typed for a letter, and used at once; `sent`: the filled letter is in the chat.

    What was typed is nowhere any more but in the message, which is removed.
    """

    message_id: int
    sent: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot, or let it in again."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class Nudged:
    """The clock's own event: it is time to look after this person."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The person chose a group or channel by Telegram's own button."""

    group: int


@dataclass(frozen=True, slots=True)
class Invited:
    """The person opened the link by which a member of that group joins its counter."""

    group: int


@dataclass(frozen=True, slots=True)
class GroupNews:
    """Something of a group that concerns the person who set it up, or who just did something there.

    `kind` is a screen of the flow `group`, `why` a closed word that it needs.
    """

    group: int
    kind: str
    why: str = ""
    moved_to: int | None = None


Happening = (
    Text
    | Command
    | Press
    | Attachment
    | Found
    | Unreadable
    | Taken
    | Filled
    | Shared
    | Invited
    | GroupNews
    | Membership
    | Nudged
)


@dataclass(frozen=True, slots=True)
class Event:
    """A happening in one private chat. `language_code` is Telegram's guess (IETF), None if it sent none."""

    chat_id: int
    happening: Happening
    language_code: str | None = None
    update_id: int | None = None
    standings: Mapping[int, Standing] = field(default_factory=dict)
    """How the person stands in groups that this may be about, by their numbers."""
