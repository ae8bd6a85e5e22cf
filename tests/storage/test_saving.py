from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.deliveries import Lane
from bot.storage import Changes, NewReport, Outdated, Watch
from tests.storage.conftest import ANNA, BEN, CLEO, NOW, answer, everything, person

DAY = timedelta(days=1)


async def test_what_is_saved_is_gathered(store):
    await store.save(Changes(NOW, updates=[7], people=[person(ANNA, country="DE"), person(CLEO, topic=4)]))

    found = await store.gather([6, 7], [ANNA, BEN, CLEO])

    assert found.seen == {7}
    assert {chat: (each.document, each.version) for chat, each in found.people.items()} == {
        ANNA: ({"country": "DE"}, 1),
        CLEO: ({"topic": 4}, 1),
    }
    assert found.people[ANNA].created_at == NOW


async def test_thousands_are_gathered(store):
    chats = list(range(1, 1801))
    await store.save(Changes(NOW, updates=chats, people=[person(chat) for chat in chats]))

    found = await store.gather(chats, chats)

    assert len(found.seen) == len(found.people) == 1800


async def test_an_update_takes_effect_once(store):
    await store.save(Changes(NOW, updates=[7], people=[person(ANNA, step=1)]))

    with pytest.raises(Outdated):
        await store.save(Changes(NOW, updates=[7], people=[person(ANNA, 1, step=2)], deliveries=[answer(ANNA)]))

    assert (await store.gather([], [ANNA])).people[ANNA].document == {"step": 1}
    assert sum((await store.outbox.counts()).values()) == 0


async def test_who_was_changed_meanwhile_is_left_alone_with_all_the_commit(store):
    await store.save(Changes(NOW, people=[person(ANNA, step=1), person(BEN, step=1)]))
    await store.save(Changes(NOW, people=[person(ANNA, 1, step=2)]))

    with pytest.raises(Outdated):
        await store.save(Changes(NOW, updates=[8], people=[person(BEN, 1, step=9), person(ANNA, 1, step=9)]))

    found = await store.gather([8], [ANNA, BEN])
    assert (found.people[ANNA].document, found.people[BEN].document) == ({"step": 2}, {"step": 1})
    assert not found.seen


async def test_two_can_not_begin_as_the_same_person(store):
    await store.save(Changes(NOW, people=[person(ANNA)]))

    with pytest.raises(Outdated):
        await store.save(Changes(NOW, people=[person(ANNA)]))


async def test_a_commit_repeated_enqueues_nothing_twice(store):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, (7, 0)), answer(ANNA, (7, 1))]))

    with pytest.raises(Outdated):
        await store.save(Changes(NOW, deliveries=[answer(ANNA, (7, 1))]))

    assert (await store.outbox.counts())[Lane.ANSWER] == 2


async def test_an_update_set_aside_is_seen(store):
    await store.save(Changes(NOW, updates=[7, 8], set_aside=[8, 9]))

    assert (await store.gather([7, 8, 9], [])).seen == {7, 8, 9}


async def test_erasing_and_beginning_again_in_one_commit(store):
    await store.save(everything(ANNA, 1))
    goodbye = Changes(NOW, erased=[ANNA], people=[person(ANNA, 1, step=0)], deliveries=[answer(ANNA, bye=1)])

    await store.save(goodbye)

    found = (await store.gather([], [ANNA])).people[ANNA]
    assert (found.document, found.version) == ({"step": 0}, 1)
    assert [each.document for each in await store.outbox.waiting(NOW, busy=(), limit=9)] == [{"bye": 1}]


async def test_reminders_come_in_order_and_expiry_by_day(store):
    later = [person(chat, wake_at=NOW + each * DAY, n=each) for each, chat in enumerate([ANNA, BEN, CLEO], -1)]
    leaving = person(44, expires_on=NOW.date())
    await store.save(Changes(NOW, people=[*reversed(later), leaving]))

    assert [each.chat_id for each in await store.wake(NOW, 9)] == [ANNA, BEN]
    assert [each.chat_id for each in await store.wake(NOW, 1)] == [ANNA]
    assert await store.next_wake(NOW) == NOW + DAY
    assert [each.chat_id for each in await store.expired(NOW.date(), 9)] == [44]
    assert await store.expired(NOW.date() - DAY, 9) == []


async def test_a_report_counts_once_a_day_and_person(store):
    told = NewReport(ANNA, "facebook-2025", "DE", "no_code")
    assert await store.reports.add(NOW, told)
    assert not await store.reports.add(NOW + timedelta(hours=1), told)
    await store.save(Changes(NOW, reports=[told, replace(told, chat_id=BEN)]))

    assert await store.reports.people("facebook-2025", "DE", "no_code", since=NOW - DAY) == 2


async def test_the_link_of_a_report_is_forgotten_after_a_day(store):
    await store.reports.add(NOW, NewReport(ANNA, "facebook-2025", "DE", "no_code"))
    assert "reports" in await store.rows_of(ANNA)

    await store.forget(NOW + DAY)

    assert "reports" not in await store.rows_of(ANNA)


async def test_updates_are_forgotten_after_seven_days(store):
    await store.save(Changes(NOW, updates=[7]))

    await store.forget(NOW + 7 * DAY)
    assert (await store.gather([7], [])).seen == {7}
    await store.forget(NOW + 8 * DAY)
    assert not (await store.gather([7], [])).seen


async def test_a_wish_is_kept_once_and_taken_out(store):
    wish = Watch(ANNA, "facebook-2025", "DE", "answers")
    other = replace(wish, chat_id=BEN)
    await store.save(Changes(NOW, watches=[wish, other]))
    await store.save(Changes(NOW, watches=[wish, replace(wish, country="AT")]))

    assert await store.watches.waiting("facebook-2025", "DE", "answers") == [wish, other]
    await store.save(Changes(NOW, unwatch=[wish]))
    assert await store.watches.waiting("facebook-2025", "DE", "answers") == [other]
    assert await store.watches.waiting("facebook-2025", "AT", "answers") == [replace(wish, country="AT")]
