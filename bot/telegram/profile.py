"""What stands above START and behind the menu button, set by the bot itself in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import BotCommand
from telegram.error import RetryAfter, TelegramError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram import Bot


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for "translate later"
    """Mark for translation."""
    return message


COMMANDS = (
    ("start", N_("Begin, or where it stands")),
    ("object", N_("Object to AI training")),
    ("cases", N_("My objections and dates")),
    ("status", N_("Are the forms reachable?")),
    ("language", N_("Language")),
    ("settings", N_("Clock, quiet hours")),
    ("privacy", N_("Who runs this, what is kept")),
    ("mydata", N_("What is kept of me")),
    ("export", N_("Take my data along")),
    ("delete", N_("Delete everything")),
    ("help", N_("Help")),
)
DESCRIPTION = N_(
    "I help you object to Meta using your Facebook and Instagram posts to train AI, and I keep the dates.\n\n"
    "Free. No names, no passwords. /privacy says who runs this bot."
)
SHORT = N_("Object to Meta's AI training, and keep the dates. Free, no names, no passwords.")
log = structlog.get_logger()


async def introduce(bot: Bot, speak: Mapping[str | None, Callable[[str], str]]) -> None:
    """Set commands and descriptions where they differ; a failure here holds nothing up.

    `speak` translates, for each language tag; the one without a tag is for everybody else.
    """
    for tag, say in speak.items():
        try:
            await _in_language(bot, tag, say)
        except RetryAfter:
            return
        except TelegramError as error:
            log.warning("profile_not_set", language=tag, error=type(error).__name__)
            return


async def _in_language(bot: Bot, tag: str | None, say: Callable[[str], str]) -> None:
    commands = [BotCommand(name, say(text)) for name, text in COMMANDS]
    if tuple(commands) == tuple(await bot.get_my_commands(language_code=tag)):
        return
    await bot.set_my_commands(commands, language_code=tag)
    await bot.set_my_description(say(DESCRIPTION), language_code=tag)
    await bot.set_my_short_description(say(SHORT), language_code=tag)
