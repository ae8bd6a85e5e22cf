from __future__ import annotations


async def test_a_person_starts_and_the_bot_answers(sandbox):
    anna = await sandbox.person("Anna")
    await sandbox.start(anna, "de_facebook")

    [update] = await sandbox.ok("getUpdates")
    assert update["message"]["text"] == "/start de_facebook"
    await sandbox.ok("sendMessage", chat_id=anna, text="Good day")
    messages = await sandbox.messages(anna)
    assert [message["text"] for message in messages] == ["/start de_facebook", "Good day"]
