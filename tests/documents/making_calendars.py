"""Calendar files as the tests want them."""

from __future__ import annotations

import hmac
from datetime import date
from typing import TYPE_CHECKING

from bot.documents.calendar import BEGINNING, Speech, calendar
from bot.documents.dates import Awaited, Dated, dates_of
from bot.domain.cases import Case
from bot.domain.deadlines import Basis, Deadline
from bot.domain.forms import Service
from bot.rendering.languages import catalogue
from bot.rendering.words import Words
from tests.conversations.pure import CHAT, NOON, Chat

if TYPE_CHECKING:
    from datetime import datetime

BOT = "https://t.me/objection_sandbox_bot"
FIRST = BEGINNING.replace(tzinfo=None)
CASE = Case(1, Service.FACEBOOK, "DE")


def speech(language: str = "en") -> Speech:
    translate = catalogue(language).gettext
    return Speech(translate, Words(language, translate).case)


def uid(key: str) -> str:
    return hmac.new(b"key", f"{CHAT}:{key}".encode(), "sha256").hexdigest()[:32]


def made(*dates: Dated, now: datetime = NOON, said: Speech | None = None, bot: str = BOT) -> bytes:
    return calendar(dates, now=now, speech=said or speech(), uid=uid, bot=bot)


def file_of(chat: Chat, language: str = "en") -> bytes:
    return made(*dates_of(chat.person, chat.scene().world), now=chat.now, said=speech(language))


def dated(
    day: date = date(2027, 1, 4), awaited: Awaited = Awaited.ANSWER, basis: Basis = Basis.LEGAL, *, over: bool = False
) -> Dated:
    return Dated(CASE, awaited, Deadline(day, basis, "Art. 12(3) GDPR"), over)
