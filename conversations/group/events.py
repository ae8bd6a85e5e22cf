"""What happened in a group or channel, as far as it concerns the bot. All else is dropped unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.standings import Place, Standing


@dataclass(frozen=True, slots=True)
class GroupCommand:
    """A command in a group. `countries` are those that its argument can mean, None where it had none."""

    name: str
    message_id: int
    topic: int | None = None
    countries: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class GroupPress:
    """A pressed button under a message in a group. Anybody there can press it, and forge its data."""

    callback_id: str
    data: str


@dataclass(frozen=True, slots=True)
class BotStands:
    """The bot was added, removed, promoted, muted …"""

    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with another number."""

    to: int


@dataclass(frozen=True, slots=True)
class NotPosted:
    """An answer could not be posted there; `why` is the failure's name (`topic`, `no_right`, `unreachable`)."""

    why: str


GroupHappening = GroupCommand | GroupPress | BotStands | Moved | NotPosted


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """A happening in one group or channel.

    `actor` is who did it, None where that is hidden; `vouched` where Telegram itself says that it was an admin (an
    anonymous one, a post of a channel).
    """

    chat_id: int
    happening: GroupHappening
    actor: int | None = None
    vouched: bool = False
    language_code: str | None = None
    update_id: int | None = None
    is_forum: bool = False
    is_channel: bool = False
    standing: Standing | None = None
    """The actor's, asked of Telegram where the decision needs it."""

    @property
    def is_admin(self) -> bool | None:
        """May the actor change the group's settings? None: Telegram did not say."""
        if self.vouched:
            return True
        return self.standing.is_admin if self.standing else None
