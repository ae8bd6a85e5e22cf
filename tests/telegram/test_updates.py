"""Updates as Telegram writes them (JSON), and what they mean to us. Texts go to the reader and no further."""

import os

import pytest
from telegram import Update

from bot.telegram.updates import LARGEST_FILE, LONGEST_ARGUMENT, event_of
from conversations.events import Attachment, Command, Event, Meaning, Membership, Press, Text

ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "de-AT"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
SUPERGROUP = {"id": -1001, "type": "supergroup", "title": "Group"}
MEANING = Meaning(number=3)


os.environ["PTB_TIMEDELTA"] = "true"
"""As bot.telegram.transport sets it."""


def event(**update):
    read = []

    def reader(text, language):
        read.append((text, language))
        return MEANING

    found = event_of(Update.de_json({"update_id": 5, **update}), reader)
    return found, read


def message(chat=PRIVATE, sender=ANNA, **content):
    return {"message_id": 9, "date": 1_796_288_400, "chat": chat, "from": sender, **content}


def happening(**content):
    found, _ = event(message=message(**content))
    return found.happening if found else None


def test_a_text_is_read_in_the_persons_language():
    found, read = event(message=message(text="Frankreich"))
    assert found == Event(7, Text(9, MEANING), "de-AT", 5)
    assert read == [("Frankreich", "de-AT")]


def test_an_edited_text_is_a_text():
    found, _ = event(edited_message=message(text="Frankreich", edit_date=1_796_288_500))
    assert found.happening == Text(9, MEANING)


def test_what_was_put_here_by_way_of_a_bot_is_nobodys_own_words():
    bot = {"id": 8, "is_bot": True, "first_name": "Bot", "username": "objection_bot"}
    assert event(message=message(text="Facebook form, Austria: answers", via_bot=bot)) == (None, [])


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/status DE", "status", "DE"),
        ("/STATUS@objection_bot  Germany ", "status", "Germany"),
        ("/status " + "x" * 100, "status", "x" * LONGEST_ARGUMENT),
    ],
)
def test_a_command_has_a_name_and_what_follows_it(text, name, argument):
    found, read = event(message=message(text=text))
    assert found.happening == Command(name, argument, MEANING)
    assert read == [(argument, "de-AT")]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start de_facebook", Command("start", "de_facebook")),
        ("/" + "y" * 100, Command("y" * 32)),
        ("/", Command("")),
        ("/cases", Command("cases")),
    ],
)
def test_a_leaflets_payload_and_a_bare_command_are_not_read(text, command):
    found, read = event(message=message(text=text))
    assert found.happening == command
    assert read == []


def test_a_press_brings_its_data_and_its_message():
    query = {
        "id": "1",
        "from": ANNA,
        "chat_instance": "1",
        "data": "start.hello:facebook::1",
        "message": message(text="x"),
    }
    assert event(callback_query=query)[0].happening == Press("1", 9, "start.hello:facebook::1")


def test_a_press_on_a_message_that_telegram_lets_nobody_see_any_more_is_a_press():
    gone = {"chat": PRIVATE, "message_id": 9, "date": 0}
    query = {"id": "1", "from": ANNA, "chat_instance": "1", "data": "a", "message": gone}
    assert event(callback_query=query)[0].happening == Press("1", 9, "a")


@pytest.mark.parametrize("number", [0, -1])
def test_a_press_on_a_message_without_a_number_is_a_press_on_none(number):
    query = {"id": "1", "from": ANNA, "chat_instance": "1", "data": "a"}
    unsent = message(text="x") | {"message_id": number}
    assert event(callback_query=query | {"message": unsent})[0].happening == Press("1", None, "a")


def test_a_press_of_a_game_has_no_data():
    query = {"id": "1", "from": ANNA, "chat_instance": "1", "game_short_name": "x", "message": message(text="x")}
    assert event(callback_query=query)[0].happening == Press("1", 9, "")


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("left", True), ("member", False)])
def test_blocking_and_letting_in_again_is_membership(status, blocked):
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    until = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": PRIVATE, "from": ANNA, "date": 1, "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": status, **until},
    }  # fmt: skip
    assert event(my_chat_member=change)[0].happening == Membership(blocked)


FILE = {"file_id": "f", "file_unique_id": "u"}
ATTACHMENTS = {
    "photo": {"photo": [{**FILE, "width": 1, "height": 1}]},
    "voice": {"voice": {**FILE, "duration": 1}},
    "sticker": {
        "sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    },
    "location": {"location": {"longitude": 1.0, "latitude": 1.0}},
    "contact": {"contact": {"phone_number": "1", "first_name": "A"}},
    "other": {"video": {**FILE, "width": 1, "height": 1, "duration": 1}},
}


@pytest.mark.parametrize("kind", ATTACHMENTS)
def test_what_is_no_text_is_named_and_not_loaded(kind):
    assert happening(**ATTACHMENTS[kind], caption="a caption is not read") == Attachment(9, kind)


@pytest.mark.parametrize(
    ("name", "size", "file"),
    [
        ("objection-bot.json", 2000, "f"),
        ("objection-bot.json", LARGEST_FILE + 1, None),
        ("letter.pdf", 2000, None),
        (None, None, None),
    ],
)
def test_only_a_small_json_file_may_be_an_export(name, size, file):
    document = {**FILE, **({"file_name": name} if name else {}), **({"file_size": size} if size else {})}
    assert happening(document=document) == Attachment(9, "document", file)


GROUPS = message(SUPERGROUP, text="x")
TIMER = {"message_auto_delete_time": 86400}
CHANNEL = {"id": -1, "type": "channel", "title": "C"}
SILENT = {
    "a group's message": {"message": message(SUPERGROUP, text="/start")},
    "a group's press": {
        "callback_query": {"id": "1", "from": ANNA, "chat_instance": "1", "data": "a", "message": GROUPS}
    },
    "a channel's post": {"channel_post": {"message_id": 1, "date": 1, "chat": CHANNEL}},
    "another bot": {"message": message(sender={"id": 3, "is_bot": True, "first_name": "Bot"}, text="/start")},
    "a message pinned": {"message": message(pinned_message=message(text="x"))},
    "a message that deletes itself": {"message": message(message_auto_delete_timer_changed=TIMER)},
    "a poll": {"poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    }},
    "an inline query": {"inline_query": {"id": "1", "from": ANNA, "query": "x", "offset": ""}},
    "what Telegram will invent": {"dream": {"from": ANNA}},
    "nothing": {},
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_what_says_nothing_to_us_is_none(name):
    found, read = event(**SILENT[name])
    assert found is None
    assert read == []
