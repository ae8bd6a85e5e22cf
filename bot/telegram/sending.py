"""One delivery becomes calls to the Bot API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.domain.deliveries import Kind
from bot.domain.groups import GENERAL
from bot.telegram.asking import asking
from bot.telegram.failures import Failure, classify

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from telegram import Bot

    from bot.domain.deliveries import Button, File, Message

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """Says things in chats. `render` makes a message of a saying, `make` the file that comes with it.

    `title` asks what a group is called: it is put in when the message is sent, and kept nowhere.
    """

    def __init__(
        self,
        bot: Bot,
        render: Callable[[Mapping[str, Any], datetime], Message],
        make: Callable[[int, Mapping[str, Any]], Awaitable[File]],
        title: Callable[[int], Awaitable[str]] | None = None,
    ) -> None:
        self._bot, self._render, self._make, self._title = bot, render, make, title

    async def send(self, chat_id: int, document: Mapping[str, Any], now: datetime) -> None:
        """Do what a delivery asks, in one call; TelegramError if it fails.

        A screen whose message can't be edited any more fails too: saying it anew is a call of its own.
        """
        if document["kind"] == Kind.REMOVE:
            await self._bot.delete_message(chat_id, document["message_id"])
            return
        message = self._render(await self._titled(document), now)
        if document["kind"] == Kind.EDIT:
            await self._edited(chat_id, document["message_id"], message)
            return
        if document["values"].get("file"):
            await self._file(chat_id, message, await self._make(chat_id, document))
        elif document["message_id"] is not None and not message.is_below:
            await self._edit(chat_id, document["message_id"], message)
        else:
            await self._bot.send_message(
                chat_id,
                message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_below(message),
                link_preview_options=NO_PREVIEW,
                disable_notification=document["silent"],
                message_thread_id=thread_of(document.get("topic")),
                reply_parameters=replying(document.get("reply_to")),
            )

    async def _titled(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """The document with the names of the groups that it is about."""
        groups = {number for each in _named(document) if (number := each.get("group"))}
        if not groups or self._title is None:
            return document
        titles = {number: await self._title(number) for number in groups}
        values = {**document["values"], "title": titles.get(document["values"].get("group"), "")}
        rows = [[_with_title(button, titles) for button in row] for row in document["buttons"]]
        return {**document, "values": values, "buttons": rows}

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
        sent = await self._bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(message),
            link_preview_options=NO_PREVIEW,
            disable_notification=document["silent"],
            message_thread_id=thread_of(topic),
            reply_parameters=replying(reply_to),
        )
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, document: Mapping[str, Any], now: datetime) -> bool:
        """Edit a message; False if it is not there any more. TelegramError if it fails."""
        return await self._edited(chat_id, message_id, self._render(document, now))

    async def _edited(self, chat_id: int, message_id: int, message: Message) -> bool:
        try:
            await self._edit(chat_id, message_id, message)
        except TelegramError as error:
            if classify(error).failure is not Failure.NEW_MESSAGE:
                raise
            return False
        return True

    async def _edit(self, chat_id: int, message_id: int, message: Message) -> None:
        await self._bot.edit_message_text(
            message.text,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(message),
            link_preview_options=NO_PREVIEW,
        )

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


def thread_of(topic: int | None) -> int | None:
    """General is written to by leaving its number out (Telegram refuses it)."""
    return None if topic == GENERAL else topic


def replying(to: int | None) -> ReplyParameters | None:
    """A reply; if the message is gone it is said all the same."""
    return ReplyParameters(to, allow_sending_without_reply=True) if to else None


def _named(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [document["values"], *(button["names"] for row in document["buttons"] for button in row)]


def _with_title(button: Mapping[str, Any], titles: Mapping[int, str]) -> Mapping[str, Any]:
    number = button["names"].get("group")
    return {**button, "names": {**button["names"], "group": titles.get(number) or str(number)}} if number else button


def _below(message: Message) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if message.clears:
        return ReplyKeyboardRemove()
    return asking(message.rows) if message.is_below else keyboard_of(message)


def keyboard_of(message: Message) -> InlineKeyboardMarkup | None:
    """A message's buttons."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup([[_button(each) for each in row] for row in message.rows])


def _button(button: Button) -> InlineKeyboardButton:
    copy = CopyTextButton(button.copy) if button.copy else None
    return InlineKeyboardButton(button.label, url=button.url, callback_data=button.data, copy_text=copy)
