"""Answers to pressed buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import method

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

EXPIRES = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_callback_query(world: World, params: Params) -> bool:
    """Stop the wheel on a button, with or without words; once, and within 150 seconds."""
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or press.answered or world.clock.now() - press.at > EXPIRES:
        raise bad_request(TOO_OLD)
    press.answered = True
    press.answer = {
        "text": text or None,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url") or None,
    }
    world.changed()
    return True


METHODS = (
    method(
        "answerCallbackQuery",
        answer_callback_query,
        "callback_query_id",
        "text",
        "show_alert",
        "url",
        "cache_time",
    ),
)
