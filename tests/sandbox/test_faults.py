from __future__ import annotations

import httpx
import pytest


@pytest.fixture
async def anna(sandbox):
    person = await sandbox.person("Anna")
    await sandbox.start(person)
    return person


async def test_an_ordered_refusal_hits_as_often_as_ordered(sandbox, anna):
    await sandbox.fault("sendMessage", times=2, error_code=429, description="Too Many Requests", retry_after=7)
    answers = [await sandbox.api("sendMessage", chat_id=anna, text="x") for _ in range(3)]

    assert [answer["ok"] for answer in answers] == [False, False, True]
    assert answers[0]["parameters"] == {"retry_after": 7}


async def test_a_fault_can_be_for_one_chat_and_for_all_methods(sandbox, anna):
    bo = await sandbox.person("Bo")
    await sandbox.start(bo)
    await sandbox.fault("*", chat_id=bo, error_code=502, description="Bad Gateway")

    assert (await sandbox.api("sendMessage", chat_id=anna, text="x"))["ok"]
    assert (await sandbox.api("sendChatAction", chat_id=bo, action="typing"))["error_code"] == 502


@pytest.mark.parametrize(("when", "texts"), [("before", ["/start"]), ("after", ["/start", "x"])])
async def test_a_connection_breaks_before_or_after_the_deed(sandbox, anna, when, texts):
    await sandbox.fault("sendMessage", reset=when)

    with pytest.raises(httpx.TransportError):
        await sandbox.api("sendMessage", chat_id=anna, text="x")
    assert [message["text"] for message in await sandbox.messages(anna)] == texts


async def test_an_answer_can_be_late(sandbox, anna):
    await sandbox.fault("sendMessage", delay=0.5)

    with pytest.raises(httpx.ReadTimeout):
        await sandbox.http.post("/bot1234567:token-of-good-shape/sendMessage",
                                json={"chat_id": anna, "text": "x"}, timeout=httpx.Timeout(30, read=0.1))  # fmt: skip


async def test_the_log_of_calls_tells_what_the_bot_did_without_its_token(sandbox, anna):
    await sandbox.ok("sendMessage", chat_id=anna, text="x")
    await sandbox.api("sendMessage", chat_id=anna, text="")
    calls = await sandbox.calls("sendmessage")

    assert [(call["params"].get("text"), call["error"]) for call in calls] == [
        ("x", None), (None, "Bad Request: message text is empty"),
    ]  # fmt: skip
    assert "token" not in str(calls)
    assert await sandbox.calls(after=calls[-1]["number"]) == []


@pytest.mark.parametrize("fault", [{}, {"reset": "sometimes"}, {"boom": 1}])
async def test_an_unknown_fault_is_refused(sandbox, fault):
    assert (await sandbox.http.post("/sandbox/faults", json={"fault": fault})).status_code == 400
