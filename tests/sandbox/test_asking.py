"""The keyboard below a chat by which a group is chosen, as strict as Telegram's."""

from __future__ import annotations

import pytest

from bot.sandbox.seed import FIRST_PERSON, GROUP_ID

RENATE, KATHARINA = FIRST_PERSON, FIRST_PERSON + 3
RIGHTS = {"can_manage_chat": True}


def keyboard(**request):
    asked = {"request_id": 1, "chat_is_channel": False, "bot_is_member": True} | request
    return {"keyboard": [[{"text": "A group", "request_chat": asked}], [{"text": "None"}]], "one_time_keyboard": True}


async def asked(sandbox, person, **request):
    await sandbox.start(person)
    return await sandbox.api("sendMessage", chat_id=person, text="x", reply_markup=keyboard(**request))


async def test_who_chooses_a_group_lets_the_bot_in_and_shares_its_number(sandbox):
    group = await sandbox.group(KATHARINA)
    assert (await asked(sandbox, KATHARINA, user_administrator_rights=RIGHTS))["ok"]
    await sandbox.post(f"/sandbox/chats/{KATHARINA}/share", chat_id=group)
    updates = await sandbox.ok("getUpdates")
    kinds = [kind for update in updates for kind in update if kind != "update_id"]
    assert kinds == ["message", "my_chat_member", "message", "message"]
    assert updates[-1]["message"]["chat_shared"] == {"request_id": 1, "chat_id": group}
    assert updates[1]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_only_groups_that_somebody_runs_are_offered_where_the_button_wants_that(sandbox):
    await asked(sandbox, RENATE, user_administrator_rights=RIGHTS)
    answer = await sandbox.http.post(f"/sandbox/chats/{RENATE}/share", json={"chat_id": GROUP_ID})
    assert (answer.status_code, "does not run that group" in answer.text) == (409, True)


async def test_without_the_keyboard_nothing_can_be_chosen(sandbox):
    await asked(sandbox, KATHARINA)
    await sandbox.ok("sendMessage", chat_id=KATHARINA, text="x", reply_markup={"remove_keyboard": True})
    answer = await sandbox.http.post(f"/sandbox/chats/{KATHARINA}/share", json={"chat_id": GROUP_ID})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("chat", "markup"),
    [
        (KATHARINA, {"keyboard": "x"}),
        (KATHARINA, {"keyboard": [[{"text": " "}]]}),
        (KATHARINA, {"keyboard": [[{"text": "x", "request_chat": {"request_id": "1", "chat_is_channel": False}}]]}),
        (KATHARINA, {"keyboard": [[{"text": "x", "request_chat": {"request_id": 1}}]]}),
        (KATHARINA, keyboard(bot_administrator_rights={"can_post_messages": True})),
        (GROUP_ID, keyboard()),
    ],
)
async def test_a_keyboard_that_telegram_would_refuse_is_refused(sandbox, chat, markup):
    await sandbox.start(KATHARINA)
    answer = await sandbox.api(
        "sendMessage", chat_id=chat, message_thread_id=2 if chat < 0 else None, text="x", reply_markup=markup
    )
    assert (answer["ok"], answer["error_code"]) == (False, 400)
