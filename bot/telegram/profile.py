"""What stands above START and behind the menu button, set by the bot itself in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import BotCommand, BotCommandScopeAllChatAdministrators, BotCommandScopeAllGroupChats
from telegram.error import RetryAfter, TelegramError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from telegram import Bot, BotCommandScope


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
IN_GROUPS = (
    ("status", N_("Are Meta's forms reachable?")),
    ("privacy", N_("What the bot keeps of this group")),
)
"""For everybody in a group: members see nothing that is not for them."""
FOR_ADMINS = (
    ("watch", N_("Post outages here, in this topic")),
    ("unwatch", N_("Post nothing here any more")),
    ("settings", N_("Settings, in the private chat")),
    *IN_GROUPS,
)
SCOPES = (
    (None, COMMANDS),
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllChatAdministrators(), FOR_ADMINS),
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


async def _commands(
    bot: Bot,
    tag: str | None,
    say: Callable[[str], str],
    scope: BotCommandScope | None,
    names: Iterable[tuple[str, str]],
) -> bool:
    """Set the commands of a scope; False if they are as they should be."""
    commands = [BotCommand(name, say(text)) for name, text in names]
    if tuple(commands) == tuple(await bot.get_my_commands(scope, language_code=tag)):
        return False
    return await bot.set_my_commands(commands, scope, language_code=tag)


async def _in_language(bot: Bot, tag: str | None, say: Callable[[str], str]) -> None:
    changed = [await _commands(bot, tag, say, scope, names) for scope, names in SCOPES]
    if not any(changed):
        return
    await bot.set_my_description(say(DESCRIPTION), language_code=tag)
    await bot.set_my_short_description(say(SHORT), language_code=tag)
