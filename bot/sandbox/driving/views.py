"""What the sandbox shows of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.entities import to_html

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Mail, Message, Person, World


def message_view(world: World, of: Message) -> Json:
    """A message as its readers see it."""
    text = of.text or ""
    return {
        "message_id": of.id, "from": of.sender, "name": name(world, of), "by_bot": of.sender is None,
        "date": of.date, "edited": of.edit_date, "deleted": of.deleted, "thread": of.thread,
        "reply_to": of.reply_to, "text": text, "entities": of.entities, "html": to_html(text, of.entities),
        "keyboard": [[flat(button) for button in row] for row in of.keyboard],
        "content": of.content, "revision": of.revision,
    }  # fmt: skip


def flat(button: Json) -> Json:
    """A button with the text to copy at its own level."""
    copied = button.get("copy_text", {}).get("text")
    return {key: button.get(key) for key in ("text", "callback_data", "url")} | {"copy_text": copied}


def name(world: World, of: Message) -> str:
    """Who wrote it; in a channel the channel does."""
    if world.chats[of.chat].type == "channel":
        return world.chats[of.chat].title
    if of.sender is None:
        return world.profile.name
    return "Group" if of.anonymous else world.people[of.sender].first_name


def person_view(of: Person) -> Json:
    """A person with all switches."""
    return {
        "id": of.id, "first_name": of.first_name, "language_code": of.language_code, "country": of.country,
        "lives_in": of.lives_in, "logins": {service: sorted(places) for service, places in of.logins.items()},
        "opens_in": of.opens_in, "started": of.started, "blocked": of.blocked, "deactivated": of.deactivated,
        "email": of.email,        "mails": [mail_view(mail) for mail in of.mails], "sent": of.sent,
    }  # fmt: skip


def mail_view(of: Mail) -> Json:
    """A mail of Meta's."""
    return {"at": of.at.isoformat(), "subject": of.subject, "text": of.text}


def chat_view(of: Chat) -> Json:
    """A group with its topics and members."""
    topics = [{"thread": topic.id, "name": topic.name, "closed": topic.closed} for topic in of.topics.values()]
    return {
        "id": of.id, "type": of.type, "title": of.title, "forum": of.forum, "topics": topics,
        "bot": of.bot, "migrated_to": of.migrated_to,
        "members": {str(person): status for person, status in of.members.items()},
    }  # fmt: skip
