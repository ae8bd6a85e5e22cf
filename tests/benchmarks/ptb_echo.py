"""The bare python-telegram-bot beside which we are measured: an echo, Application and Updater, long polling.

python tests/benchmarks/ptb_echo.py URL [--at-once 0] [--work 0.02]
"""

from __future__ import annotations

import argparse
import asyncio
import logging

from telegram.ext import Application, MessageHandler, filters

TOKEN = "123456789:benchmark-token-of-the-right-shape-0"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("--at-once", type=int, default=0, help="updates handled at once; 0: one after the other")
    options.add_argument("--work", type=float, default=0.0, help="seconds that a handler works before it answers")
    asked = options.parse_args()
    logging.basicConfig(level=logging.ERROR)

    async def echo(update, _context):
        if asked.work:
            await asyncio.sleep(asked.work)
        await update.message.reply_text(update.message.text)

    builder = Application.builder().token(TOKEN).base_url(f"{asked.url}/bot")
    if asked.at_once:
        builder = builder.concurrent_updates(asked.at_once).connection_pool_size(asked.at_once).pool_timeout(60)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(timeout=50, bootstrap_retries=0)


if __name__ == "__main__":
    main()
