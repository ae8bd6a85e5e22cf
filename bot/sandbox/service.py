"""What happens around the bot: it is added, removed, blocked, promoted; a group migrates, a topic closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.objects import bot_user, member, membership, user
from bot.sandbox.objects import message as as_json
from bot.sandbox.world import Chat, Message

if TYPE_CHECKING:
    from bot.sandbox.world import Person, World

INSIDE = {"member", "administrator", "restricted"}
RUNS = {"creator", "administrator"}
"""Of people."""


def notice(world: World, chat: Chat, by: int | None, content: dict[str, Any], thread: int | None = None) -> None:
    """A service message; every bot in the group gets it, whatever its privacy mode. In a channel there is none."""
    if chat.type == "channel":
        return
    message = Message(
        id=world.next_message_id(chat),
        chat=chat.id,
        sender=by,
        date=world.now(),
        content=content,
        thread=thread,
    )
    world.add_message(chat, message)
    world.updates.add("message", as_json(world, message))


def stand(world: World, chat: Chat, by: Person | None, status: str) -> None:
    """The bot's standing in a group changes; `by` None: it went by itself."""
    before, chat.bot = chat.bot, status
    who = bot_user(world)
    if before != status:
        world.updates.add("my_chat_member", membership(world, chat, user(by) if by else who, before, status))
    if before not in INSIDE and status in INSIDE:
        notice(world, chat, by.id if by else None, {"new_chat_members": [who]})
    if before in INSIDE and status not in INSIDE:
        notice(world, chat, by.id if by else None, {"left_chat_member": who})
    world.changed()


def block(world: World, person: Person, *, blocked: bool) -> None:
    """Somebody blocks the bot, or lets it back."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    states = ("member", "kicked") if blocked else ("kicked", "member")
    world.updates.add("my_chat_member", membership(world, world.chats[person.id], user(person), *states))
    world.changed()


def migrate(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup with a new id; both chats say so."""
    grown = Chat(
        id=-1000000000000 - world.number("supergroup", 2200000001), type="supergroup", title=chat.title,
        members=dict(chat.members), bot=chat.bot,
    )  # fmt: skip
    world.chats[grown.id] = grown
    by = next(iter(chat.members))
    notice(world, chat, by, {"migrate_to_chat_id": grown.id})
    chat.migrated_to = grown.id
    notice(world, grown, by, {"migrate_from_chat_id": chat.id})
    return grown


def close_topic(world: World, chat: Chat, thread: int, by: int, *, closed: bool) -> None:
    """A topic is closed or opened again."""
    chat.topics[thread].closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    notice(world, chat, by, {kind: {}}, None if thread == 1 else thread)


def change_member(world: World, chat: Chat, who: Person, status: str) -> None:
    """A person's standing in a group changes; an administrator bot that asked for it is told."""
    before = chat.members.get(who.id, "left")
    if status == "left":
        chat.members.pop(who.id, None)
    else:
        chat.members[who.id] = status
    if chat.bot == "administrator" and before != status:
        told = membership(world, chat, user(who), before, status)
        told["old_chat_member"], told["new_chat_member"] = (
            member(user(who), before, chat),
            member(user(who), status, chat),
        )
        world.updates.add("chat_member", told)
    if before == "left" and status != "left" and chat.bot in INSIDE:
        notice(world, chat, who.id, {"new_chat_members": [user(who)]})
    if before != "left" and status == "left" and chat.bot in INSIDE:
        notice(world, chat, who.id, {"left_chat_member": user(who)})
    world.changed()
