"""Operators are told each thing once, and what they decide takes effect once, whenever the bot is killed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.announcing import Announce, Announcement, Approval, Line
from bot.domain.bulletins import FRESH, Bulletin, BulletinKind
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState
from bot.domain.incidents import Cause
from bot.domain.orders import Decide, Decision, Issue
from bot.storage import Changes
from bot.storage.groups import StoredGroup
from bot.storage.orders import name_of
from bot.use_cases.announcing import Announcing
from bot.use_cases.desk import DeskReader
from bot.use_cases.operators import Operators
from tests.use_cases.lookout import lookout

JONAS, ADA = 5_000_000_001, 5_000_000_002
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Office:
    """The operators of a bot that was just started: `again` is the same after a kill."""

    def __init__(self, post):
        self.post, self.store = post, post.store

    async def again(self):
        post, store = self.post, self.store
        self.announcing = Announcing(store, post.board, post.world, post.clock, Announce.ASK, lambda: None)
        await self.announcing.start()
        self.desk = DeskReader(
            store, post.board, self.announcing, post.clock, (JONAS, ADA), second=True, in_use=post.wanted.now,
            vantages=("direct",), failures=dict, name_of=lambda chat: name_of(store._seal, chat), pages={},
        )  # fmt: skip
        post.world.attend(self.desk.view)
        self.operators = Operators(store, self.desk, post.world, post.clock, (JONAS, ADA), lambda: None)
        return self

    async def announcement(self, service=Service.FACEBOOK, number=1):
        line = Line(number, "DE", self.post.clock.at, Cause.GONE, 4, 2)
        one = Announcement(0, service, self.post.clock.at, Approval.ASKED, (line,))
        return (await self.store.announcements.keep(one, [], self.post.clock.at)).id

    async def orders(self, chat, decision, number=1):
        order = Decide(number, decision, second=True)
        await self.store.save(Changes(self.post.clock.at, orders=[(chat, order)]))

    async def sends(self, chat, bulletin, *, second=True):
        await self.store.save(Changes(self.post.clock.at, orders=[(chat, Issue(bulletin, second=second))]))
        return max(each.id for each in await self.store.announcements.since(NOON - timedelta(days=30)))

    async def wanted(self, number):
        return (await self.store.announcements.progress(number)).wanted

    async def told(self):
        return await self.post.told(JONAS, ADA)


@pytest.fixture
async def office(tmp_path):
    async with lookout(tmp_path) as post:
        post.clock.at = NOON
        await post.person(JONAS)
        await post.person(ADA)
        group = Group(-100, "de", "Europe/Berlin", date(2026, 12, 1), ("DE",), state=GroupState.RUNNING)
        await post.store.groups.save(StoredGroup(group, 0), StoredGroup(replace(group, chat_id=-101), 0))
        office = Office(post)
        await office.announcement()
        yield await office.again()


async def test_every_operator_is_asked_once_also_after_a_kill(office):
    assert await office.operators.tell() == 1
    assert await office.operators.tell() == 0
    assert await (await office.again()).operators.tell() == 0
    assert await office.told() == [(JONAS, "admin/announcement"), (ADA, "admin/announcement")]


async def test_several_that_stay_undecided_come_as_one_summary(office):
    await office.announcement(Service.INSTAGRAM, 2)
    await office.operators.tell()
    office.post.clock.at += 31 * MINUTE
    assert await office.operators.tell() == 2
    assert [screen for chat, screen in await office.told() if chat == JONAS] == [
        "admin/announcement", "admin/announcement", "admin/announcements",
    ]  # fmt: skip


async def test_at_night_nothing_is_asked_again_before_the_morning(office):
    office.post.clock.at = NOON.replace(hour=20, minute=50)  # 21:50 in Berlin
    await office.operators.tell()
    for hour in range(1, 10):
        office.post.clock.at = NOON.replace(hour=20, minute=55) + timedelta(hours=hour)
        assert await office.operators.tell() == 0
    office.post.clock.at = NOON.replace(day=4, hour=7, minute=1)
    assert await office.operators.tell() == 1


async def test_a_hold_is_for_half_an_hour(office):
    await office.operators.tell()
    office.post.clock.at += 20 * MINUTE
    await office.orders(JONAS, Decision.HOLD)
    office.post.clock.at += 20 * MINUTE
    assert await office.operators.tell() == 0
    office.post.clock.at += 11 * MINUTE
    assert await office.operators.tell() == 1


async def test_after_two_yeses_the_groups_are_planned_even_if_a_kill_came_first(office):
    await office.orders(JONAS, Decision.YES)
    await office.orders(JONAS, Decision.YES)
    await office.announcing.hear()
    assert (await office.store.announcements.progress(1)).wanted == 0, "one person is not two"

    await office.orders(ADA, Decision.YES)
    await office.again()
    assert (await office.store.announcements.progress(1)).wanted == 2
    await office.again()
    assert (await office.store.announcements.progress(1)).wanted == 2


async def test_a_decision_is_not_undone_by_what_was_known_before_it(office):
    known = office.announcing.get(1)
    await office.orders(JONAS, Decision.NO)
    await office.store.announcements.keep(replace(known, revision=2), [], NOON)
    await office.announcing.hear()
    assert office.announcing.get(1).approval is Approval.NO


async def test_without_an_operator_who_wrote_to_the_bot_nobody_is_asked_and_it_is_asked_later(office):
    office.operators._ids = (5_000_000_009,)
    assert await office.operators.tell() == 0
    office.operators._ids = (ADA,)
    assert await office.operators.tell() == 1


async def test_the_desk_is_the_operators_alone(office):
    await office.desk.refresh()
    assert office.desk.view(JONAS).me != office.desk.view(ADA).me
    assert office.desk.view(7) is None
    assert office.desk.view(JONAS).matter(1).reach == {"de": 2}
    assert dict(office.desk.view(ADA).groups) == {"running": 2}


RULES = Bulletin(BulletinKind.RULES, NOON + FRESH, day=NOON.date())
ENGLISH = Bulletin(BulletinKind.WORDS, NOON + FRESH, words={"en": "Hello"})


async def test_a_bulletin_is_planned_when_it_is_heard_of_also_if_a_kill_came_first(office):
    number = await office.sends(JONAS, RULES, second=False)
    assert await office.wanted(number) == 0
    await office.again()  # the kill came between the commit and the planning
    assert await office.wanted(number) == 2

    other = await office.sends(JONAS, RULES, second=False)
    await office.announcing.hear()
    assert await office.wanted(other) == 2
    assert office.announcing.get(other).bulletin == RULES


async def test_a_bulletin_waits_for_its_second_yes_and_every_operator_is_told(office):
    number = await office.sends(JONAS, RULES)
    await office.announcing.hear()
    await office.orders(JONAS, Decision.YES, number)
    await office.announcing.hear()
    assert await office.wanted(number) == 0, "one person is not two"

    assert await office.operators.tell() == 2, "the announcement that waits, and the bulletin"
    assert await office.operators.tell() == 0
    await office.orders(ADA, Decision.YES, number)
    await office.announcing.hear()
    assert await office.wanted(number) == 2


async def test_a_bulletin_is_for_the_groups_that_there_were(office):
    number = await office.sends(JONAS, RULES, second=False)
    await office.announcing.hear()
    late = Group(-102, "de", "Europe/Berlin", date(2026, 12, 1), ("DE",), state=GroupState.RUNNING)
    await office.store.groups.save(StoredGroup(late, 0))
    await office.announcing.include(late)
    assert await office.wanted(number) == 2, "set up after it was sent"
    await office.again()
    await office.orders(ADA, Decision.STOP, number)
    await office.orders(ADA, Decision.YES, number)
    await office.orders(JONAS, Decision.YES, number)
    await office.announcing.hear()
    assert await office.wanted(number) == 2


async def test_own_words_are_planned_only_where_somebody_reads_them(office):
    assert await office.wanted(await office.sends(JONAS, ENGLISH, second=False)) == 0
    await office.announcing.hear()
    [_, one] = sorted(office.announcing.all(), key=lambda each: each.id)
    assert office.announcing.reach(one) == []
    assert office.announcing.reach_by_language(replace(one, bulletin=replace(ENGLISH, others="en"))) == {"en": 2}


async def test_all_operators_hear_that_one_of_them_sends_a_bulletin(office):
    await office.operators.tell()
    await office.sends(JONAS, RULES, second=False)
    assert await office.operators.tell() == 0, "before it is planned there is nothing to stop"
    await office.announcing.hear()
    assert await office.operators.tell() == 1
    assert await office.operators.tell() == 0
    assert (await office.told()).count((ADA, "admin/announcement")) == 2


async def test_the_desk_counts_the_running_groups(office):
    await office.announcing.include(Group(-103, "fr", "Europe/Paris", date(2026, 12, 1), ("FR",)))
    await office.desk.refresh()
    assert dict(office.desk.view(JONAS).audience) == {("de", frozenset({"DE"})): 2}
