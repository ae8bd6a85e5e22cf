"""Bulletins: kept with the order that sends them, read again as they are, and forgotten."""

from datetime import date, timedelta

import pytest
from sqlalchemy import make_url, update

from bot.domain.announcing import Approval
from bot.domain.bulletins import Bulletin, BulletinKind
from bot.domain.forms import Service
from bot.domain.groups import Group
from bot.domain.orders import Issue
from bot.storage import Changes, Store, migrate
from bot.storage.changes import Outdated, StoredGroup
from bot.storage.engine import AsyncDatabase
from bot.storage.orders import name_of
from bot.storage.telling_schema import tellings
from tests.storage.conftest import ANNA, NOW

DAY = timedelta(days=1)
FORGOTTEN = -3
WORDS = Bulletin(BulletinKind.WORDS, NOW + DAY, words={"de": "Grüße <b>", "el": "Γειά"}, others="de")
FORM = Bulletin(BulletinKind.FORM, NOW + DAY, ("AT", "DE"), Service.INSTAGRAM, day=date(2026, 11, 22))
PAUSE = Bulletin(BulletinKind.PAUSE, NOW + DAY, since=NOW)


async def ordered(store, bulletin, *, second=False, updates=()):
    await store.save(Changes(NOW, updates=list(updates), orders=[(ANNA, Issue(bulletin, second=second))]))


@pytest.mark.parametrize("bulletin", [WORDS, FORM, PAUSE], ids=lambda each: each.kind)
async def test_what_is_sent_is_read_again_as_it_is(store, reopen, bulletin):
    await ordered(store, bulletin)
    again = await reopen()
    [kept] = await again.announcements.since(NOW - DAY)
    await again.close()
    assert (kept.bulletin, kept.service, kept.lines, kept.approval) == (bulletin, None, (), Approval.YES)
    assert kept.opened_at == NOW


async def test_where_two_are_needed_the_order_is_the_first_yes(store, seal):
    await ordered(store, FORM, second=True)
    [kept] = await store.announcements.kept_since(NOW - DAY)
    assert (kept.announcement.approval, kept.first) == (Approval.HALF, name_of(seal, ANNA))
    assert (kept.said, kept.said_at) == ("", None)


async def test_an_update_that_comes_twice_sends_once(store):
    await ordered(store, FORM, updates=[7])
    with pytest.raises(Outdated):
        await ordered(store, FORM, updates=[7])
    assert len(await store.announcements.since(NOW - DAY)) == 1


async def test_who_is_told_is_noted_like_for_an_announcement(store):
    await ordered(store, FORM)
    [one] = await store.announcements.since(NOW - DAY)
    for chat in (-1, -2):
        await store.groups.save(StoredGroup(Group(chat, "de", "Europe/Vienna", NOW.date()), 0))
    await store.announcements.keep(one, [-1, -2], NOW)
    await store.announcements.keep(one, [-1, -2, FORGOTTEN], NOW)
    assert (await store.announcements.progress(one.id)).wanted == 2
    [again] = await store.announcements.since(NOW - DAY)
    assert again == one


async def test_after_ninety_days_the_words_are_gone_and_nothing_stumbles_over_the_rest(store):
    await ordered(store, WORDS)
    [one] = await store.announcements.since(NOW - DAY)
    await store.announcements.keep(one, [ANNA], NOW)
    await store.forget(NOW + 90 * DAY)
    assert (await store.announcements.since(NOW - DAY))[0].bulletin == WORDS

    await store.forget(NOW + 91 * DAY)
    [left] = await store.announcements.since(NOW - DAY)
    assert (left.bulletin, left.service, left.lasts(NOW)) == (None, None, False)
    assert (await store.announcements.progress(one.id)).wanted == 0
    assert await store.rows_of(ANNA) == {}

    await store.forget(NOW + 400 * DAY)
    assert await store.announcements.since(NOW - DAY) == []


async def test_all_of_it_runs_under_an_async_driver_too(seal, tmp_path):
    where = AsyncDatabase(make_url(f"sqlite+aiosqlite:///{tmp_path}/async.db"))
    store = Store(where, seal)
    await where.write(migrate.upgrade)
    await where.write(store._begin)
    await ordered(store, WORDS, second=True)
    [kept] = await store.announcements.kept_since(NOW - DAY)
    await store.announcements.keep(kept.announcement, [ANNA], NOW)
    assert (kept.announcement.bulletin, kept.announcement.approval) == (WORDS, Approval.HALF)
    await store.forget(NOW + 91 * DAY)
    assert (await store.announcements.since(NOW - DAY))[0].bulletin is None
    await store.close()


async def test_of_the_operator_who_wrote_it_nothing_is_kept_with_it(store, url):
    await ordered(store, WORDS)
    assert await store.rows_of(ANNA) == {}


async def test_a_group_moves_though_what_it_was_told_is_damaged(store):
    await store.groups.save(StoredGroup(Group(-1, "de", "Europe/Vienna", NOW.date()), 0))
    await ordered(store, FORM)
    [one] = await store.announcements.since(NOW - DAY)
    await store.announcements.keep(one, [-1], NOW)
    await store._database.write(lambda connection: connection.execute(update(tellings).values(sealed=b"x")).rowcount)
    await store.groups.move(-1, -2)
    assert (await store.groups.get(-2)).group.chat_id == -2
