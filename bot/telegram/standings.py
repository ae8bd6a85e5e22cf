"""How somebody stands in a group right now, and what the group is called. Asked of Telegram, remembered for moments."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from telegram import ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.domain.standings import Standing
from bot.telegram.failures import Failure, classify

if TYPE_CHECKING:
    from telegram import Bot

AT_MOST = 2.0
"""Seconds; then nobody is an admin and nobody is not."""
REMEMBERED = 20.0
"""Seconds that the list of a group's administrators and its title are remembered."""
MOST = 1_000
UNKNOWN = Standing(None, is_in=None)


class _Known(NamedTuple):
    until: float
    admins: frozenset[int]
    standing: Standing
    title: str


class Standings:
    """Asks for a group and its administrators at once; a bot need not be an admin for that."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[int, _Known] = {}
        self._forgets = 0

    async def of(self, chat_id: int, person: int) -> Standing:
        """That person's standing."""
        known = await self._ask(chat_id)
        if known is None or known.standing.is_in is not True:
            return known.standing if known else UNKNOWN
        return replace(known.standing, is_admin=person in known.admins)

    async def title(self, chat_id: int) -> str:
        """What the group is called, empty if Telegram does not say."""
        known = await self._ask(chat_id)
        return known.title if known else ""

    async def belongs(self, chat_id: int, person: int) -> bool | None:
        """Is that person in the group? None: Telegram does not tell, as it need not a bot that is no admin."""
        try:
            async with asyncio.timeout(AT_MOST):
                member = await self._bot.get_chat_member(chat_id, person)
        except (TelegramError, TimeoutError):
            return None
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}

    def forget(self, chat_id: int) -> None:
        """Something changed there: ask anew, also who is asking right now."""
        self._forgets += 1
        self._known.pop(chat_id, None)

    async def _ask(self, chat_id: int) -> _Known | None:
        now = asyncio.get_running_loop().time()
        known, forgets = self._known.get(chat_id), self._forgets
        if known and now < known.until:
            return known
        try:
            async with asyncio.timeout(AT_MOST):
                known = await self._asked(chat_id, now)
        except TelegramError as error:
            is_out = classify(error).failure in {Failure.UNREACHABLE, Failure.MOVED}
            return _Known(now, frozenset(), Standing(None, is_in=False if is_out else None), "")
        except TimeoutError:
            return None
        if len(self._known) >= MOST:
            self._known.clear()
        if forgets == self._forgets:
            self._known[chat_id] = known
        return known

    async def _asked(self, chat_id: int, now: float) -> _Known:
        chat, admins = await asyncio.gather(
            self._bot.get_chat(chat_id), self._bot.get_chat_administrators(chat_id)
        )  # fmt: skip
        standing = Standing(None, True, bool(chat.is_forum), chat.type == ChatType.CHANNEL)
        people = frozenset(each.user.id for each in admins if not each.user.is_bot)
        return _Known(now + REMEMBERED, people, standing, chat.title or "")
