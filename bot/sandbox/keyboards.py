"""Buttons under a message, by Telegram's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import link
from bot.sandbox.errors import bad_request, not_played

if TYPE_CHECKING:
    from bot.sandbox.world import Json

BUTTONS_AT_MOST = 100
ROW_AT_MOST = 8
DATA_BYTES = 64
COPY_CHARACTERS = 256
PLAYED = {"callback_data", "url", "copy_text"}


def keyboard(markup: Any) -> list[list[Json]]:
    """The rows of an inline keyboard, checked; anything else is refused."""
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return []
    if "keyboard" in markup:
        return []
    if set(markup) != {"inline_keyboard"}:
        raise not_played(f"plays inline keyboards only, not {sorted(markup)}")
    return _rows(markup["inline_keyboard"])


def _rows(given: Any) -> list[list[Json]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request('can\'t parse inline keyboard: field "inline_keyboard" must be an Array of Arrays')
    rows = [[_button(button) for button in row] for row in given if row]
    if sum(map(len, rows)) > BUTTONS_AT_MOST or any(len(row) > ROW_AT_MOST for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    kinds = button.keys() - {"text", "style"}
    if unknown := kinds - PLAYED:
        raise not_played(f"does not know {sorted(unknown)} of a button")
    if len(kinds) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if not kinds
            else "BUTTON_TYPE_INVALID"
        )
    _check_kind(button, kinds.pop())
    return dict(button)


def _check_kind(button: Json, kind: str) -> None:
    value = button[kind]
    if kind == "callback_data" and not (isinstance(value, str) and 1 <= len(value.encode()) <= DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url" and not (isinstance(value, str) and link(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if kind == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPY_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
