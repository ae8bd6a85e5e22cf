from __future__ import annotations

import pytest

from bot.sandbox.seed import FIRST_PERSON, GROUP_ID

RENATE, KATHARINA = FIRST_PERSON, FIRST_PERSON + 3


async def texts(sandbox):
    return [update["message"].get("text") for update in await sandbox.ok("getUpdates") if "message" in update]


async def test_in_privacy_mode_a_bot_sees_commands_and_replies_to_it_only(sandbox):
    sent = await sandbox.ok("sendMessage", chat_id=GROUP_ID, message_thread_id=2, text="news")
    for said in ("hello", "/status", "/status@other_bot", "/status@objection_sandbox_bot"):
        await sandbox.say(GROUP_ID, said, by=RENATE, thread=2)
    await sandbox.say(GROUP_ID, "thanks", by=RENATE, thread=2, reply_to=sent["message_id"])

    assert await texts(sandbox) == ["/status", "/status@objection_sandbox_bot", "thanks"]


async def test_an_administrator_bot_sees_everything(sandbox):
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/bot/promote")
    await sandbox.say(GROUP_ID, "hello", by=RENATE)

    assert "hello" in await texts(sandbox)


@pytest.mark.parametrize(
    ("deed", "code", "description"),
    [
        ("kick", 403, "Forbidden: bot was kicked from the supergroup chat"),
        ("mute", 400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_group_may_shut_the_bot_out(sandbox, deed, code, description):
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/bot/{deed}", **{"from": KATHARINA})
    answer = await sandbox.api("sendMessage", chat_id=GROUP_ID, text="x")
    updates = await sandbox.ok("getUpdates")

    assert (answer["error_code"], answer["description"]) == (code, description)
    told = updates[0]["my_chat_member"]
    assert (told["from"]["id"], told["new_chat_member"]["status"]) == (
        KATHARINA,
        {"kick": "kicked", "mute": "restricted"}[deed],
    )


async def test_topics_are_known_by_their_number_and_can_be_closed(sandbox):
    fine = await sandbox.ok("sendMessage", chat_id=GROUP_ID, message_thread_id=2, text="x")
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/topics/2", closed=True)
    answers = [await sandbox.api("sendMessage", chat_id=GROUP_ID, message_thread_id=at, text="x") for at in (2, 1, 77)]

    assert (fine["message_thread_id"], fine["is_topic_message"]) == (2, True)
    assert [answer["description"] for answer in answers] == [
        "Bad Request: TOPIC_CLOSED", "Bad Request: message thread not found", "Bad Request: message thread not found",
    ]  # fmt: skip


async def test_a_group_that_became_a_supergroup_says_where_it_went(sandbox):
    small = await sandbox.group(RENATE, type="group", bot="member")
    grown = (await sandbox.post(f"/sandbox/chats/{small}/migrate"))["chat_id"]
    answer = await sandbox.api("sendMessage", chat_id=small, text="x")
    updates = [update["message"] for update in await sandbox.ok("getUpdates")]

    assert answer["parameters"] == {"migrate_to_chat_id": grown}
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert [message.get("migrate_to_chat_id", message.get("migrate_from_chat_id")) for message in updates] == [
        grown,
        small,
    ]
    assert (await sandbox.api("sendMessage", chat_id=grown, text="x"))["ok"]


async def test_in_a_group_the_bot_deletes_only_its_own_unless_it_is_an_administrator(sandbox):
    said = await sandbox.say(GROUP_ID, "/status", by=RENATE)
    sent = await sandbox.ok("sendMessage", chat_id=GROUP_ID, text="x")

    refused = await sandbox.api("deleteMessage", chat_id=GROUP_ID, message_id=said["message_id"])
    assert refused["description"] == "Bad Request: message can't be deleted"
    assert await sandbox.ok("deleteMessage", chat_id=GROUP_ID, message_id=sent["message_id"])
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/bot/promote")
    assert await sandbox.ok("deleteMessage", chat_id=GROUP_ID, message_id=said["message_id"])


async def test_only_members_talk_in_a_group(sandbox):
    stranger = await sandbox.person("Bo")

    said = await sandbox.http.post(f"/sandbox/chats/{GROUP_ID}/messages", json={"from": stranger, "text": "x"})
    assert said.status_code == 403


async def test_an_anonymous_administrator_speaks_as_the_group(sandbox):
    await sandbox.say(GROUP_ID, "/watch", by=KATHARINA, thread=2, anonymous=True)

    [update] = await sandbox.ok("getUpdates")
    message = update["message"]
    assert (message["from"]["username"], message["sender_chat"]["id"]) == ("GroupAnonymousBot", GROUP_ID)
