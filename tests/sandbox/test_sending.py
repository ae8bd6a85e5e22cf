from __future__ import annotations

import pytest

HTML = {"parse_mode": "HTML"}


@pytest.fixture
async def anna(sandbox):
    person = await sandbox.person("Anna")
    await sandbox.start(person)
    await sandbox.limits(bulk=False)
    return person


def keys(**button):
    return {"inline_keyboard": [[{"text": "x", **button}]]}


REFUSED = {
    "message text is empty": {"text": "  "},
    "message is too long": {"text": "a" * 4097},
    "can't parse entities: Unsupported start tag \"p\" at byte offset 0": {"text": "<p>x</p>", **HTML},
    "BUTTON_DATA_INVALID": {"text": "x", "reply_markup": keys(callback_data="ü" * 33)},
    "BUTTON_COPY_TEXT_INVALID": {"text": "x", "reply_markup": keys(copy_text={"text": "a" * 257})},
    "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL": {
        "text": "x", "reply_markup": keys(url="nowhere"),
    },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard": {
        "text": "x", "reply_markup": keys(),
    },
    "can't parse inline keyboard button: text must be non-empty": {
        "text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]},
    },
    "message to be replied not found": {"text": "x", "reply_parameters": {"message_id": 99}},
    "message thread not found": {"text": "x", "message_thread_id": 7},
    "the sandbox does not know the parameter disable_web_page_preview of sendMessage": {
        "text": "x", "disable_web_page_preview": True,
    },
    "the sandbox knows the parse mode HTML only, not MarkdownV2": {"text": "x", "parse_mode": "MarkdownV2"},
}  # fmt: skip


@pytest.mark.parametrize(("description", "params"), REFUSED.items())
async def test_what_telegram_refuses_is_refused(sandbox, anna, description, params):
    answer = await sandbox.api("sendMessage", chat_id=anna, **params)

    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {description}")


async def test_lengths_are_counted_in_utf16_after_parsing(sandbox, anna):
    fits = await sandbox.api("sendMessage", chat_id=anna, text=f"<b>{'😀' * 2048}</b>", **HTML)
    too_long = await sandbox.api("sendMessage", chat_id=anna, text="😀" * 2049)

    assert fits["ok"]
    assert too_long["description"] == "Bad Request: message is too long"


async def test_whoever_never_started_the_bot_is_unknown_to_it(sandbox):
    stranger = await sandbox.person("Bo")

    for chat in (stranger, 12345, "@nobody"):
        answer = await sandbox.api("sendMessage", chat_id=chat, text="x")
        assert answer["description"] == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("deed", "description"),
    [("block", "Forbidden: bot was blocked by the user"), ("deactivate", "Forbidden: user is deactivated")],
)
async def test_a_chat_that_is_closed_to_the_bot_says_why(sandbox, anna, deed, description):
    await sandbox.post(f"/sandbox/people/{anna}/{deed}")

    answer = await sandbox.api("sendMessage", chat_id=anna, text="x")
    assert (answer["error_code"], answer["description"]) == (403, description)


async def test_an_edit_must_change_something_that_is_there_and_the_bots_own(sandbox, anna):
    sent = await sandbox.ok("sendMessage", chat_id=anna, text="one", reply_markup=keys(callback_data="a"))
    where = {"chat_id": anna, "message_id": sent["message_id"]}

    same = await sandbox.api("editMessageText", **where, text="one", reply_markup=keys(callback_data="a"))
    assert "message is not modified" in same["description"]
    edited = await sandbox.ok("editMessageText", **where, text="two")
    assert (edited["text"], edited.get("reply_markup"), edited["edit_date"] > 0) == ("two", None, True)
    await sandbox.ok("editMessageReplyMarkup", **where, reply_markup=keys(callback_data="b"))
    absent = await sandbox.api("editMessageText", chat_id=anna, message_id=99, text="x")
    assert absent["description"] == "Bad Request: message to edit not found"
    hers = await sandbox.api("editMessageText", chat_id=anna, message_id=1, text="x")
    assert hers["description"] == "Bad Request: message can't be edited"


async def test_a_message_can_be_deleted_for_48_hours(sandbox, anna):
    pasted = await sandbox.say(anna, "482913")
    old = await sandbox.say(anna, "secret")
    where = {"chat_id": anna, "message_id": pasted["message_id"]}

    assert await sandbox.ok("deleteMessage", **where) is True
    again = await sandbox.api("deleteMessage", **where)
    assert again["description"] == "Bad Request: message to delete not found"
    await sandbox.advance("1 week")
    late = await sandbox.api("deleteMessage", chat_id=anna, message_id=old["message_id"])
    assert late["description"] == "Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in await sandbox.messages(anna)] == ["/start", "secret"]


async def test_a_document_can_be_downloaded_by_person_and_bot(sandbox, anna):
    content = bytes(range(256)) + b"\r\n--x\r\n"
    response = await sandbox.http.post(
        "/bot123456789:token-of-the-right-shape/sendDocument",
        data={"chat_id": str(anna), "caption": "<b>Your data</b>", "parse_mode": "HTML"},
        files={"document": ("Daten ü.json", content, "application/json")},
    )
    sent = response.json()["result"]

    assert (sent["caption"], sent["document"]["file_size"]) == ("Your data", len(content))
    saved = await sandbox.http.get(f"/sandbox/files/{sent['document']['file_id']}")
    assert saved.content == content
    assert "Daten%20%C3%BC.json" in saved.headers["content-disposition"]
    file = await sandbox.ok("getFile", file_id=sent["document"]["file_id"])
    loaded = await sandbox.http.get(f"/file/bot123456789:token-of-the-right-shape/{file['file_path']}")
    assert loaded.content == content


async def test_all_three_ways_of_passing_parameters_are_read(sandbox, anna):
    path = "/bot123456789:token-of-the-right-shape/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}'
    fields = {"chat_id": str(anna), "text": "hä", "reply_markup": markup}

    for sent in (
        await sandbox.http.get(path, params=fields),
        await sandbox.http.post(path, data=fields),
        await sandbox.http.post(path, files={name: (None, value) for name, value in fields.items()}),
        await sandbox.http.post(path, json={**fields, "chat_id": anna}),
    ):
        result = sent.json()["result"]
        assert (result["text"], result["reply_markup"]["inline_keyboard"][0][0]["callback_data"]) == ("hä", "a")


@pytest.mark.parametrize(("token", "code"), [("no-token", 404), ("12:short", 401), ("12:token_of_good_shape", 200)])
async def test_only_tokens_of_the_right_shape_are_taken(sandbox, token, code):
    assert (await sandbox.http.get(f"/bot{token}/getMe")).status_code == code


async def test_an_unknown_method_is_not_found(sandbox):
    answer = await sandbox.api("sendGift")

    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    "body",
    [b'{"chat_id": 1, "text": "\\ud800"}', b'{"chat_id": NaN}', b"[" * 100_000, b'{"chat_id": "' + b"9" * 6000 + b'"}',
     b"[]", b'{"chat_id": 1, "text": {}}', b"\xff"],
)  # fmt: skip
async def test_a_body_that_makes_no_sense_is_a_400(sandbox, body):
    headers = {"Content-Type": "application/json"}
    answer = await sandbox.http.post("/bot1234567:token-of-good-shape/sendMessage", content=body, headers=headers)

    assert (answer.status_code, answer.json()["ok"]) == (400, False)
