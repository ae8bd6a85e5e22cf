"""The closing in the store: decided in the commit of an order, told chat by chat, all erased in one commit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.announcing import Announcement, Approval
from bot.domain.closing import CallOff, Close, Closing, ClosingState
from bot.domain.forms import Service
from bot.domain.groups import Group
from bot.domain.orders import Decide, Decision
from bot.storage import Changes, Outdated
from bot.storage.groups import StoredGroup
from bot.storage.orders import name_of
from tests.storage.conftest import ANNA, BEN, CLEO, NOW, answer, everything, person
from tests.storage.test_erasing import found, traces_of
from tests.storage.test_sealing import bytes_of, found_in

DAY = NOW.date() + timedelta(days=28)
ANNOUNCED = Closing(DAY, ClosingState.ANNOUNCED, "", NOW)


async def ordered(store, *orders):
    await store.save(Changes(NOW, orders=list(orders)))
    return await store.closing.current()


async def test_nothing_is_decided_at_first(store):
    assert await store.closing.current() is None


async def test_two_operators_decide_and_of_neither_anything_is_kept(store):
    half = await ordered(store, (ANNA, Close(DAY, second=True)))
    assert half == Closing(DAY, ClosingState.HALF, name_of(store._seal, ANNA), NOW)
    assert await ordered(store, (ANNA, Close(DAY, second=True))) == half
    assert await ordered(store, (BEN, Close(DAY, second=True))) == ANNOUNCED
    off = await ordered(store, (ANNA, CallOff(DAY)))
    assert off == replace(ANNOUNCED, state=ClosingState.CALLED_OFF, ended_at=NOW)
    assert (await ordered(store, (BEN, Close(DAY)))).state is ClosingState.ANNOUNCED, "and once more"


async def test_operators_are_told_once_for_each_change(store):
    closing = await ordered(store, (ANNA, Close(DAY)))
    await store.save(Changes(NOW, closing_said=(closing, "announced")))
    assert (await store.closing.current()).said == "announced"
    with pytest.raises(Outdated):
        await store.save(Changes(NOW, closing_said=(closing, "announced")))


async def test_that_everybody_was_told_is_noted_of_that_state_only(store):
    closing = await ordered(store, (ANNA, Close(DAY)))
    await ordered(store, (ANNA, CallOff(DAY)))
    await store.closing.told(closing, NOW)
    assert (await store.closing.current()).told_at is None


async def test_people_come_page_by_page_each_once_and_only_their_document_changes(store):
    chats = range(ANNA, ANNA + 7)
    for chat in chats:
        await store.save(Changes(NOW, people=[person(chat, wake_at=NOW, expires_on=date(2027, 1, 1))]))
    met, after = [], b""
    while after is not None:
        page = await store.closing.page(after, 3)
        met += page.people
        after = page.last
    assert sorted(each.stored.chat_id for each in met) == list(chats)
    await store.save(Changes(NOW, people=[each.changed({"told": True}) for each in met]))
    [first] = (await store.closing.page(b"", 1)).people
    assert (first.stored.document, first.wake_at, first.expires_on) == ({"told": True}, NOW, date(2027, 1, 1))


async def filled(store):
    for update_id, chat in enumerate((ANNA, BEN)):
        await store.save(everything(chat, update_id, text="x" * 900))
    group = Group(CLEO, "de", "Europe/Vienna", NOW.date(), set_up_by=ANNA)
    await store.groups.save(StoredGroup(group, 0))
    kept = await store.announcements.keep(Announcement(0, Service.FACEBOOK, NOW, Approval.ASKED), [CLEO], NOW)
    await store.save(Changes(NOW, orders=[(ANNA, Decide(kept.id, Decision.YES))]))
    return set().union(*[await traces_of(store, chat) for chat in (ANNA, BEN, CLEO)])


async def test_after_the_closing_nothing_of_any_chat_is_on_the_disk(store, tmp_path):
    traces = await filled(store)
    operator = name_of(store._seal, ANNA).encode()
    before = bytes_of(tmp_path / "data")
    assert len(found(traces, before)) > 0.9 * len(traces), "the search finds them before"
    assert operator in before

    closing = await ordered(store, (ANNA, Close(DAY)))
    await store.closing.erase(closing, [], NOW)
    await store.vacuum_wal()

    after = bytes_of(tmp_path / "data")
    assert not found(traces, after)
    assert not [chat for chat in (ANNA, BEN, CLEO) if found_in(after, chat)]
    assert operator not in after
    assert not await store.closing.is_anything_left()
    assert (await store.closing.current()) == replace(ANNOUNCED, state=ClosingState.CLOSED, ended_at=NOW)


async def test_what_operators_hear_at_the_end_is_told_and_then_gone_too(store):
    await filled(store)
    closing = await ordered(store, (ANNA, Close(DAY)))
    await store.closing.erase(closing, [answer(ANNA, screen="closing/done")], NOW)
    [goodbye] = await store.outbox.waiting(NOW, busy=(), limit=9)
    assert (goodbye.chat_id, goodbye.document) == (ANNA, {"screen": "closing/done"})
    await store.outbox.told([goodbye.id])
    assert await store.rows_of(ANNA) == {}


async def test_what_a_process_writes_that_did_not_know_is_erased_once_more_and_answers_stay(store):
    closing = await ordered(store, (ANNA, Close(DAY)))
    await store.closing.erase(closing, [], NOW)
    await store.save(Changes(NOW, people=[person(BEN)], deliveries=[answer(ANNA, n=1)]))
    assert await store.closing.is_anything_left()
    await store.closing.erase(await store.closing.current(), [], NOW + timedelta(hours=1))
    assert not await store.closing.is_anything_left()
    assert len(await store.outbox.waiting(NOW, busy=(), limit=9)) == 1
    assert (await store.closing.current()).ended_at == NOW, "it closed when it closed"


async def test_a_backup_of_before_the_closing_forgets_everybody_when_it_is_put_back(store, reopen, tmp_path):
    await filled(store)
    await store.backup(tmp_path / "copy.db")
    await store.closing.erase(await ordered(store, (ANNA, Close(DAY))), [], NOW)

    restored = await reopen(f"sqlite:///{tmp_path}/copy.db")

    assert [await restored.rows_of(chat) for chat in (ANNA, BEN, CLEO)] == [{}, {}, {}]
    await restored.close()
