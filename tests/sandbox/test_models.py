"""Everything the sandbox gives out is held against two descriptions of the Bot API that are not ours."""

from __future__ import annotations

import pytest

from bot.sandbox.seed import CHANNEL_ID, GROUP_ID
from tests.telegram_models import SPEC, SPEC_MISSING, check_call, check_result, check_update, spec, spec_problems

KEYS = {
    "inline_keyboard": [
        [{"text": "Press", "callback_data": "a"}, {"text": "Copy", "copy_text": {"text": "words"}}],
        [{"text": "Open", "url": "https://www.facebook.com/help"}],
    ]
}
TEXT = 'See <b>this</b>, <a href="https://meta.com">that</a>, <pre><code class="language-py">x</code></pre> and /help'
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
COMMANDS = [{"command": "start", "description": "Begin"}]


class Recorder:
    """Calls as a bot, and keeps every call with its result and every update."""

    def __init__(self, sandbox):
        self.sandbox, self.results, self.updates = sandbox, [], []

    async def __call__(self, method, **params):
        result = await self.sandbox.ok(method, **params)
        self.results.append((method, params, result))
        if method == "getUpdates" and result:
            self.updates += result
            await self.sandbox.ok("getUpdates", offset=result[-1]["update_id"] + 1)
        return result


async def play(sandbox):
    """A bit of everything that the sandbox can do."""
    call = Recorder(sandbox)
    await sandbox.limits(bulk=False)
    await call("getUpdates", allowed_updates=KINDS)
    anna = await sandbox.person("Anna", language_code=None)
    await people_talk(sandbox, call, anna)
    await bot_talks(sandbox, call, anna)
    await groups_live(sandbox, call, anna)
    await asked_inline(sandbox, call, anna)
    await channels_live(sandbox, call)
    await call("getUpdates")
    return call


async def people_talk(sandbox, call, anna):
    await sandbox.start(anna, "de_facebook")
    for kind in ("photo", "voice", "sticker", "location", "contact"):
        await sandbox.say(anna, **{kind: True})
    document = await sandbox.say(anna, "caption", document={"name": "a.json", "content": "e30="})
    await sandbox.say(anna, "write to a@b.de or see https://meta.com", forward=True)
    said = await sandbox.say(anna, "reply", reply_to=document["message_id"])
    await sandbox.post(f"/sandbox/chats/{anna}/edit", message_id=said["message_id"], text="changed")
    await call("getFile", file_id=document["content"]["document"]["file_id"])
    for deed in ("block", "unblock"):
        await sandbox.post(f"/sandbox/people/{anna}/{deed}")


async def bot_talks(sandbox, call, anna):
    sent = await call("sendMessage", chat_id=anna, text=TEXT, parse_mode="HTML", reply_markup=KEYS,
                      link_preview_options={"is_disabled": True}, protect_content=True)  # fmt: skip
    where = {"chat_id": anna, "message_id": sent["message_id"]}
    await sandbox.press(anna, sent["message_id"], "a", wait=0)
    [update] = (await call("getUpdates"))[-1:]
    await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="ok")
    await call("editMessageText", **where, text="two", reply_markup=KEYS)
    await call("editMessageReplyMarkup", **where)
    await call("sendMessage", chat_id=anna, text="answer", reply_parameters={"message_id": sent["message_id"]})
    await call("sendChatAction", chat_id=anna, action="typing")
    await call("deleteMessage", **where)
    await call("deleteMessages", chat_id=anna, message_ids=[1, 2])
    await sandbox.press(anna, sent["message_id"], "a", wait=0)
    await profile(call, anna)


async def profile(call, anna):
    for method in ("getMe", "getWebhookInfo"):
        await call(method)
    await call("setMyCommands", commands=COMMANDS, scope={"type": "all_private_chats"}, language_code="de")
    await call("getMyCommands", scope={"type": "all_private_chats"}, language_code="de")
    await call("deleteMyCommands")
    for setting, name in {
        "Name": "name",
        "Description": "description",
        "ShortDescription": "short_description",
    }.items():
        await call(f"setMy{setting}", **{name: "words"})
        await call(f"getMy{setting}", language_code="de")
    await call("setWebhook", url="http://127.0.0.1:9/hook", secret_token="s", allowed_updates=["message"])
    await call("getWebhookInfo")
    await call("deleteWebhook", drop_pending_updates=False)
    await call("getUpdates", allowed_updates=KINDS)
    await call("getChat", chat_id=anna)
    await call("getChatMember", chat_id=anna, user_id=anna)


