"""What groups read of a bulletin: in their language, by their clock, escaped, and with a way on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.announcing import Step
from bot.domain.bulletins import LONGEST, Bulletin, BulletinKind
from bot.domain.deliveries import Lane
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState
from bot.rendering.languages import languages
from bot.rendering.messages import rendered
from bot.sandbox.telegram_html import parse
from bot.use_cases import documents
from conversations.announce.sayings import bulletin_saying

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
GROUP = Group(-1, "en", "Europe/Berlin", date(2026, 12, 1), ("FR", "AT"), state=GroupState.RUNNING)
RULES = Bulletin(BulletinKind.RULES, NOON + timedelta(days=7), day=date(2026, 12, 7))
FORM = replace(RULES, kind=BulletinKind.FORM, service=Service.FACEBOOK)
PAUSE = replace(RULES, kind=BulletinKind.PAUSE, since=NOON, until=NOON + timedelta(hours=4))
WORDS = replace(RULES, kind=BulletinKind.WORDS, words={"en": "a < b & c"}, others="en")
ALL = [
    RULES, replace(RULES, act=True), FORM, replace(FORM, service=Service.NONE), PAUSE,
    replace(PAUSE, service=Service.FACEBOOK), replace(PAUSE, service=Service.NONE), WORDS,
]  # fmt: skip


def message(bulletin, group=GROUP, bot="some_bot", **more):
    return rendered(documents.of_group_saying(bulletin_saying(bulletin, group, bot=bot, **more), group), NOON)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("bulletin", ALL, ids=lambda each: each.kind)
def test_every_bulletin_is_a_short_good_text_in_every_language(bulletin, language):
    text, _ = parse(message(bulletin, replace(GROUP, language=language)).text)
    assert 0 < len(text) <= 350
    assert "None" not in text
    assert "Undefined" not in text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("bulletin", ALL, ids=lambda each: each.kind)
def test_a_correction_says_all_anew_and_that_it_is_one(bulletin, language):
    group = replace(GROUP, language=language)
    for step in (Step.MEND, Step.AMEND):
        text = message(bulletin, group, step=step, on=NOON.date()).text
        assert message(bulletin, group).text.strip() in text
        assert 0 < len(parse(text)[0]) <= 450
    assert message(bulletin, step=Step.MEND, on=NOON.date()).text.endswith("Corrected on Tue 8 December 2026.")
    assert message(bulletin, step=Step.AMEND, on=NOON.date()).text.startswith("Correction: ")


def test_a_pause_is_told_by_the_groups_clock():
    assert "from today 13:00 to today 17:00" in message(PAUSE).text
    assert "today 14:00" in message(PAUSE, replace(GROUP, zone="Europe/Helsinki")).text


def test_own_words_are_escaped_and_read_in_the_groups_language_or_the_one_for_others():
    german = replace(WORDS, words={**WORDS.words, "de": "Hallo"})
    assert message(german).text.endswith("a &lt; b &amp; c")
    assert message(german, replace(GROUP, language="de")).text.endswith("Hallo")
    assert message(WORDS, replace(GROUP, language="de")).text.endswith("a &lt; b &amp; c")
    longest = replace(WORDS, words={"en": "&" * LONGEST})
    assert len(parse(message(longest).text)[0]) < LONGEST + 100


def links(bulletin, **more):
    return [button.url for row in message(bulletin, **more).rows for button in row]


def test_what_may_be_done_is_shown_in_private_for_one_of_the_groups_countries():
    assert links(FORM) == ["https://t.me/some_bot?start=at_facebook"]
    assert links(replace(FORM, countries=("FR", "DE"))) == ["https://t.me/some_bot?start=fr_facebook"]
    assert links(replace(FORM, service=Service.NONE)) == ["https://t.me/some_bot?start=at"]
    assert links(replace(RULES, act=True)) == ["https://t.me/some_bot?start=at"]
    assert links(RULES) == [], "nobody must act"
    assert links(PAUSE) == links(WORDS) == links(RULES, bot="") == []


def test_it_makes_a_sound_only_where_the_group_wants_one_and_waits_behind_answers():
    said = bulletin_saying(RULES, GROUP, bot="")
    assert (said.silent, said.lane) == (True, Lane.NOTICE)
    assert not bulletin_saying(RULES, replace(GROUP, silent=False), bot="").silent
