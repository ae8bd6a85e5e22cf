"""The keyboard below the chat by which Telegram asks for a group or channel (Bot API, KeyboardButtonRequestChat)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatAdministratorRights, KeyboardButton, KeyboardButtonRequestChat, ReplyKeyboardMarkup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.deliveries import Button

GROUP, CHANNEL = 1, 2
"""Identifiers of the two requests within their message."""
RIGHTS = (
    "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories",
)  # fmt: skip


def _rights(**wanted: bool) -> ChatAdministratorRights:
    """These rights and no others."""
    return ChatAdministratorRights(**(dict.fromkeys(RIGHTS, False) | wanted))  # type: ignore[arg-type]  # rights by name


RUNS_IT = _rights(can_manage_chat=True)
"""Of the person: only groups that they run are offered. Rights are checked again at each tap all the same."""
MAY_POST = _rights(can_post_messages=True)
"""Of the bot in a channel, where nobody else can post; and of who lets it in."""
RUNS_CHANNEL = _rights(can_manage_chat=True, can_promote_members=True, can_post_messages=True)


def asking(rows: Sequence[Sequence[Button]]) -> ReplyKeyboardMarkup:
    """The buttons; it goes away after one tap, and the next message takes it away for good."""
    return ReplyKeyboardMarkup(
        [[_button(each) for each in row] for row in rows], resize_keyboard=True, one_time_keyboard=True
    )


def _button(button: Button) -> KeyboardButton:
    if button.asks == "group":
        request = KeyboardButtonRequestChat(GROUP, False, user_administrator_rights=RUNS_IT, bot_is_member=True)
    elif button.asks == "channel":
        request = KeyboardButtonRequestChat(
            CHANNEL, True, user_administrator_rights=RUNS_CHANNEL, bot_administrator_rights=MAY_POST
        )
    else:
        return KeyboardButton(button.label)
    return KeyboardButton(button.label, request_chat=request)
