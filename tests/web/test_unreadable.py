from tests.bot_in_sandbox import running_bot


async def test_an_update_that_can_not_be_read_holds_up_nobody(tmp_path):
    async with running_bot(tmp_path) as town:
        anna = await town.person("Anna", "en")
        chat = {"id": anna.chat, "type": "private", "first_name": "Anna"}
        unreadable = {"message_id": 1, "date": 10**18, "chat": chat, "text": "x"}
        queued = await town.sandbox.post("/sandbox/updates", kind="message", content=unreadable)
        await anna.start("de_facebook")
        anna.reads("Is your account registered in Germany?")
        assert queued["update_id"] in (await town.app.store.gather([queued["update_id"]], [])).seen
