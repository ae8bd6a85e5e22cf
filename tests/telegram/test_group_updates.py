"""Updates of groups and channels: what concerns the bot becomes an event, all else is dropped unread."""

import os

import pytest
from telegram import Update

from bot.domain.standings import Place
from bot.telegram.group_updates import group_event_of
from bot.telegram.updates import ALLOWED_UPDATES, event_of
from conversations.events import Meaning
from conversations.group.events import BotStands, GroupCommand, GroupPress, Moved

os.environ["PTB_TIMEDELTA"] = "true"
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "de"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Secret title", "is_forum": True}
CHANNEL = {"id": -1002, "type": "channel", "title": "News"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BOT = {"id": 1, "is_bot": True, "first_name": "Bot"}
ME = "objection_bot"


def event(**update):
    read = []

    def reader(text, language):
        read.append((text, language))
        return Meaning(countries=("AT",))

    found = group_event_of(Update.de_json({"update_id": 5, **update}), reader, ME)
    return found, read


def said(text, chat=GROUP, **more):
    message = {"message_id": 9, "date": 1_796_288_400, "chat": chat, "from": ANNA, "text": text, **more}
    return event(message=message)


@pytest.mark.parametrize(
    ("text", "name", "countries"),
    [
        ("/watch", "watch", None),
        ("/STATUS@Objection_Bot Austria", "status", ("AT",)),
        ("/privacy please", "privacy", None),
    ],
)
def test_a_command_for_us_is_an_event(text, name, countries):
    found, _ = said(text)
    assert found.happening == GroupCommand(name, 9, None, countries)
    assert (found.chat_id, found.actor, found.vouched, found.is_forum) == (-1001, 7, False, True)


@pytest.mark.parametrize("text", ["hello", "/status@other_bot", "/start", "/delete", "/", "I say /watch", "/watchdog"])
def test_all_else_is_dropped_unread(text):
    found, read = said(text)
    assert (found, read) == (None, [])


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "/watch"},
        {"new_chat_members": [ANNA]},
        {"left_chat_member": ANNA},
        {"forum_topic_created": {"name": "Secret", "icon_color": 1}},
    ],
)
def test_pictures_and_service_messages_are_dropped(content):
    assert event(message={"message_id": 9, "date": 1, "chat": GROUP, "from": ANNA, **content})[0] is None


def test_a_topic_is_known_only_where_the_message_stands_in_one():
    in_topic, _ = said("/watch", message_thread_id=44, is_topic_message=True)
    reply, _ = said("/watch", message_thread_id=44)
    assert (in_topic.happening.topic, reply.happening.topic) == (44, None)


def test_an_anonymous_admin_is_vouched_for_by_telegram():
    found, _ = said("/watch", **{"from": ANONYMOUS, "sender_chat": GROUP})
    assert (found.actor, found.vouched, found.is_admin) == (None, True, True)


def test_a_channel_that_writes_in_a_group_is_nobody():
    found, _ = said("/watch", **{"from": ANONYMOUS, "sender_chat": CHANNEL})
    assert (found.actor, found.vouched, found.is_admin) == (None, False, None)


def test_what_a_channel_posts_is_its_admins():
    post = {"message_id": 9, "date": 1, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "/watch"}
    found, _ = event(channel_post=post)
    assert (found.vouched, found.is_channel, found.actor) == (True, True, None)


def member(status, **more):
    return {"status": status, "user": BOT, **more}


PERMISSIONS = dict.fromkeys(
    (
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
        "can_react_to_messages", "can_edit_tag",
    ),
    False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("now", "place"),
    [
        (member("left"), Place.OUT),
        (member("kicked", until_date=0), Place.OUT),
        (member("member"), Place.MEMBER),
        (member("restricted", is_member=True, until_date=0, **PERMISSIONS), Place.MUTED),
        (member("restricted", is_member=False, until_date=0, **PERMISSIONS), Place.OUT),
        (
            member("restricted", is_member=True, until_date=0, **{**PERMISSIONS, "can_send_messages": True}),
            Place.MEMBER,
        ),
    ],
)
def test_how_the_bot_stands(now, place):
    changed = {"chat": GROUP, "from": ANNA, "date": 1, "old_chat_member": member("member"), "new_chat_member": now}
    found, _ = event(my_chat_member=changed)
    assert found.happening == BotStands(Place.MEMBER, place)


def test_a_press_and_a_migration():
    message = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "x"}
    pressed, _ = event(
        callback_query={
            "id": "88",
            "from": ANNA,
            "chat_instance": "1",
            "data": "group.now:facebook::1",
            "message": message,
        }
    )
    assert pressed.happening == GroupPress("88", "group.now:facebook::1")
    moved, _ = event(message={"message_id": 9, "date": 1, "chat": GROUP, "from": ANNA, "migrate_to_chat_id": -1009})
    assert moved.happening == Moved(-1009)


def test_what_happens_in_groups_is_no_event_of_a_person():
    assert event_of(Update.de_json({"update_id": 5, "message": {
        "message_id": 9, "date": 1, "chat": GROUP, "from": ANNA, "text": "/watch",
    }}), lambda *_: Meaning()) is None  # fmt: skip
    assert {"message", "channel_post", "callback_query", "my_chat_member"} <= set(ALLOWED_UPDATES)
    assert not {"chat_member", "message_reaction"} & set(ALLOWED_UPDATES)
