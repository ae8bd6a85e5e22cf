"""A bulletin on its way: one call a group, kept before the next, and every failure met as an alarm's is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.announcing import Announce
from bot.domain.bulletins import FRESH, Bulletin, BulletinKind
from bot.domain.groups import STRIKES, Group, GroupState, PostKind
from bot.domain.orders import Decide, Decision, Issue
from bot.loops.announce import Announcer
from bot.storage import Changes
from bot.storage.groups import StoredGroup
from bot.telegram.failures import Failed, Failure
from bot.use_cases.announcing import Announcing
from tests.use_cases.lookout import lookout

JONAS, DAY_GROUP, NIGHT_GROUP = 5_000_000_001, -100, -101
EVENING = datetime(2026, 12, 3, 21, 30, tzinfo=UTC)  # 22:30 in Berlin
RULES = Bulletin(BulletinKind.RULES, EVENING + FRESH, day=EVENING.date())


class Post:
    """Telegram's side: what was posted where, and in which topic; what was edited, if it can be."""

    def __init__(self):
        self.posted, self.edited, self.is_there = [], [], True

    async def post(self, chat_id, document, _now, *, topic, reply_to):
        self.posted.append((chat_id, document["screen"], topic, reply_to))
        return len(self.posted)

    async def edit(self, chat_id, message_id, document, _now):
        if self.is_there:
            self.edited.append((chat_id, document["screen"], message_id))
        return self.is_there


class Round:
    """One bot that tells what is to be told."""

    def __init__(self, post):
        self.post, self.store, self.sender, self.troubles = post, post.store, Post(), []
        self.announcing = post.announcing

    def announcer(self):
        return Announcer(self.store, self.sender, self.announcing, self.post.world, self.post.clock, self._troubled)

    async def _troubled(self, group, why):
        self.troubles.append((group.chat_id, why))

    async def tells(self, *, failing=None, at_most=10):
        """Bring all groups as far as they come now; how many calls that took."""
        announcer = self.announcer()
        for calls in range(at_most):
            job = await announcer.next(())
            if job is None:
                return calls
            await (announcer.failed(job, failing) if failing else announcer.said(job, await announcer.say(job)))
        return at_most

    async def group(self, chat_id):
        return (await self.store.groups.get(chat_id)).group

    async def sends(self, bulletin=RULES, *, second=False, by=JONAS):
        await self.store.save(Changes(self.post.clock.at, orders=[(by, Issue(bulletin, second=second))]))
        await self.announcing.hear()
        return self.announcing.all()[0].id

    async def decides(self, number, decision, *, second=False, by=JONAS):
        await self.store.save(Changes(self.post.clock.at, orders=[(by, Decide(number, decision, second=second))]))
        await self.announcing.hear()

    async def restarts(self):
        fresh = Announcing(self.store, self.post.board, self.post.world, self.post.clock, Announce.ASK, lambda: None)
        await fresh.start()
        self.announcing = fresh


@pytest.fixture
async def telling(tmp_path):
    async with lookout(tmp_path) as post:
        post.clock.at = EVENING
        told = Round(post)
        for chat_id, more in ((DAY_GROUP, {"hold": None, "is_forum": True, "topic": 7}), (NIGHT_GROUP, {})):
            group = Group(chat_id, "de", "Europe/Berlin", date(2026, 12, 1), ("DE",), state=GroupState.RUNNING, **more)
            await post.store.groups.save(StoredGroup(group, 0))
            await post.announcing.include(group)
        yield told


async def test_each_group_is_told_once_and_who_holds_back_in_the_morning(telling):
    number = await telling.sends()
    assert await telling.tells() == 1
    assert telling.sender.posted == [(DAY_GROUP, "announce/rules", 7, None)]
    assert await telling.tells() == 0, "also after a new start"
    telling.post.clock.at = EVENING + timedelta(hours=9)
    assert await telling.tells() == 1
    assert (await telling.store.announcements.progress(number)) == (2, 2, 2)
    assert [each.kind for each in (await telling.group(NIGHT_GROUP)).posted] == [PostKind.OPERATOR]


