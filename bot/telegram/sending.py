"""One delivery becomes calls to the Bot API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.domain.deliveries import Kind
from bot.telegram.failures import Failure, classify

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from telegram import Bot

    from bot.domain.deliveries import Button, File, Message

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """Says things in chats. `render` makes a message of a saying, `make` the file that comes with it."""

    def __init__(
        self,
        bot: Bot,
        render: Callable[[Mapping[str, Any], datetime], Message],
        make: Callable[[int, Mapping[str, Any]], Awaitable[File]],
    ) -> None:
        self._bot, self._render, self._make = bot, render, make

    async def send(self, chat_id: int, document: Mapping[str, Any], now: datetime) -> None:
        """Do what a delivery asks; TelegramError if it fails."""
        if document["kind"] == Kind.REMOVE:
            await self._bot.delete_message(chat_id, document["message_id"])
            return
        message = self._render(document, now)
        if document["values"].get("file"):
            await self._file(chat_id, message, await self._make(chat_id, document))
        elif document["message_id"] is None or not await self._edited(chat_id, document["message_id"], message):
            await self._bot.send_message(
                chat_id,
                message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard_of(message),
                link_preview_options=NO_PREVIEW,
                disable_notification=document["silent"],
            )

    async def post(
        self,
        chat_id: int,
        document: Mapping[str, Any],
        now: datetime,
        *,
        topic: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Say something in a group, in its topic or as a reply; the message's number. TelegramError if it fails.

        A reply whose message is gone is sent all the same: what it says is true without it.
        """
        message = self._render(document, now)
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        sent = await self._bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(message),
            link_preview_options=NO_PREVIEW,
            disable_notification=document["silent"],
            message_thread_id=topic,
            reply_parameters=reply,
        )
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, document: Mapping[str, Any], now: datetime) -> bool:
        """Edit a message; False if it is not there any more. TelegramError if it fails."""
        return await self._edited(chat_id, message_id, self._render(document, now))

    async def _edited(self, chat_id: int, message_id: int, message: Message) -> bool:
        try:
            await self._bot.edit_message_text(
                message.text,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard_of(message),
                link_preview_options=NO_PREVIEW,
            )
        except TelegramError as error:
            if classify(error).failure is not Failure.NEW_MESSAGE:
                raise
            return False
        return True

    async def _file(self, chat_id: int, message: Message, file: File) -> None:
        upload = InputFile(file.content, filename=file.name)
        upload.mimetype = file.mime  # guessed from the name it would depend on the machine
        send = self._bot.send_photo if file.photo else self._bot.send_document
        await send(
            chat_id,
            upload,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(message),
        )


def keyboard_of(message: Message) -> InlineKeyboardMarkup | None:
    """A message's buttons."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup([[_button(each) for each in row] for row in message.rows])


def _button(button: Button) -> InlineKeyboardButton:
    copy = CopyTextButton(button.copy) if button.copy else None
    return InlineKeyboardButton(button.label, url=button.url, callback_data=button.data, copy_text=copy)
