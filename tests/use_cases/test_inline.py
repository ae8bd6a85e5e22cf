"""Inline mode: the present status for any chat, with its date, and nothing kept of who asks."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest

from bot.use_cases.inline import WAITING, Inline
from tests.conversations.pure import NOON, READ, StoppedClock, world_at


@dataclass
class Stand:
    """Telegram's side: what was answered; with a fault every answer is refused."""

    fault: bool = False
    answered: list[tuple[Any, ...]] = field(default_factory=list)

    async def answer_inline_query(self, query_id, results, cache_time, *, is_personal):
        if self.fault:
            raise BadRequest("Query is too old and response timeout expired or query id is invalid")
        self.answered.append((query_id, results, cache_time, is_personal))


def asks(text, number=1, language="en"):
    who = {"id": 5, "is_bot": False, "first_name": "Anna", "language_code": language}
    query = {"id": str(number), "from": who, "query": text, "offset": ""}
    return Update.de_json({"update_id": number, "inline_query": query}, None)


@pytest.fixture
def passed_on():
    return []


@pytest.fixture
def telegram():
    return Stand()


@pytest.fixture
def inline(telegram, passed_on):
    async def take(updates):
        passed_on.extend(updates)

    return Inline(telegram, world_at(NOON.date()), READ, StoppedClock(), take)


async def settled(inline):
    """All that waits is answered."""
    work = asyncio.get_running_loop().create_task(inline.run())
    while inline._waiting.qsize():
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.cancel()
    await asyncio.wait([work])


def texts(inline, text, language="en"):
    return [each.input_message_content.message_text for each in inline.results(text, language)]


def test_a_country_gives_its_forms_with_the_date_of_what_was_seen(inline):
    (text,) = texts(inline, "AT")
    assert "Facebook form, Austria: not reachable since 3 Dec 2026, 08:00" in text.replace("Dec 3, 2026", "3 Dec 2026")
    assert "Instagram form, Austria" in text
    assert "today" not in text, "it stays in the chat for ever"
    assert "As of" in text
    assert "only you can see" in text


def test_it_is_said_in_the_language_of_who_asks(inline):
    (text,) = texts(inline, "Österreich", "de-AT")
    assert "Österreich" in text
    assert "heute" not in text


def test_without_a_country_the_likeliest_are_offered(inline):
    assert inline.results("", "fr")[0].id == "FR"
    assert inline.results("Thailand", "en") == []


def test_its_button_leads_into_the_private_chat(inline):
    (result,) = inline.results("AT", "en")
    assert result.reply_markup.inline_keyboard[0][0].url == "https://t.me/objection_sandbox_bot?start=at"


async def test_an_answer_is_cached_for_a_minute_and_the_question_goes_no_further(inline, telegram, passed_on):
    other = Update(2)
    await inline.take([asks("AT"), other])
    await settled(inline)

    ((number, results, cached, personal),) = telegram.answered
    assert (number, [each.id for each in results], cached, personal) == ("1", ["AT"], 60, True)
    assert passed_on == [other]


async def test_a_refused_answer_is_not_tried_again_and_holds_up_nobody(inline, telegram, passed_on):
    telegram.fault = True
    await inline.take([asks("AT"), Update(2)])
    await settled(inline)

    assert telegram.answered == []
    assert [each.update_id for each in passed_on] == [2]


async def test_many_questions_at_once_are_bounded(inline, telegram):
    await inline.take([asks("AT", number) for number in range(3 * WAITING)])
    await settled(inline)

    assert len(telegram.answered) == WAITING
