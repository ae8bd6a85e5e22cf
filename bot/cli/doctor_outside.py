"""What `doctor` learns by asking: Telegram about the bot, Meta's control pages whether they are seen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError

from bot.cli import doctor_vantages
from bot.cli.finding import ok, stop, warn
from bot.clock import SystemClock
from bot.telegram.transport import close, make_bot

if TYPE_CHECKING:
    from telegram import User, WebhookInfo

    from bot.cli.finding import Finding
    from bot.settings import Settings

PATIENCE = 15
"""Seconds for all of it."""
LATELY = timedelta(hours=1)


async def findings(settings: Settings) -> list[Finding]:
    """All of it side by side."""
    found = await asyncio.gather(_telegram(settings), doctor_vantages.looks(settings))
    return [each for part in found for each in part]


async def _telegram(settings: Settings) -> list[Finding]:
    if not settings.bot_token and not settings.sandbox_url:
        return [warn("BOT_TOKEN empty: the sandbox is started, not the real bot. Get a token from @BotFather.")]
    bot = make_bot(settings)
    try:
        async with asyncio.timeout(PATIENCE):
            return [*_profile(await bot.get_me()), *_webhook(settings, await bot.get_webhook_info())]
    except InvalidToken:
        return [stop("BOT_TOKEN: Telegram refuses it. Copy it anew from @BotFather.")]
    except (TelegramError, TimeoutError) as error:
        return [warn(f"Telegram can't be reached at {settings.api_url} ({type(error).__name__}): token not checked")]
    finally:
        await close(bot)


def _profile(me: User) -> list[Finding]:
    found = [ok(f"token: @{me.username}")]
    if me.can_read_all_group_messages:
        found.append(warn("privacy mode off: in groups it is sent everything. @BotFather: /setprivacy → Enable"))
    else:
        found.append(ok("privacy mode on: in groups it sees only commands"))
    if me.can_join_groups:
        found.append(ok("groups allowed"))
    else:
        found.append(warn("groups not allowed: @BotFather: /setjoingroups → Enable, if groups shall use it"))
    if me.supports_inline_queries:
        found.append(ok(f"inline mode on: @{me.username} DE puts the status into any chat"))
    else:
        found.append(warn("inline mode off: @BotFather: /setinline → a word such as “country”, if anyone may quote it"))
    return found


def _webhook(settings: Settings, info: WebhookInfo) -> list[Finding]:
    wanted = f"{settings.webhook_url.rstrip('/')}/telegram" if settings.webhook_url else ""
    if info.url != wanted:
        differs = f"Telegram has {info.url or 'none'}, the settings say {wanted or 'none'}"
        return [warn(f"webhook: {differs}; put right when the bot starts")]
    if not wanted:
        return [ok(f"updates: by long polling, {info.pending_update_count} waiting")]
    if info.last_error_date and SystemClock().now() - info.last_error_date < LATELY:
        return [warn(f"webhook: Telegram could not deliver: {info.last_error_message}. Does WEBHOOK_URL lead to us?")]
    return [ok(f"webhook: set, {info.pending_update_count} waiting")]
