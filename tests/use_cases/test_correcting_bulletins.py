"""A bulletin that was sent is corrected: what was read is edited, who waits gets the new words, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.announcing import Approval
from bot.domain.bulletins import FRESH, BulletinKind
from bot.domain.groups import Group, GroupState, PostKind
from bot.domain.orders import Decision
from bot.storage.groups import StoredGroup
from bot.telegram.failures import Failed, Failure
from tests.use_cases.test_telling_bulletins import (
    DAY_GROUP,
    EVENING,
    JONAS,
    NIGHT_GROUP,
    RULES,
    telling,  # noqa: F401  # a fixture
)

ADA = JONAS + 1
MORNING = EVENING + timedelta(hours=9)


def mended(number, **more):
    return replace(RULES, corrects=number, act=True, **more)


@pytest.fixture
async def told(telling):  # noqa: F811  # the fixture
    """One group was told in the evening, and the other waits for the morning."""
    telling.number = await telling.sends()
    assert await telling.tells() == 1
    return telling


async def test_what_was_read_is_edited_at_once_and_who_waits_gets_the_new_words_in_the_morning(told):
    second = await told.sends(mended(told.number))
    assert await told.tells() == 1
    assert told.sender.edited == [(DAY_GROUP, "announce/mended", 1)]
    told.post.clock.at = MORNING
    assert await told.tells() == 1
    assert told.sender.posted[1:] == [(NIGHT_GROUP, "announce/rules", None, None)]
    assert await told.store.announcements.progress(second) == (2, 2, 2)
    assert await told.store.announcements.progress(told.number) == (2, 2, 1)
    assert [each.kind for each in (await told.group(DAY_GROUP)).posted] == [PostKind.OPERATOR], "an edit is no message"


async def test_a_new_start_tells_nobody_twice(told):
    await told.sends(mended(told.number))
    await told.tells()
    await told.restarts()
    assert await told.tells() == 0
    told.post.clock.at = MORNING
    await told.restarts()
    assert await told.tells() == 1
    await told.restarts()
    assert await told.tells() == 0
    assert (len(told.sender.posted), len(told.sender.edited)) == (2, 1)


async def test_what_can_not_be_edited_is_answered_once_and_counted_as_a_correction(told):
    told.sender.is_there = False
    second = await told.sends(mended(told.number))
    assert await told.tells() == 2
    assert told.sender.posted[1:] == [(DAY_GROUP, "announce/amended", 7, 1)]
    assert await told.tells() == 0
    assert (await told.store.announcements.progress(second)).posted == 1
    assert [each.kind for each in (await told.group(DAY_GROUP)).posted] == [PostKind.OPERATOR, PostKind.CORRECTED]


async def test_nothing_is_corrected_before_the_second_yes_and_what_is_dropped_never(told):
    second = await told.sends(mended(told.number), second=True)
    assert await told.tells() == 0
    await told.decides(second, Decision.YES, second=True)
    assert await told.tells() == 0, "the same person"
    await told.decides(second, Decision.NO, by=ADA)
    assert await told.tells() == 0
    told.post.clock.at = MORNING
    assert await told.tells() == 1
    assert told.sender.posted[1:] == [(NIGHT_GROUP, "announce/rules", None, None)], "the first words hold"


async def test_the_second_yes_sends_it(told):
    second = await told.sends(mended(told.number), second=True)
    await told.decides(second, Decision.YES, second=True, by=ADA)
    assert await told.tells() == 1
    assert told.sender.edited == [(DAY_GROUP, "announce/mended", 1)]


async def test_a_message_that_was_in_the_air_when_it_was_corrected_is_edited_when_it_landed(telling):  # noqa: F811
    number = await telling.sends()
    announcer = telling.announcer()
    job = await announcer.next(())
    await telling.sends(mended(number))
    assert await announcer.next((DAY_GROUP,)) is None, "one at a time in a chat"
    await announcer.said(job, await announcer.say(job))
    assert await telling.tells() == 1
    assert telling.sender.edited == [(DAY_GROUP, "announce/mended", 1)]


async def test_a_correction_can_be_corrected_and_edits_the_same_message_again(told):
    second = await told.sends(mended(told.number))
    await told.tells()
    await told.sends(mended(second, day=date(2026, 12, 2)))
    assert await told.tells() == 1
    assert told.sender.edited == [(DAY_GROUP, "announce/mended", 1)] * 2
    told.post.clock.at = MORNING
    assert await told.tells() == 1


async def test_where_a_correction_was_stopped_the_next_one_reaches_who_still_has_the_first_words(told):
    second = await told.sends(mended(told.number))
    await told.decides(second, Decision.STOP)
    assert await told.tells() == 0
    await told.sends(mended(second))
    assert await told.tells() == 1
    assert told.sender.edited == [(DAY_GROUP, "announce/mended", 1)]
    told.post.clock.at = MORNING
    assert await told.tells() == 0, "who waited was to be told nothing"


async def test_a_stopped_bulletin_is_corrected_only_where_it_was_read(told):
    await told.decides(told.number, Decision.STOP)
    second = await told.sends(mended(told.number))
    told.post.clock.at = MORNING
    assert await told.tells() == 1
    assert await told.store.announcements.progress(second) == (1, 1, 1)


async def test_of_two_corrections_at_once_the_first_counts(told):
    await told.sends(mended(told.number))
    await told.sends(mended(told.number, day=date(2026, 12, 2)), by=ADA)
    assert [each.bulletin.corrects for each in told.announcing.all()] == [told.number, 0]


WORDS = replace(RULES, kind=BulletinKind.WORDS, day=None, words={"de": "Hallo", "en": "Hello"}, others="en")


async def words_corrected(told, **changed):
    number = await told.sends(WORDS)
    await told.tells()
    return await told.sends(replace(WORDS, corrects=number, words={**WORDS.words, **changed}))


async def test_a_group_whose_text_stays_as_it_is_keeps_its_message_and_is_counted(telling):  # noqa: F811
    second = await words_corrected(telling, en="Good day")
    assert await telling.tells() == 0
    assert (await telling.store.announcements.progress(second)).posted == 1
    assert telling.sender.edited == []


async def test_a_group_whose_text_changed_is_edited_and_so_is_one_that_may_have_changed_its_language(telling):  # noqa: F811
    await words_corrected(telling, de="Guten Tag")
    assert await telling.tells() == 1
    stored = await telling.store.groups.get(DAY_GROUP)
    switched = stored.group.changing("language", EVENING.date(), language="en")
    await telling.store.groups.save(StoredGroup(switched, stored.version))
    await telling.announcing.include(switched)
    await words_corrected(telling, de="Guten Abend")
    assert await telling.tells() == 1


async def test_a_group_that_came_later_is_not_meant(told):
    newcomer = Group(-102, "de", "Europe/Berlin", date(2026, 12, 3), ("DE",), state=GroupState.RUNNING, hold=None)
    await told.store.groups.save(StoredGroup(newcomer, 0))
    await told.announcing.include(newcomer)
    await told.sends(mended(told.number))
    assert await told.tells() == 1
    assert told.sender.posted[1:] == []


async def test_long_after_it_was_news_who_read_it_is_told_and_nobody_else(told):
    told.post.clock.at = MORNING + FRESH
    await told.sends(mended(told.number))
    assert await told.tells() == 1
    assert (told.sender.posted[1:], told.sender.edited) == ([], [(DAY_GROUP, "announce/mended", 1)])


async def test_a_supergroup_whose_old_messages_are_out_of_reach_is_answered(told):
    await told.store.groups.move(DAY_GROUP, -1_002)
    told.announcing.leave_out(DAY_GROUP)
    await told.announcing.include((await told.store.groups.get(-1_002)).group)
    await told.sends(mended(told.number))
    assert await told.tells() == 1
    assert told.sender.posted[1:] == [(-1_002, "announce/amended", 7, None)]


async def test_a_message_that_says_so_already_is_settled(told):
    second = await told.sends(mended(told.number))
    assert await told.tells(failing=Failed(Failure.DONE), at_most=1) == 1
    assert await told.tells() == 0
    assert (await told.store.announcements.progress(second)).posted == 1
    assert told.announcing.get(second).approval is Approval.YES
