"""May the bot do this there? Every refusal in Telegram's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Message, World

GENERAL = 1


def known(world: World, chat_id: int) -> Chat:
    """The chat, if the bot can know it."""
    chat = world.chats.get(chat_id)
    if chat is None or (chat.type == "private" and not world.people[chat.id].started):
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    return chat


def present(world: World, chat_id: int) -> Chat:
    """The chat, if the bot is in it."""
    chat = known(world, chat_id)
    if chat.type == "private":
        return _not_shut_out(world, chat)
    if chat.bot == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def _not_shut_out(world: World, chat: Chat) -> Chat:
    person = world.people[chat.id]
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def writable(world: World, chat_id: int, thread: int = 0) -> Chat:
    """The chat, if the bot may write there, into that topic."""
    chat = present(world, chat_id)
    if chat.type == "channel" and chat.bot != "administrator":
        raise bad_request("need administrator rights in the channel chat")
    if chat.bot == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    if not thread and not chat.forum:
        return chat
    topic = chat.topics.get(thread or GENERAL)
    # Telegram does not accept General's own number here.
    if topic is None or thread == GENERAL:
        raise bad_request("message thread not found")
    if topic.closed and chat.bot != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return chat


def editable(chat: Chat, message_id: int) -> Message:
    """The bot's own message."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender is not None or message.content.keys() & {"new_chat_members", "left_chat_member"}:
        raise bad_request("message can't be edited")
    return message
