"""The Bot API's objects, made from what the sandbox holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.profile import USERNAME

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Message, Person, World

ANONYMOUS: Json = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot",
}  # fmt: skip
RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_send_welcome_messages", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip
IN_CHANNELS = (*(right for right in RIGHTS if right not in {"can_pin_messages", "can_manage_topics"}),
               "can_post_messages", "can_edit_messages")  # fmt: skip
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def bot_user(world: World) -> Json:
    """The bot as it stands in messages."""
    return {
        "id": world.profile.id,
        "is_bot": True,
        "first_name": world.profile.name,
        "username": USERNAME,
    }


def me(world: World) -> Json:
    """The answer to getMe: privacy mode is on, inline mode too."""
    yes = ("can_join_groups", "supports_inline_queries")
    no = ("can_read_all_group_messages", "can_connect_to_business", "has_main_web_app")
    return bot_user(world) | dict.fromkeys(yes, True) | dict.fromkeys(no, False)


def user(person: Person) -> Json:
    """A person."""
    said: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    return said | ({"language_code": person.language_code} if person.language_code else {})


def chat(world: World, of: Chat) -> Json:
    """A chat as it stands in messages."""
    if of.type == "private":
        return {"id": of.id, "type": "private", "first_name": world.people[of.id].first_name}
    return {"id": of.id, "type": of.type, "title": of.title} | ({"is_forum": True} if of.forum else {})


def full_chat(world: World, of: Chat) -> Json:
    """The answer to getChat."""
    full = chat(world, of) | {"accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(GIFTS, of.type == "private")
    if of.type in {"group", "supergroup"}:
        full["permissions"] = dict.fromkeys(PERMISSIONS, True)
    return full


def member(who: Json, status: str, of: Chat | None = None) -> Json:
    """A member of a group or channel by status."""
    rights = IN_CHANNELS if of and of.type == "channel" else RIGHTS
    said: Json = {"status": status, "user": who}
    match status:
        case "creator":
            return said | {"is_anonymous": False}
        case "administrator":
            return said | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(rights, True)
        case "restricted":
            closed = dict.fromkeys((*PERMISSIONS, "can_react_to_messages", "can_edit_tag"), False)
            return said | {"is_member": True, "until_date": 0} | closed
        case "kicked":
            return said | {"until_date": 0}
    return said


def membership(world: World, of: Chat, by: Json, before: str, after: str) -> Json:
    """The bot's own standing in a chat has changed."""
    who = bot_user(world)
    return {
        "chat": chat(world, of),
        "from": by,
        "date": world.now(),
        "old_chat_member": member(who, before, of),
        "new_chat_member": member(who, after, of),
    }


def sender(world: World, of: Message) -> Json:
    """Who sent a message; in a channel it is always the channel."""
    if world.chats[of.chat].type == "channel":
        return {"sender_chat": chat(world, world.chats[of.chat])}
    if of.sender is None:
        return {"from": bot_user(world)}
    if of.anonymous:
        return {"from": ANONYMOUS, "sender_chat": chat(world, world.chats[of.chat])}
    return {"from": user(world.people[of.sender])}


def message(world: World, of: Message, *, inner: bool = False) -> Json:
    """A message. Inside another one it does not carry the message it replies to."""
    said: Json = {
        "message_id": of.id,
        **sender(world, of),
        "chat": chat(world, world.chats[of.chat]),
        "date": of.date,
    }
    said |= {"edit_date": of.edit_date} if of.edit_date else {}
    said |= _text(of) | of.content
    if of.thread:
        said |= {"message_thread_id": of.thread, "is_topic_message": True}
    if of.keyboard:
        said["reply_markup"] = {"inline_keyboard": of.keyboard}
    return said if inner else said | _replied(world, of)


def _text(of: Message) -> Json:
    if of.text is None:
        return {}
    text, entities = ("caption", "caption_entities") if is_media(of.content) else ("text", "entities")
    return {text: of.text} | ({entities: of.entities} if of.entities else {})


def is_media(content: Json) -> bool:
    """Whether the text of such a message stands in its caption."""
    return bool(content.keys() & {"photo", "document", "voice"})


def _replied(world: World, of: Message) -> Json:
    earlier = world.chats[of.chat].messages.get(of.reply_to or 0)
    return {"reply_to_message": message(world, earlier, inner=True)} if earlier and not earlier.deleted else {}


def pressed(world: World, of: Message) -> Json:
    """The message under a pressed button; one that is gone is inaccessible."""
    if not of.deleted:
        return message(world, of)
    return {"chat": chat(world, world.chats[of.chat]), "message_id": of.id, "date": 0}
