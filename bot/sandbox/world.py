"""What the sandbox holds, all of it in memory: people, chats, messages, files and switches."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.changes import Changes
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.meta.switches import Switches
from bot.sandbox.profile import Profile
from bot.sandbox.timeline import Timeline
from bot.sandbox.updates import Updates

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.telegram_html import Entity

Json = dict[str, Any]
KEPT_CALLS = 2000
KEPT_MESSAGES = 2000
PLACES = ("app", "phone", "computer")
"""Where somebody may be logged in: Meta's app, the browser on the phone, a computer."""


@dataclass(slots=True)
class Mail:
    """A mail of Meta's to a person, as the sandbox plays it."""

    at: datetime
    subject: str
    text: str


@dataclass(slots=True)
class Person:
    """Somebody to play as. `country` is where the accounts are registered."""

    id: int
    first_name: str
    language_code: str | None
    country: str
    lives_in: str
    logins: dict[str, set[str]] = field(default_factory=dict)
    """Service → places where this person is logged in."""
    opens_in: str = "phone"
    """The place in which a link from the chat opens."""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    mails: list[Mail] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)
    """Forms of Meta's that this person has sent: form, country, time."""

    @property
    def email(self) -> str:
        """The address of the accounts; an example, by its domain."""
        return f"{self.first_name.lower()}@example.org"


@dataclass(slots=True)
class Topic:
    """A topic of a forum. General has the id 1."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Message:
    """One message. `content` holds the Bot API's fields for anything that is not text."""

    id: int
    chat: int
    sender: int | None
    """A person's id; None is the bot."""
    date: int
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    content: Json = field(default_factory=dict)
    keyboard: list[list[Json]] = field(default_factory=list)
    thread: int | None = None
    reply_to: int | None = None
    anonymous: bool = False
    edit_date: int | None = None
    deleted: bool = False
    once_shown: set[str] = field(default_factory=set)
    """All callback data this message ever had: an old client still shows an old button."""
    revision: int = 0


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), a group or a channel."""

    id: int
    type: str
    title: str = ""
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    """Person → `creator`, `administrator`, `member`."""
    bot: str = "member"
    """The bot's own status: `member`, `administrator`, `restricted` (may not write), `left`, `kicked`."""
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message: int = 0
    migrated_to: int | None = None
    asking: list[list[Json]] = field(default_factory=list)
    """The keyboard below a private chat."""


@dataclass(slots=True)
class File:
    """A file that somebody sent."""

    id: str
    path: str
    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Question:
    """What somebody typed behind the bot's name in a chat (inline mode), and the results that it got."""

    id: str
    person: int
    chat: int
    text: str
    offset: str
    at: datetime
    results: list[Json] | None = None
    """As they are put into the chat: `id`, `title`, `description`, `text`, `entities`, `content`, `keyboard`."""
    next_offset: str = ""
    for_anybody: bool = False
    cached_until: datetime | None = None


@dataclass(slots=True)
class Press:
    """A button that was pressed and waits for its answer."""

    id: str
    at: datetime
    answer: Json | None = None
    answered: bool = False


def shown(keyboard: list[list[Json]]) -> set[str]:
    """The callback data of a keyboard's buttons."""
    return {button["callback_data"] for row in keyboard for button in row if "callback_data" in button}


@dataclass(slots=True)
class World:
    """Everything there is."""

    clock: Timeline = field(default_factory=Timeline)
    changes: Changes = field(default_factory=Changes)
    updates: Updates = field(default_factory=Updates)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    switches: Switches = field(default_factory=Switches)
    profile: Profile = field(default_factory=Profile)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    calls: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))
    seen: dict[tuple[int, int], int] = field(default_factory=dict)
    """The newest message that the page has shown, by (person, chat)."""
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, of: str, first: int = 1) -> int:
        """The next number of a kind."""
        self.numbers[of] = self.numbers.get(of, first - 1) + 1
        return self.numbers[of]

    def now(self) -> int:
        """The sandbox's time as Telegram writes it."""
        return int(self.clock.now().timestamp())

    def close(self) -> None:
        """End all waiting: the sandbox stops."""
        for changes in (self.changes, self.updates.changes, self.clock.moves):
            changes.close()

    def changed(self, message: Message | None = None) -> None:
        """Something to be seen has changed."""
        self.changes.happen()
        if message:
            message.revision = self.changes.revision

    def add_message(self, chat: Chat, message: Message) -> Message:
        """Put a message at the end of its chat, which forgets its oldest ones."""
        chat.messages[message.id] = message
        message.once_shown |= shown(message.keyboard)
        if len(chat.messages) > KEPT_MESSAGES:
            del chat.messages[next(iter(chat.messages))]
        self.changed(message)
        return message

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels count by themselves; all other chats of a bot share one number, as in Telegram."""
        own = chat.type in {"supergroup", "channel"}
        chat.last_message = self.number(f"message {chat.id}" if own else "message")
        return chat.last_message
