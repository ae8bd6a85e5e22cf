"""Updates of groups and channels as events: what concerns the bot, commands, presses. All else is dropped unread.

Telegram sends a bot without admin rights only commands, replies to it and service messages (privacy mode). Made an
admin it would get every message: here they end, without their text being looked at beyond its first character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.standings import Place
from bot.telegram.values import string, whole
from conversations.group.deciding import COMMANDS
from conversations.group.events import BotStands, GroupCommand, GroupEvent, GroupPress, Moved

if TYPE_CHECKING:
    from telegram import ChatMember, Message, Update

    from bot.telegram.updates import Reading
    from conversations.group.events import GroupHappening

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL}
LONGEST_ARGUMENT = 64
PLACES = {
    ChatMemberStatus.LEFT: Place.OUT,
    ChatMemberStatus.BANNED: Place.OUT,
    ChatMemberStatus.ADMINISTRATOR: Place.ADMIN,
    ChatMemberStatus.OWNER: Place.ADMIN,
}


def group_event_of(update: Update, read: Reading, me: str) -> GroupEvent | None:
    """The event in a group or channel, None for all else. `me` is the bot's user name.

    TypeError or ValueError: what we would keep or send back is of no type that Telegram gives it.
    """
    chat = update.effective_chat
    if chat is None or chat.type not in GROUPS:
        return None
    happening = _happening(update, read, me)
    if happening is None:
        return None
    message = update.message or update.channel_post
    vouched = message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id
    user = None if vouched else update.effective_user
    person = user if user and not user.is_bot else None
    return GroupEvent(
        whole(chat.id),
        happening,
        actor=whole(person.id) if person else None,
        vouched=vouched,
        language_code=string(person.language_code) if person and person.language_code else None,
        update_id=update.update_id,
        is_forum=bool(chat.is_forum),
        is_channel=chat.type == ChatType.CHANNEL,
    )


def _happening(update: Update, read: Reading, me: str) -> GroupHappening | None:
    if query := update.callback_query:
        return GroupPress(string(query.id), string(query.data or ""))
    if member := update.my_chat_member:
        return BotStands(_place(member.old_chat_member), _place(member.new_chat_member))
    message = update.message or update.channel_post
    return _said(message, read, me) if message else None


def _place(member: ChatMember) -> Place:
    if isinstance(member, ChatMemberRestricted):
        return Place.OUT if not member.is_member else Place.MEMBER if member.can_send_messages else Place.MUTED
    return PLACES.get(member.status, Place.MEMBER)  # type: ignore[call-overload,no-any-return]  # a plain string


def _said(message: Message, read: Reading, me: str) -> GroupHappening | None:
    if message.migrate_to_chat_id is not None:
        return Moved(whole(message.migrate_to_chat_id))
    text = message.text
    if text is None or not text.startswith("/"):
        return None
    written, _, rest = text[1:].partition(" ")
    name, _, whom = written.partition("@")
    if name.lower() not in COMMANDS or (whom and me and whom.lower() != me.lower()):
        return None
    argument = rest.strip()[:LONGEST_ARGUMENT]
    language = message.from_user.language_code if message.from_user else None
    countries = read(argument, language).countries if argument and name.lower() == "status" else None
    topic = whole(message.message_thread_id) if message.is_topic_message and message.message_thread_id else None
    return GroupCommand(name.lower(), whole(message.message_id), topic, countries)
