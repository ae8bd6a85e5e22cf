"""What the bot says about itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import bad_request, not_played
from bot.sandbox.methods.method import method
from bot.sandbox.objects import me

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.methods.method import Deed
    from bot.sandbox.params import Params
    from bot.sandbox.profile import Profile
    from bot.sandbox.world import Json, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
}  # fmt: skip


async def get_me(world: World, params: Params) -> Json:
    """Who the bot is."""
    del params
    return me(world)


def _key(params: Params) -> tuple[str, str]:
    scope: Any = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or str(scope.get("type")) not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


async def set_my_commands(world: World, params: Params) -> bool:
    """The commands in the menu, by scope and language."""
    commands: Any = params.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse commands: expected an Array")
    world.profile.commands[_key(params)] = [_command(command) for command in commands]
    world.changed()
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    if unknown := command.keys() - {"command", "description"}:
        raise not_played(f"does not know {sorted(unknown)} of a command")
    if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": str(command["command"]).removeprefix("/"), "description": command["description"]}


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The commands of a scope and language."""
    return world.profile.commands.get(_key(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """Forget the commands of a scope and language."""
    world.profile.commands.pop(_key(params), None)
    return True


def _setter(name: str, texts: Callable[[Profile], dict[str, str]], at_most: int) -> Deed:
    async def set_text(world: World, params: Params) -> bool:
        text = params.text(name)
        if len(text) > at_most:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        texts(world.profile)[_language(params)] = text
        world.changed()
        return True

    return set_text


def _getter(name: str, texts: Callable[[Profile], dict[str, str]]) -> Deed:
    async def get_text(world: World, params: Params) -> Json:
        kept = texts(world.profile)
        return {name: kept.get(_language(params)) or kept.get("", "")}

    return get_text


def _texts(name: str, setting: str, texts: Callable[[Profile], dict[str, str]], at_most: int) -> tuple[Any, Any]:
    return (
        method(f"setMy{setting}", _setter(name, texts, at_most), name, "language_code"),
        method(f"getMy{setting}", _getter(name, texts), "language_code"),
    )


METHODS = (
    method("getMe", get_me),
    method("setMyCommands", set_my_commands, "commands", "scope", "language_code"),
    method("getMyCommands", get_my_commands, "scope", "language_code"),
    method("deleteMyCommands", delete_my_commands, "scope", "language_code"),
    *_texts("name", "Name", lambda profile: profile.names, 64),
    *_texts("description", "Description", lambda profile: profile.descriptions, 512),
    *_texts("short_description", "ShortDescription", lambda profile: profile.short_descriptions, 120),
)
