"""`@bot words` in any chat: as strict as Telegram with the answers, and put there as a message of who asked."""

from __future__ import annotations

import pytest

from bot.sandbox.seed import FIRST_PERSON, GROUP_ID

RENATE, KATHARINA = FIRST_PERSON, FIRST_PERSON + 3
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
ROW = [{"text": "More", "url": "https://t.me/objection_sandbox_bot?start=de"}]


def article(number="DE", **more):
    said = {"message_text": "<b>Germany</b>: seen", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "Germany", "input_message_content": said} | more


async def asked(sandbox, query="DE", by=RENATE, chat=GROUP_ID):
    """A question that nobody has answered yet."""
    return (await sandbox.ask(chat, query, by=by, wait=0))["id"]


async def answer(sandbox, question, *results, **more):
    return await sandbox.api("answerInlineQuery", inline_query_id=question, results=list(results), **more)


async def test_an_answer_is_chosen_and_stands_in_the_group_as_a_message_via_the_bot(sandbox):
    question = await asked(sandbox)
    [update] = await sandbox.ok("getUpdates")
    assert update["inline_query"] | {"from": 0} == {
        "id": question, "from": 0, "query": "DE", "offset": "", "chat_type": "supergroup",
    }  # fmt: skip
    assert (await answer(sandbox, question, article(reply_markup={"inline_keyboard": [ROW]})))["ok"]
    found = await sandbox.ask(GROUP_ID, "DE", by=RENATE)
    assert [(each["title"], each["html"]) for each in found["results"]] == [
        ("Germany", "<strong>Germany</strong>: seen")
    ]

    said = await sandbox.choose(GROUP_ID, question, "DE", by=RENATE, thread=2)
    assert (said["from"], said["text"], said["thread"]) == (RENATE, "Germany: seen", 2)
    assert said["content"]["via_bot"]["username"] == "objection_sandbox_bot"
    assert said["keyboard"][0][0]["url"] == ROW[0]["url"]
    [*_, told] = await sandbox.ok("getUpdates")
    assert told["message"]["via_bot"]["is_bot"], "in privacy mode the bot gets what was sent by way of it"


@pytest.mark.parametrize("chat", [RENATE, GROUP_ID])
async def test_the_bot_is_told_in_what_kind_of_chat_it_is_asked(sandbox, chat):
    await asked(sandbox, chat=chat)
    [update] = await sandbox.ok("getUpdates")
    assert update["inline_query"]["chat_type"] == ("sender" if chat == RENATE else "supergroup")


async def test_what_may_be_cached_is_not_asked_again(sandbox):
    mine = await asked(sandbox)
    await answer(sandbox, mine, article(), cache_time=60, is_personal=True)
    again = await sandbox.ask(GROUP_ID, "DE", by=RENATE)
    assert len(again["results"]) == 1
    others = await asked(sandbox, by=KATHARINA)
    await answer(sandbox, others, article("AT"), cache_time=60)
    assert (await sandbox.ask(GROUP_ID, "DE", by=FIRST_PERSON + 1))["results"][0]["id"] == "AT"
    assert await sandbox.pending() == 2

    await sandbox.advance("10 minutes")
    await asked(sandbox)
    assert await sandbox.pending() == 3


async def test_an_answer_comes_once_and_soon(sandbox):
    first = await asked(sandbox)
    await answer(sandbox, first, cache_time=0)
    late = await asked(sandbox)
    await sandbox.advance("10 minutes")

    refused = [await answer(sandbox, each) for each in (first, late, "7")]
    assert {each["description"] for each in refused} == {TOO_OLD}


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("ä" * 33)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "title"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(input_message_content={"message_text": "x" * 4097})], "message is too long"),
        ([article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})], "can't parse entities"),
        ([article(input_message_content=None)], "input message content is not specified"),
        ([article(input_message_content={"message_text": "x", "odd": 1})], "the sandbox does not know ['odd']"),
        ([article(type="photo")], "plays articles only"),
        ([article(url="https://meta.com")], "plays articles only"),
        ([article(reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]})], "does not press"),
        ({"a": 1}, "can't parse inline query results"),
        (["x"], "expected an Object"),
    ],
)  # fmt: skip
async def test_results_that_telegram_would_refuse_are_refused(sandbox, results, why):
    refused = await sandbox.api("answerInlineQuery", inline_query_id=await asked(sandbox), results=results)
    assert (refused["ok"], why in refused["description"]) == (False, True), refused


async def test_an_offset_has_64_bytes(sandbox):
    refused = await answer(sandbox, await asked(sandbox), next_offset="x" * 65)
    assert refused["description"] == "Bad Request: NEXT_OFFSET_INVALID"


async def test_only_who_asked_chooses_and_only_what_was_offered(sandbox):
    question = await asked(sandbox)
    await answer(sandbox, question, article())
    path = f"/sandbox/chats/{GROUP_ID}/inline"
    refused = [
        await sandbox.http.post(f"{path}/{question}", json={"from": KATHARINA, "result": "DE"}),
        await sandbox.http.post(f"{path}/{question}", json={"from": RENATE, "result": "AT"}),
        await sandbox.http.post(f"{path}/7", json={"from": RENATE, "result": "DE"}),
        await sandbox.http.post(path, json={"from": RENATE, "query": "x" * 257}),
    ]
    assert [each.status_code for each in refused] == [404, 404, 404, 400]
