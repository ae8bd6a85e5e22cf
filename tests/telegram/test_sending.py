"""Deliveries become calls over real HTTP to the sandbox, which is as strict as Telegram."""

from __future__ import annotations

import asyncio
import base64
import json
from types import SimpleNamespace

import pytest
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.domain.deliveries import File, Kind, Lane, Saying
from bot.rendering.messages import rendered
from bot.telegram.failures import Failure, classify
from bot.telegram.sending import Sender
from bot.telegram.transport import close, make_bot
from bot.use_cases import documents
from tests.bot_in_sandbox import PATIENCE
from tests.conversations.pure import NOON, Chat
from tests.conversations.transcript import town_at
from tests.sandbox_server import running_sandbox
from tests.telegram_models import SPEC, SPEC_MISSING, check_call, spec, spec_problems


@pytest.fixture
async def post():
    async with running_sandbox() as sandbox:
        bot = make_bot(SimpleNamespace(token="1234567:sandbox-token-of-good-shape-000001", api_url=sandbox.url))

        async def make(chat_id, document):
            assert document["values"]["file"] == "export"
            return File("objection-bot.json", "application/json", b'{"chat": %d}' % chat_id)

        anna = await sandbox.person("Anna")
        await sandbox.start(anna)
        try:
            yield SimpleNamespace(sandbox=sandbox, sender=Sender(bot, rendered, make), bot=bot, anna=anna)
        finally:
            await close(bot)


async def say(post, saying, **changes):
    document = documents.of_saying(saying, Chat().person) | changes
    await post.sender.send(post.anna, document, NOON)
    return [message for message in await post.sandbox.messages(post.anna) if message["by_bot"]]


def decoded(call):
    """In a form all is text: numbers, truths and objects are told by JSON, as the Bot API reads them."""
    plain = {"text", "caption", "callback_query_id", "file_id", "offset_id", "parse_mode"}
    return {name: value if name in plain else _read(value) for name, value in call["params"].items()}


def _read(value):
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


HELLO = Chat().types("/start").turn.sayings[-1]
WHERE = Chat().types("/start de_facebook").turn.sayings[-1]


async def test_a_screen_is_sent_with_its_buttons_and_no_preview(post):
    [message] = await say(post, WHERE)
    assert message["text"].startswith("Good day. I help you object")
    assert next([button["text"] for button in row] for row in message["keyboard"]) == ["In the app on this phone"]
    [call] = await post.sandbox.calls("sendMessage")
    assert decoded(call)["link_preview_options"] == {"is_disabled": True}
    assert decoded(call)["disable_notification"] is False


async def test_a_silent_one_is_silent(post):
    await say(post, HELLO, silent=True)
    [call] = await post.sandbox.calls("sendMessage")
    assert decoded(call)["disable_notification"] is True


async def test_an_edit_changes_the_message_and_says_nothing_new(post):
    [first] = await say(post, HELLO)
    [edited] = await say(post, WHERE, message_id=first["message_id"])
    assert edited["message_id"] == first["message_id"]
    assert "posts to train AI" in edited["text"]


async def test_an_edit_of_a_message_that_is_gone_is_one_call_and_says_so(post):
    [first] = await say(post, HELLO)
    await post.sandbox.ok("deleteMessage", chat_id=post.anna, message_id=first["message_id"])
    with pytest.raises(BadRequest) as error:
        await say(post, WHERE, message_id=first["message_id"])
    assert classify(error.value).failure is Failure.NEW_MESSAGE
    assert [message["text"] for message in await post.sandbox.messages(post.anna) if message["by_bot"]] == []


async def test_what_is_only_to_be_edited_is_not_said_anew(post):
    [first] = await say(post, HELLO)
    [edited] = await say(post, WHERE, kind=Kind.EDIT.value, message_id=first["message_id"])
    assert "posts to train AI" in edited["text"]
    await post.sandbox.ok("deleteMessage", chat_id=post.anna, message_id=first["message_id"])
    assert await say(post, HELLO, kind=Kind.EDIT.value, message_id=first["message_id"]) == []


