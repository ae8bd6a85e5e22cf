"""The wish to hear when Meta changes its page about information for AI."""

from dataclasses import replace

import pytest

from bot.domain.wishes import WishKind
from conversations import telling
from conversations.effects import Wish
from conversations.scene import MOST_WISHES
from conversations.status.rules import RULES
from tests.conversations.pure import Chat, sent

URL = "https://www.facebook.com/privacy/genai"


def at_the_end():
    return sent().presses("confirmed", "mail")


def told(screen):
    return at_the_end().is_told_of_page(screen, URL)


def test_it_is_offered_at_the_end_of_a_case_and_noted():
    chat = at_the_end().presses("rules").reads("once a day", "never in your quiet hours", "It stands in /mydata")
    assert chat.wishes == {RULES}


def test_who_has_the_wish_is_not_offered_it_again():
    assert "rules" not in replace(sent(), wishes=frozenset({RULES})).presses("confirmed", "mail").choices


def test_it_is_taken_back_at_once_or_later():
    noted = at_the_end().presses("rules")
    assert noted.presses("back").reads("Nothing of the wish is kept").wishes == frozenset()
    assert noted.presses("back", "again").wishes == {RULES}
    mine = noted.types("/mydata").reads("Wish: to be told when Meta changes its page about information for AI")
    none = mine.presses("wishes", "rules").reads("You wait for no news")
    assert none.wishes == frozenset()


def test_it_stands_beside_other_wishes():
    chat = replace(sent(), wishes=frozenset({RULES, Wish("facebook-2025", "DE", WishKind.ANSWERS)}))
    assert set(chat.types("/mydata").presses("wishes").choices) >= {"rules", "answers.facebook.DE"}


def test_nobody_keeps_more_wishes_than_anybody_needs():
    many = frozenset(Wish(f"f{number}", "DE", WishKind.ANSWERS) for number in range(MOST_WISHES))
    chat = replace(at_the_end(), wishes=many).presses("rules").reads("so many wishes are kept already")
    assert chat.wishes == many


def test_the_news_says_that_nobody_must_act():
    chat = told(telling.PAGE_NOBODY).reads(URL, "there is nothing you must act on", "this was it")
    assert chat.presses("again").wishes == {RULES}
    assert chat.presses("next").screen == "cases/list"


def test_the_news_says_what_comes_next_where_people_must_act():
    chat = told(telling.PAGE_PEOPLE).reads(URL, "it may be that you must act", "Please read the page")
    assert chat.choices[0] == "next"
    assert chat.presses("next").screen == "cases/list"


@pytest.mark.parametrize("screen", [telling.PAGE_NOBODY, telling.PAGE_PEOPLE])
def test_the_buttons_of_the_news_hold_for_ever(screen):
    old = told(screen)
    later = old.types("/start").types("/help").later(days=200)
    (data,) = [each for each in old.data if ":again:" in each]
    assert later.presses_data(data).screen == "status/rules"


def test_a_stranger_has_no_such_wish():
    assert Chat().types("/mydata").wishes == frozenset()
