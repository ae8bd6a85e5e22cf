from __future__ import annotations

import asyncio

import pytest

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes:1"}]]}


@pytest.fixture
async def asked(sandbox):
    """Anna, and the message with a button that she has before her."""
    anna = await sandbox.person("Anna")
    await sandbox.start(anna)
    message = await sandbox.ok("sendMessage", chat_id=anna, text="Really?", reply_markup=KEYS)
    [update] = await sandbox.ok("getUpdates")
    await sandbox.ok("getUpdates", offset=update["update_id"] + 1)
    return anna, message["message_id"]


async def next_query(sandbox):
    [update] = await sandbox.ok("getUpdates", timeout=5)
    await sandbox.ok("getUpdates", offset=update["update_id"] + 1)
    return update["callback_query"]


async def test_a_press_gets_the_bots_answer(sandbox, asked):
    async with asyncio.TaskGroup() as group:
        press = group.create_task(sandbox.press(*asked, "yes:1"))
        query = await next_query(sandbox)
        await sandbox.ok("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)

    assert (query["data"], query["message"]["text"], query["from"]["first_name"]) == ("yes:1", "Really?", "Anna")
    assert press.result() == {"text": "Noted", "show_alert": True, "url": None}


async def test_a_press_can_be_answered_once_and_for_150_seconds(sandbox, asked):
    await sandbox.press(*asked, "yes:1", wait=0)
    first = await next_query(sandbox)
    await sandbox.ok("answerCallbackQuery", callback_query_id=first["id"])
    twice = await sandbox.api("answerCallbackQuery", callback_query_id=first["id"])
    await sandbox.press(*asked, "yes:1", wait=0)
    second = await next_query(sandbox)
    await sandbox.advance("10 minutes")
    late = await sandbox.api("answerCallbackQuery", callback_query_id=second["id"])

    assert {twice["description"], late["description"]} == {TOO_OLD}


async def test_words_on_a_press_have_200_characters(sandbox, asked):
    await sandbox.press(*asked, "yes:1", wait=0)
    query = await next_query(sandbox)

    answer = await sandbox.api("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_an_old_button_can_still_be_pressed_but_not_one_that_never_was(sandbox, asked):
    anna, message_id = asked
    await sandbox.ok("editMessageText", chat_id=anna, message_id=message_id, text="Done")

    await sandbox.press(anna, message_id, "yes:1", wait=0)
    assert (await next_query(sandbox))["message"]["text"] == "Done"
    never = await sandbox.http.post(f"/sandbox/chats/{anna}/press", json={"message_id": message_id, "data": "no"})
    assert never.status_code == 409
    await sandbox.press(anna, message_id, "no", forged=True, wait=0)
    assert (await next_query(sandbox))["data"] == "no"


async def test_a_button_of_a_deleted_message_comes_without_its_text(sandbox, asked):
    anna, message_id = asked
    await sandbox.ok("deleteMessage", chat_id=anna, message_id=message_id)
    await sandbox.press(anna, message_id, "yes:1", wait=0)

    message = (await next_query(sandbox))["message"]
    assert (message["date"], "text" in message) == (0, False)