async def test_an_edit_that_changes_nothing_counts_as_done(post):
    [first] = await say(post, HELLO)
    with pytest.raises(BadRequest) as error:
        await say(post, HELLO, message_id=first["message_id"])
    assert classify(error.value).failure is Failure.DONE


async def test_a_removal_takes_the_persons_own_message_away(post):
    said = await post.sandbox.say(post.anna, "482913")
    await say(post, Saying("", kind=Kind.REMOVE, message_id=said["message_id"]))
    assert said["message_id"] not in [message["message_id"] for message in await post.sandbox.messages(post.anna)]


async def test_an_export_is_a_file_with_a_caption(post):
    [message] = await say(post, Chat().types("/export").turn.sayings[-1])
    document = message["content"]["document"]
    assert document["file_name"] == "objection-bot.json"
    assert message["text"].startswith("This file holds everything")
    file = await post.bot.get_file(document["file_id"])
    assert bytes(await file.download_as_bytearray()) == b'{"chat": %d}' % post.anna


async def test_a_blocked_bot_and_a_pause_are_told_apart(post):
    await post.sandbox.fault(
        "sendMessage", error_code=429, description="Too Many Requests: retry after 3", retry_after=3
    )
    with pytest.raises(RetryAfter) as pause:
        await say(post, HELLO)
    assert classify(pause.value).failure is Failure.WAIT
    assert classify(pause.value).pause.total_seconds() == 3
    await post.sandbox.post(f"/sandbox/people/{post.anna}/block")
    with pytest.raises(Forbidden):
        await say(post, HELLO)


async def test_a_reminder_says_the_same_whatever_its_lane(post):
    [message] = await say(post, Saying("nudge/kept", lane=Lane.REMINDER, values={"day": "2027-12-03"}))
    assert message["text"] == "I keep it until Fri 3 December 2027. You can delete it at any time."


CONVERSATION = """
> START de_facebook
> In the app on this phone
> I can't find it
> ‹ Back
> Something is wrong
> Not available
> Write to Meta
> 482913
> /object
> Facebook
> Germany
> In a browser on this phone
> I see the form
> A sentence to send
> It is sent
> /status
> /privacy
> /export
> /cases
"""


METHODS = {
    "getUpdates", "sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "sendDocument", "getFile",
    "setMyCommands", "setMyDescription", "setMyShortDescription",
}  # fmt: skip


async def test_every_call_of_a_conversation_is_valid_by_what_others_wrote_down(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        anna = await stage.person("Anna")
        await stage.play(anna, CONVERSATION)
        await anna.sends(document={"name": "x.json", "content": base64.b64encode(b"{}").decode()})
        await anna.until(lambda: "That is no export of mine" in anna.text)
        await stage.play(anna, "(2026-12-04 10:01)\nB Has Meta confirmed it?")
        calls = []
        async with asyncio.timeout(PATIENCE):
            while not {each["method"] for each in calls} >= METHODS:
                calls = await stage.town.sandbox.calls()
    ours = [call for call in calls if call["method"] != "sendDocument"]
    for call in ours:
        check_call(call["method"], decoded(call))


@pytest.mark.skipif(not SPEC.exists(), reason=SPEC_MISSING)
async def test_every_call_of_a_conversation_is_valid_by_the_documentation(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        anna = await stage.person("Anna")
        await stage.play(anna, CONVERSATION)
        calls = await stage.town.sandbox.calls()
    for call in calls:
        fields = {field["name"]: field for field in spec()["methods"][call["method"]].get("fields", [])}
        assert set(call["params"]) <= set(fields), call
        for name, value in decoded(call).items():
            if name in fields and name != "document":
                assert spec_problems(value, fields[name]["types"], f"{call['method']}.{name}") == []