async def test_after_a_stop_nobody_else_is_told_and_it_can_be_told_on(telling):
    number = await telling.sends()
    await telling.tells()
    await telling.store.save(Changes(EVENING, orders=[(JONAS, Decide(number, Decision.STOP))]))
    await telling.announcing.hear()
    telling.post.clock.at = EVENING + timedelta(hours=9)
    assert await telling.tells() == 0
    assert (await telling.store.announcements.progress(number)) == (2, 2, 1)
    await telling.store.save(Changes(EVENING, orders=[(JONAS, Decide(number, Decision.YES))]))
    await telling.announcing.hear()
    assert await telling.tells() == 1
    assert [each[0] for each in telling.sender.posted] == [DAY_GROUP, NIGHT_GROUP]


async def test_what_was_in_the_air_at_a_kill_is_said_again_and_nothing_else(telling):
    await telling.sends()
    announcer = telling.announcer()
    await announcer.say(await announcer.next(()))  # killed before it was kept
    assert await telling.tells() == 1
    assert [each[0] for each in telling.sender.posted] == [DAY_GROUP, DAY_GROUP]


async def test_a_group_that_can_not_be_reached_gets_strikes_and_is_stopped(telling):
    await telling.sends()
    for _ in range(STRIKES):
        assert await telling.tells(failing=Failed(Failure.UNREACHABLE)) == 1
        telling.post.clock.at += timedelta(minutes=10)
    assert (await telling.group(DAY_GROUP)).state is GroupState.STOPPED
    assert telling.troubles == [(DAY_GROUP, "unreachable")]
    assert await telling.tells() == 0


async def test_a_closed_topic_stops_at_once_and_what_is_let_in_again_is_told_while_it_is_news(telling):
    await telling.sends()
    await telling.tells(failing=Failed(Failure.TOPIC))
    stored = await telling.store.groups.get(DAY_GROUP)
    assert stored.group.state is GroupState.STOPPED
    let_in = StoredGroup(stored.group.returned(), stored.version)
    await telling.store.save(Changes(telling.post.clock.at, groups=[let_in], regrouped=[DAY_GROUP]))
    await telling.announcing.include(let_in.group)
    assert await telling.tells() == 1


async def test_a_group_that_moved_is_told_under_its_new_number(telling):
    await telling.sends()
    await telling.tells(failing=Failed(Failure.MOVED, moved_to=-1_002), at_most=1)
    assert await telling.tells() == 1
    assert telling.sender.posted == [(-1_002, "announce/rules", 7, None)]


async def test_a_group_that_is_paused_meanwhile_is_left_alone(telling):
    number = await telling.sends()
    stored = await telling.store.groups.get(DAY_GROUP)
    paused = stored.group.changing("paused", EVENING.date(), state=GroupState.PAUSED)
    await telling.store.groups.save(StoredGroup(paused, stored.version))
    await telling.announcing.include(paused)
    assert await telling.tells() == 0
    assert (await telling.store.announcements.progress(number)).told == 1, "it waits for nothing"


async def test_an_admin_who_mends_the_topic_meanwhile_is_not_stopped_for_the_old_one(telling):
    await telling.sends()
    announcer = telling.announcer()
    job = await announcer.next(())
    stored = await telling.store.groups.get(DAY_GROUP)
    await telling.store.groups.save(StoredGroup(replace(stored.group, topic=8), stored.version))
    await announcer.failed(job, Failed(Failure.TOPIC))
    assert (await telling.group(DAY_GROUP)).state is GroupState.RUNNING
    assert telling.troubles == []
    telling.post.clock.at += timedelta(minutes=1)
    assert await telling.tells() == 1
    assert telling.sender.posted == [(DAY_GROUP, "announce/rules", 8, None)]
