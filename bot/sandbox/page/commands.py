"""The menu of commands that somebody sees in a chat: the narrowest scope that the bot has filled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Person, World


def menu(world: World, person: Person, chat: Chat) -> list[Json]:
    """The commands, in the person's language if there are such."""
    languages = [(person.language_code or "")[:2], ""]
    for scope in _scopes(person, chat):
        for language in languages:
            if found := world.profile.commands.get((json.dumps(scope, sort_keys=True), language)):
                return found
    return []


def _scopes(person: Person, chat: Chat) -> list[Json]:
    """From the narrowest to the widest, in Telegram's order."""
    own: Json = {"type": "chat", "chat_id": chat.id}
    everybody: Json = {"type": "default"}
    if chat.type == "private":
        return [own, {"type": "all_private_chats"}, everybody]
    runs = chat.members.get(person.id) in {"creator", "administrator"}
    admins: list[Json] = [{"type": "chat_administrators", "chat_id": chat.id}, {"type": "all_chat_administrators"}]
    member: Json = {"type": "chat_member", "chat_id": chat.id, "user_id": person.id}
    wide: Json = {"type": "all_group_chats"}
    return [member, *admins[:1], own, *admins[1:], wide, everybody] if runs else [member, own, wide, everybody]
