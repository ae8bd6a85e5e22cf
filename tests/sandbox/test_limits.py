from __future__ import annotations

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Limits


def refused(limits, chat, at):
    try:
        limits.admit(chat, at)
    except ApiError as error:
        return error.parameters["retry_after"]
    return 0


def test_a_chat_takes_a_burst_of_five_then_one_a_second():
    limits = Limits()

    assert [refused(limits, 1, 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert [refused(limits, 1, at) for at in (0.5, 1.0, 1.1, 2.2, 3.3)] == [1, 1, 1, 0, 0]


def test_who_was_refused_stays_refused_until_the_time_is_over():
    limits = Limits()
    for _ in range(6):
        refused(limits, 1, 0.0)

    assert refused(limits, 1, 0.9) == 1
    assert refused(limits, 1, 1.5) == 1
    assert refused(limits, 1, 2.5) == 0


def test_all_chats_together_take_thirty_in_any_second():
    limits = Limits()

    assert sum(refused(limits, chat, 0.01 * chat) == 0 for chat in range(1, 41)) == 30
    assert refused(limits, 99, 1.05) == 0


def test_a_group_takes_twenty_a_minute():
    limits = Limits()
    sent = [refused(limits, -1, 1.5 * at) for at in range(21)]

    assert sent == [0] * 20 + [30]


def test_without_bulk_limit_everything_passes():
    limits = Limits(bulk=False)

    assert not any(refused(limits, 1, 0.0) for _ in range(1000))


async def test_over_http_it_is_a_429_with_the_seconds_to_wait(sandbox):
    anna = await sandbox.person("Anna")
    await sandbox.start(anna)
    answers = [await sandbox.api("sendMessage", chat_id=anna, text=str(at)) for at in range(7)]

    refusal = next(answer for answer in answers if not answer["ok"])
    assert refusal["error_code"] == 429
    assert refusal["description"] == "Too Many Requests: retry after 1"
    assert refusal["parameters"] == {"retry_after": 1}
    await sandbox.limits(bulk=False)
    assert (await sandbox.api("sendMessage", chat_id=anna, text="free"))["ok"]


@pytest.mark.parametrize("method", ["deleteMessage", "sendChatAction", "getChat"])
async def test_what_sends_nothing_is_not_counted(sandbox, method):
    anna = await sandbox.person("Anna")
    await sandbox.start(anna)

    more = {"deleteMessage": {"message_id": 9}, "sendChatAction": {"action": "typing"}}.get(method, {})
    answers = [await sandbox.api(method, chat_id=anna, **more) for _ in range(12)]
    assert all(answer.get("error_code") != 429 for answer in answers)
