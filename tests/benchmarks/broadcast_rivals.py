"""How others tell many chats: `python tests/benchmarks/broadcast_rivals.py URL MODE CHATS`.

python-telegram-bot's AIORateLimiter (as it comes, and with retries) and its sequential loop, and aiogram's loop.
While it tells them, it answers whoever writes: an echo by long polling on the same bot.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
from contextlib import suppress

FIRST = 6_000_000_000
TOKEN = "123456789:benchmark-token-of-the-right-shape-0"
TEXT = "Austria: the objection form has not been reachable since 02:10."


async def with_ptb(url: str, mode: str, chats: int) -> None:
    from telegram.error import TelegramError
    from telegram.ext import AIORateLimiter, Application, MessageHandler, filters

    async def echo(update, _context):
        await update.message.reply_text(update.message.text)

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(True)
    if mode != "ptb-loop":
        builder = builder.rate_limiter(AIORateLimiter(max_retries=5 if mode == "ptb-retries" else 0))
    application = builder.connection_pool_size(512).pool_timeout(600).build()
    application.add_handler(MessageHandler(filters.ALL, echo))

    async def tell(chat):
        with suppress(TelegramError):
            await application.bot.send_message(chat, TEXT)

    async with application:
        await application.start()
        await application.updater.start_polling(timeout=50)
        if mode == "ptb-loop":
            for chat in range(FIRST, FIRST + chats):
                await tell(chat)
        else:
            await asyncio.gather(*(tell(chat) for chat in range(FIRST, FIRST + chats)))
        await asyncio.Event().wait()


async def with_aiogram(url: str, chats: int) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import TelegramRetryAfter

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message):
        await message.answer(message.text)

    async def tell_all():
        for chat in range(FIRST, FIRST + chats):
            try:
                await bot.send_message(chat, TEXT)
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
                await bot.send_message(chat, TEXT)

    await asyncio.gather(dispatcher.start_polling(bot, handle_signals=False), tell_all())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("mode", choices=["ptb-limiter", "ptb-retries", "ptb-loop", "aiogram-loop"])
    options.add_argument("chats", type=int)
    asked = options.parse_args()
    logging.basicConfig(level=logging.CRITICAL)
    how = with_aiogram(asked.url, asked.chats) if asked.mode == "aiogram-loop" else None
    asyncio.run(how or with_ptb(asked.url, asked.mode, asked.chats))
