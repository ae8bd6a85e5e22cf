"""What a failed call means, by classes (Bot API: error_code, description, parameters)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=10)
UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "group chat was deleted",
)
SAME = "message is not modified"
TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
NO_RIGHT = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_restricted")
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
"""The last one: a message whose number is 0, as Telegram gives it until it is really sent (Bot API: Message)."""


class Failure(StrEnum):
    """What is to be done about it."""

    WAIT = "wait"
    """Telegram asked for a pause (429); it stops this chat."""
    AGAIN = "again"
    """Network or Telegram's side: try again later. It may have arrived all the same."""
    UNREACHABLE = "unreachable"
    """Blocked, deactivated, gone: nothing more for this chat until it writes."""
    MOVED = "moved"
    """The group became a supergroup with another number."""
    TOPIC = "topic"
    """The topic is closed or gone."""
    NO_RIGHT = "no_right"
    """The bot is there and may not write."""
    DONE = "done"
    """Nothing to do: what was wanted holds already."""
    NEW_MESSAGE = "new_message"
    """The message can't be edited any more: say it anew."""
    WRONG = "wrong"
    """Telegram refuses what we made: our fault, told to the operator, not tried again."""
    TOKEN = "token"  # noqa: S105  # the failure's name
    """The token is refused: nothing goes until it is put right."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure with the pause that Telegram asked for."""

    failure: Failure
    pause: timedelta = timedelta()
    moved_to: int = 0


def classify(error: TelegramError) -> Failed:  # noqa: PLR0911  # a class a line
    """The class of an error."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Failed(Failure.WAIT, wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case Forbidden():
            return Failed(Failure.NO_RIGHT if _is_in(NO_RIGHT, error) else Failure.UNREACHABLE)
        case InvalidToken():
            return Failed(Failure.TOKEN)
        case ChatMigrated():
            return Failed(Failure.MOVED, moved_to=error.new_chat_id)
        case BadRequest():
            return Failed(_refused(error.message.lower()))
        case NetworkError():
            return Failed(Failure.AGAIN)
        case _:
            return Failed(Failure.AGAIN)


def _is_in(texts: tuple[str, ...], error: TelegramError) -> bool:
    return any(text in error.message.lower() for text in texts)


def _refused(message: str) -> Failure:
    if SAME in message:
        return Failure.DONE
    if any(text in message for text in NOT_EDITABLE):
        return Failure.NEW_MESSAGE
    if any(text in message for text in TOPIC):
        return Failure.TOPIC
    if any(text in message for text in NO_RIGHT):
        return Failure.NO_RIGHT
    if any(text in message for text in UNREACHABLE):
        return Failure.UNREACHABLE
    return Failure.WRONG


def pause_after(attempts: int) -> timedelta:
    """How long to wait before the next try: doubled each time, at most ten minutes."""
    return min(FIRST_PAUSE * int(2 ** min(attempts, 12)), LONGEST_PAUSE)
