"""Telling others, in the chat: what the screens say and what their links carry."""

from __future__ import annotations

import pytest

from conversations.share.flow import link
from tests.conversations.pure import CHAT, Chat, sent

BOT = "https://t.me/objection_sandbox_bot"


def shared(chat: Chat) -> Chat:
    return chat.types("/help").presses("share")


def copied(chat: Chat) -> str:
    (found,) = [button.copy for row in chat.message.rows for button in row if button.copy]
    return found


def test_with_a_case_the_link_carries_its_country_and_service():
    card = shared(sent()).reads(
        f"{BOT}?start=de_facebook_en", "It carries: Germany, Facebook, English. Never who sent it."
    )
    assert copied(card) == f"{BOT}?start=de_facebook_en"


def test_it_can_be_left_out_and_taken_in_again():
    bare = shared(sent()).presses("bare").reads(f"<code>{BOT}</code>", "It carries nothing")
    assert copied(bare) == BOT
    assert "full" in bare.choices
    bare.presses("full").reads(f"{BOT}?start=de_facebook_en")


@pytest.mark.parametrize("step", ["text", "picture"])
def test_what_was_left_out_stays_out_of_text_and_picture(step):
    chat = shared(sent()).presses("bare", step)
    assert "start=" not in chat.text
    assert copied(chat) == chat.shown["values"]["link"] == BOT


def test_a_stranger_shares_the_plain_address():
    card = shared(Chat()).reads(f"<code>{BOT}</code>")
    assert not {"bare", "full"} & set(card.choices)


def test_of_several_cases_only_the_one_in_hand_is_meant():
    several = sent().types("/object").presses("several", "both").types("Germany").presses("two")
    assert len(several.person.cases) > 1
    shared(several.types("/cases")).reads(BOT)
    listed = several.types("/cases").presses("c1")
    shared(listed).reads(f"{BOT}?start=de_facebook_en")


def test_the_text_to_forward_is_nothing_but_the_text():
    text = shared(sent()).presses("text")
    assert text.text.startswith("In many countries you can object")
    assert text.text.endswith(f"\n\n{BOT}?start=de_facebook_en")


def test_the_picture_is_of_the_same_link():
    chat = shared(sent()).presses("picture")
    assert chat.shown["values"]["file"] == "picture"
    assert chat.shown["values"]["link"] == f"{BOT}?start=de_facebook_en"
    assert "at least 3 cm" in chat.text


def test_no_screen_of_it_knows_the_chat():
    for step in ("text", "picture"):
        assert str(CHAT) not in str(shared(sent()).presses(step).shown["values"])


def test_the_end_of_a_case_offers_it_too():
    done = sent().presses("confirmed", "mail")
    assert done.presses("share").screen == "share/card"


def test_while_the_bot_does_not_know_its_name_nothing_is_offered():
    chat = Chat().on("2031-12-03 09:00")
    world = chat.scene().world
    assert "share" in chat.types("/help").choices
    world.known_as("")
    try:
        assert "share" not in chat.types("/help").choices
    finally:
        world.known_as("objection_sandbox_bot")


@pytest.mark.parametrize("step", ["text", "picture"])
def test_text_and_picture_stay_and_lead_back(step):
    chat = shared(sent()).presses(step)
    assert chat.presses("card").screen == "share/card"
    assert chat.presses("card").shown["message_id"] is None


def test_the_calendar_is_offered_where_there_is_a_date():
    assert "calendar" not in Chat().types("/start de_facebook").presses("app").types("/cases").choices
    chat = sent()
    assert chat.presses("calendar").screen == "data/calendar"
    assert chat.presses("calendar").shown["values"] == {"file": "calendar"}
    assert chat.types("/cases").presses("c1", "calendar", "fine").screen == "sent/fine"


def test_the_plain_address_is_that_of_the_bot():
    assert link("objection_sandbox_bot", "") == BOT
