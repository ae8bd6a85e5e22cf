"""Answers to what is asked inline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import bad_request, not_played
from bot.sandbox.inline import EXPIRES
from bot.sandbox.keyboards import keyboard
from bot.sandbox.methods.messages import message_text
from bot.sandbox.methods.method import method
from bot.sandbox.methods.presses import TOO_OLD
from bot.sandbox.params import Params

if TYPE_CHECKING:
    from bot.sandbox.world import Json, World

MOST = 50
BYTES = 64
"""Of a result's id, and of an offset."""
CACHED = 300
OF_RESULT = {"type", "id", "title", "description", "input_message_content", "reply_markup"}
OF_CONTENT = {"message_text", "parse_mode", "link_preview_options"}


async def answer_inline_query(world: World, params: Params) -> bool:
    """Give results; once, and soon after the question."""
    results = _results(params.json("results"))
    offset = params.text("next_offset")
    if len(offset.encode()) > BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    asked = world.questions.get(params.text("inline_query_id"))
    now = world.clock.now()
    if asked is None or asked.results is not None or now - asked.at > EXPIRES:
        raise bad_request(TOO_OLD)
    asked.results, asked.next_offset = results, offset
    asked.for_anybody = not params.flag("is_personal")
    asked.cached_until = now + timedelta(seconds=max(0, params.whole("cache_time", CACHED)))
    world.changed()
    return True


def _results(given: Any) -> list[Json]:
    if not isinstance(given, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(given) > MOST:
        raise bad_request("RESULTS_TOO_MUCH")
    made = [_result(each) for each in given]
    if len({each["id"] for each in made}) < len(made):
        raise bad_request("RESULT_ID_DUPLICATE")
    return made


def _result(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    if given.get("type") != "article" or (unknown := given.keys() - OF_RESULT):
        raise not_played(f"plays articles only, and not {sorted(unknown)}" if given.get("type") == "article" else
                         f"plays articles only, not {given.get('type')!r}")  # fmt: skip
    if not isinstance(given.get("id"), str) or not 1 <= len(given["id"].encode()) <= BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(given.get("title"), str) or not given["title"].strip():
        raise bad_request("can't parse inline query result: can't find field \"title\"")
    rows = keyboard(given.get("reply_markup"))
    if any("callback_data" in button for row in rows for button in row):
        raise not_played("does not press buttons of inline messages")
    text, entities, content = _message(given.get("input_message_content"))
    return {
        "id": given["id"], "title": given["title"], "description": str(given.get("description") or ""),
        "text": text, "entities": entities, "content": content, "keyboard": rows,
    }  # fmt: skip


def _message(given: Any) -> tuple[str, list[Json], Json]:
    """What would be put into the chat, checked like any message."""
    if not isinstance(given, dict) or "message_text" not in given:
        raise bad_request("can't parse inline query result: input message content is not specified")
    if unknown := given.keys() - OF_CONTENT:
        raise not_played(f"does not know {sorted(unknown)} of an input message content")
    asked = Params({"text": given["message_text"], "parse_mode": given.get("parse_mode") or ""})
    text, entities = message_text(asked)
    preview = given.get("link_preview_options")
    return text, entities, {"link_preview_options": preview} if preview else {}


METHODS = (
    method(
        "answerInlineQuery", answer_inline_query,
        "inline_query_id", "results", "cache_time", "is_personal", "next_offset",
    ),
)  # fmt: skip
