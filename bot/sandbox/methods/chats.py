"""Chats, their members, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.files import unique_id
from bot.sandbox.methods.method import method
from bot.sandbox.objects import bot_user, full_chat, member, user
from bot.sandbox.service import stand
from bot.sandbox.targets import known, present

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import Json, World

FILE_BYTES = 20 * 2**20


async def get_chat(world: World, params: Params) -> Json:
    """A chat in full."""
    return full_chat(world, present(world, params.chat()))


async def get_chat_member(world: World, params: Params) -> Json:
    """How somebody stands in a chat."""
    chat = present(world, params.chat())
    wanted = params.whole("user_id")
    if wanted == world.profile.id:
        return member(bot_user(world), chat.bot, chat)
    person = world.people.get(wanted)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.type == "private":
        return member(user(person), "member")
    return member(user(person), chat.members.get(wanted, "left"), chat)


async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Who runs a group; other bots are left out, this one is not."""
    chat = present(world, params.chat())
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [
        member(user(world.people[person]), status, chat)
        for person, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]
    return [*admins, *([member(bot_user(world), chat.bot, chat)] if chat.bot == "administrator" else [])]


async def leave_chat(world: World, params: Params) -> bool:
    """Go."""
    chat = known(world, params.chat())
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    stand(world, chat, None, "left")
    return True


async def get_file(world: World, params: Params) -> Json:
    """Where a file can be loaded."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > FILE_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.id, "file_unique_id": unique_id(file), "file_size": len(file.content),
        "file_path": file.path,
    }  # fmt: skip


METHODS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatMember", get_chat_member, "chat_id", "user_id"),
    method("getChatAdministrators", get_chat_administrators, "chat_id"),
    method("leaveChat", leave_chat, "chat_id"),
    method("getFile", get_file, "file_id"),
)