async def groups_live(sandbox, call, anna):
    katharina = 7000000004
    await sandbox.say(GROUP_ID, "/status", by=katharina, thread=2, anonymous=True)
    await call("sendMessage", chat_id=GROUP_ID, message_thread_id=2, text="All is well")
    for deed in ("promote", "mute", "kick", "add", "promote"):
        await sandbox.post(f"/sandbox/chats/{GROUP_ID}/bot/{deed}")
        for user in (katharina, 123456789, anna, 7000000001):
            if deed != "kick":
                await call("getChatMember", chat_id=GROUP_ID, user_id=user)
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/members", person=anna, status="member")
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/members", person=anna, status="left")
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/topics", name="New")
    await sandbox.post(f"/sandbox/chats/{GROUP_ID}/topics/2", closed=True)
    await call("getChat", chat_id=GROUP_ID)
    await call("getChatAdministrators", chat_id=GROUP_ID)
    small = await sandbox.group(anna, type="group", bot="member")
    await sandbox.post(f"/sandbox/chats/{small}/migrate")
    await call("leaveChat", chat_id=GROUP_ID)


async def asked_inline(sandbox, call, anna):
    await call("getUpdates", allowed_updates=[*KINDS, "inline_query"])
    asked = await sandbox.ask(anna, "DE", wait=0)
    result = {
        "type": "article", "id": "DE", "title": "Germany", "description": "as seen",
        "input_message_content": {"message_text": "<b>Germany</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": KEYS["inline_keyboard"][1:]},
    }  # fmt: skip
    await call("answerInlineQuery", inline_query_id=asked["id"], results=[result], cache_time=60, is_personal=True)
    await sandbox.choose(anna, asked["id"], "DE")


async def channels_live(sandbox, call):
    katharina = 7000000004
    await sandbox.post(f"/sandbox/chats/{CHANNEL_ID}/bot/promote", **{"from": katharina})
    await call("getUpdates", allowed_updates=[*KINDS, "inline_query", "channel_post"])
    await sandbox.say(CHANNEL_ID, "/watch", by=katharina)
    await call("sendMessage", chat_id=CHANNEL_ID, text="All is well")
    await call("getChat", chat_id=CHANNEL_ID)
    await call("getChatAdministrators", chat_id=CHANNEL_ID)
    await call("getChatMember", chat_id=CHANNEL_ID, user_id=katharina)


@pytest.fixture
async def played(sandbox):
    return await play(sandbox)


async def test_all_answers_and_updates_are_valid_by_aiograms_models(played):
    for method, params, result in played.results:
        check_call(method, params)
        check_result(method, result)
    for update in played.updates:
        check_update(update)
    assert len(played.updates) > 25
    assert {kind for update in played.updates for kind in update} == {
        "update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "inline_query",
        "channel_post",
    }  # fmt: skip


@pytest.mark.skipif(not SPEC.exists(), reason=SPEC_MISSING)
async def test_all_answers_and_updates_are_valid_by_the_documentation(played):
    for method, _, result in played.results:
        assert spec_problems(result, spec()["methods"][method]["returns"], method) == []
    for update in played.updates:
        assert spec_problems(update, ["Update"], "Update") == []


async def test_every_method_that_is_played_is_in_the_play(played):
    from bot.sandbox.methods import METHODS

    left = {method.name for method in METHODS.values()} - {method for method, _, _ in played.results}
    assert left == {"sendDocument", "sendPhoto"}, "these two take uploads and are checked below"


@pytest.mark.parametrize("method", ["sendDocument", "sendPhoto"])
async def test_a_sent_file_is_valid(sandbox, method):
    anna = await sandbox.person("Anna")
    await sandbox.start(anna)
    name = method.removeprefix("send").lower()
    response = await sandbox.http.post(
        f"/bot1234567:token-of-good-shape/{method}",
        data={"chat_id": str(anna), "caption": "<i>x</i>", "parse_mode": "HTML"},
        files={name: ("a.png", b"x", "image/png")},
    )
    again = await sandbox.ok(method, chat_id=anna, **{name: _file_id(response.json()["result"])})

    check_result(method, response.json()["result"])
    check_result(method, again)
    if SPEC.exists():
        assert spec_problems(again, ["Message"], method) == []


def _file_id(message):
    return message["document"]["file_id"] if "document" in message else message["photo"][0]["file_id"]


def test_the_check_finds_what_is_wrong():
    with pytest.raises(AssertionError):
        check_result("getMe", {"id": 1, "is_bot": True, "first_name": "x", "odd": 1})
    with pytest.raises(ValueError, match="first_name"):
        check_result("getMe", {"id": 1, "is_bot": True})
    with pytest.raises(AssertionError):
        check_call("sendMessage", {"chat_id": 1, "text": "x", "txt": "x"})
