"""A channel: only those who run it post, the bot as an administrator or not at all, nothing is said of who comes."""

from __future__ import annotations

import pytest

from bot.sandbox.seed import CHANNEL_ID, FIRST_PERSON

RENATE, KATHARINA = FIRST_PERSON, FIRST_PERSON + 3
ASKS = {
    "request_id": 2, "chat_is_channel": True,
    "user_administrator_rights": {"can_post_messages": True}, "bot_administrator_rights": {"can_post_messages": True},
}  # fmt: skip


async def offered(sandbox, person):
    await sandbox.start(person)
    keys = {"keyboard": [[{"text": "A channel", "request_chat": ASKS}]]}
    await sandbox.ok("sendMessage", chat_id=person, text="Which?", reply_markup=keys)


async def test_who_runs_a_channel_lets_the_bot_in_by_its_button_and_it_can_post(sandbox):
    before = await sandbox.api("sendMessage", chat_id=CHANNEL_ID, text="x")
    assert before["description"] == "Forbidden: bot is not a member of the channel chat"
    await offered(sandbox, KATHARINA)
    await sandbox.post(f"/sandbox/chats/{KATHARINA}/share", chat_id=CHANNEL_ID)

    _, let_in, shared = await sandbox.ok("getUpdates")
    rights = let_in["my_chat_member"]["new_chat_member"]
    assert (rights["status"], rights["can_post_messages"], "can_pin_messages" in rights) == (
        "administrator", True, False,
    )  # fmt: skip
    assert shared["message"]["chat_shared"] == {"request_id": 2, "chat_id": CHANNEL_ID}
    sent = await sandbox.ok("sendMessage", chat_id=CHANNEL_ID, text="News")
    assert ("from" in sent, sent["sender_chat"]["title"]) == (False, "Notes on Meta")
    [seen] = await sandbox.messages(CHANNEL_ID)
    assert (seen["name"], seen["by_bot"]) == ("Notes on Meta", True), "nobody is said to have joined"


async def test_subscribers_are_offered_nothing_and_can_not_post(sandbox):
    await offered(sandbox, RENATE)
    shared = await sandbox.http.post(f"/sandbox/chats/{RENATE}/share", json={"chat_id": CHANNEL_ID})
    said = await sandbox.http.post(f"/sandbox/chats/{CHANNEL_ID}/messages", json={"from": RENATE, "text": "hello"})
    assert (shared.status_code, said.status_code) == (409, 403)


async def test_a_post_reaches_the_bot_as_one_of_the_channel(sandbox):
    await sandbox.post(f"/sandbox/chats/{CHANNEL_ID}/bot/promote", **{"from": KATHARINA})
    await sandbox.say(CHANNEL_ID, "/watch", by=KATHARINA)
    [*_, update] = await sandbox.ok("getUpdates")
    assert (update["channel_post"]["text"], "from" in update["channel_post"]) == ("/watch", False)
    assert update["channel_post"]["sender_chat"]["id"] == CHANNEL_ID


@pytest.mark.parametrize("deed", ["add", "mute", "demote"])
async def test_in_a_channel_the_bot_is_an_administrator_or_not_there(sandbox, deed):
    refused = await sandbox.http.post(f"/sandbox/chats/{CHANNEL_ID}/bot/{deed}", json={"from": KATHARINA})
    assert refused.status_code == 409
    await sandbox.post(f"/sandbox/chats/{CHANNEL_ID}/bot/promote")
    await sandbox.post(f"/sandbox/chats/{CHANNEL_ID}/bot/kick")
    answer = await sandbox.api("sendMessage", chat_id=CHANNEL_ID, text="x")
    assert answer["description"] == "Forbidden: bot was kicked from the channel chat"


async def test_a_channel_can_be_made(sandbox):
    made = await sandbox.group(RENATE, KATHARINA, type="channel", bot="administrator")
    assert (await sandbox.ok("sendMessage", chat_id=made, text="x"))["chat"]["type"] == "channel"
