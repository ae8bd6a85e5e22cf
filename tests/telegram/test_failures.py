from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.failures import LONGEST_PAUSE, Failed, Failure, classify, pause_after

CLASSES = [
    (Forbidden("Forbidden: bot was blocked by the user"), Failure.UNREACHABLE),
    (Forbidden("Forbidden: user is deactivated"), Failure.UNREACHABLE),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Failure.UNREACHABLE),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Failure.UNREACHABLE),
    (BadRequest("Group chat was deactivated"), Failure.UNREACHABLE),
    (Forbidden("CHAT_WRITE_FORBIDDEN"), Failure.NO_RIGHT),
    (BadRequest("Not enough rights to send text messages to the chat"), Failure.NO_RIGHT),
    (BadRequest("Message thread not found"), Failure.TOPIC),
    (BadRequest("TOPIC_CLOSED"), Failure.TOPIC),
    (BadRequest("Bad Request: chat not found"), Failure.UNREACHABLE),
    (BadRequest("PEER_ID_INVALID"), Failure.UNREACHABLE),
    (
        BadRequest("Message is not modified: specified new message content and reply markup are exactly the same"),
        Failure.DONE,
    ),
    (BadRequest("Message to edit not found"), Failure.NEW_MESSAGE),
    (BadRequest("Message can't be edited"), Failure.NEW_MESSAGE),
    (BadRequest("MESSAGE_ID_INVALID"), Failure.NEW_MESSAGE),
    (BadRequest("Message identifier is not specified"), Failure.NEW_MESSAGE),
    (BadRequest("Can't parse entities: unsupported start tag"), Failure.WRONG),
    (BadRequest("Message text is empty"), Failure.WRONG),
    (BadRequest("BUTTON_DATA_INVALID"), Failure.WRONG),
    (InvalidToken(), Failure.TOKEN),
    (TimedOut(), Failure.AGAIN),
    (NetworkError("Bad Gateway"), Failure.AGAIN),
    (Conflict("terminated by other getUpdates request"), Failure.AGAIN),
    (EndPointNotFound("Not Found"), Failure.AGAIN),
    (TelegramError("something new"), Failure.AGAIN),
]


@pytest.mark.parametrize(("error", "failure"), CLASSES, ids=lambda value: getattr(value, "message", None))
def test_every_refusal_has_its_class(error, failure):
    assert classify(error) == Failed(failure)


def test_a_group_that_moved_says_where_to():
    assert classify(ChatMigrated(-100123)) == Failed(Failure.MOVED, moved_to=-100123)


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_telegrams_own_pause_is_kept(wait, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert classify(RetryAfter(wait)) == Failed(Failure.WAIT, timedelta(seconds=7))


def test_tries_lie_farther_and_farther_apart_up_to_ten_minutes():
    pauses = [pause_after(attempts) for attempts in range(40)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
