from collections import defaultdict
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.deliveries import Lane
from bot.storage import Changes, Store
from tests.storage.conftest import ANNA, BEN, CLEO, NOW, answer

MINUTE = timedelta(minutes=1)


async def waiting(store, now=NOW, busy=(), **more):
    return [each.document["n"] for each in await store.outbox.waiting(now, busy=busy, limit=9, **more)]


async def test_one_of_each_chat_the_urgent_lanes_first(store):
    notice, reminder = answer(ANNA, lane=Lane.NOTICE, n=1), answer(BEN, lane=Lane.REMINDER, n=2)
    await store.save(Changes(NOW, deliveries=[notice, reminder, answer(CLEO, n=3), answer(CLEO, n=4)]))

    assert await waiting(store) == [3, 2, 1]
    assert await waiting(store, busy=[CLEO, BEN]) == [1]
    assert await waiting(store, bulk=1) == [3, 2]
    assert await waiting(store, bulk=0) == [3]


async def test_a_chat_keeps_its_order_and_goes_as_fast_as_its_most_urgent(store):
    first = answer(ANNA, lane=Lane.NOTICE, n=1)
    await store.save(Changes(NOW, deliveries=[answer(BEN, lane=Lane.REMINDER, n=2), first, answer(ANNA, n=3)]))

    found = await store.outbox.waiting(NOW, busy=(), limit=9)

    assert [(each.document["n"], each.lane) for each in found] == [(1, Lane.ANSWER), (2, Lane.REMINDER)]


async def test_what_waits_for_the_morning_holds_up_no_answer_of_the_night(store):
    morning = answer(ANNA, lane=Lane.NOTICE, due_at=NOW + 8 * 60 * MINUTE, n=1)
    await store.save(Changes(NOW, deliveries=[morning, answer(ANNA, n=2)]))

    assert await waiting(store) == [2]
    assert await waiting(store, NOW + 8 * 60 * MINUTE) == [1], "the order of the commits, once both are due"


async def test_nothing_overtakes_what_is_tried_again(store):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, n=1), answer(ANNA, n=2), answer(BEN, n=3)]))
    first = (await store.outbox.waiting(NOW, busy=(), limit=1))[0]

    await store.outbox.again(first.id, NOW + MINUTE, 1)

    assert await waiting(store) == [3]
    assert await store.outbox.next_due(NOW) == NOW + MINUTE
    again = (await store.outbox.waiting(NOW + MINUTE, busy=[BEN], limit=9))[0]
    assert (again.id, again.attempts, again.document) == (first.id, 1, {"n": 1})


async def test_told_is_wiped_and_a_number_is_never_used_twice(store):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, n=1), answer(ANNA, n=2)]))
    ids = [each.id for each in await store.outbox.waiting(NOW, busy=(), limit=9)]
    await store.outbox.told(ids)
    assert await waiting(store) == [2]
    await store.outbox.told([ids[0] + 1])

    await store.save(Changes(NOW, deliveries=[answer(BEN, n=3)]))

    assert (await store.outbox.waiting(NOW, busy=(), limit=9))[0].id > ids[0] + 1


async def test_a_chat_out_of_reach_is_dropped(store):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, n=1), answer(ANNA, n=2), answer(BEN, n=3)]))

    assert await store.outbox.drop_chat(ANNA) == 2
    assert await waiting(store) == [3]
    assert await store.outbox.counts() == {Lane.ANSWER: 1, Lane.REMINDER: 0, Lane.NOTICE: 0}


async def test_a_damaged_row_holds_up_nobody_else(store):
    await store.save(Changes(NOW, deliveries=[answer(ANNA, n=1), answer(BEN, n=2)]))
    await store._database.write(lambda c: c.exec_driver_sql("UPDATE deliveries SET sealed = x'00' WHERE id = 1"))

    assert await waiting(store) == [2]
    assert len(store.outbox.damaged) == 1


QUEUES = st.lists(st.tuples(st.sampled_from([ANNA, BEN, CLEO]), st.sampled_from(Lane), st.integers(0, 2)), max_size=12)


@given(QUEUES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_delivery_is_told_once_when_it_is_due_in_the_order_of_its_chat(tmp_path_factory, seal, queue):
    folder = tmp_path_factory.mktemp("outbox")
    store = await Store.open(f"sqlite:///{folder}/bot.db", seal, now=NOW, backups=None)
    due = [answer(chat, lane=lane, due_at=NOW + wait * MINUTE, n=n) for n, (chat, lane, wait) in enumerate(queue)]
    await store.save(Changes(NOW, deliveries=due))
    now, told = NOW, defaultdict(list)
    while now <= NOW + 2 * MINUTE:
        while found := await store.outbox.waiting(now, busy=(), limit=2):
            assert all(each.due_at <= now for each in found)
            assert len({each.chat_id for each in found}) == len(found)
            for each in found:
                told[each.chat_id].append(each.document["n"])
            await store.outbox.told([each.id for each in found])
        now += MINUTE
    await store.close()

    wanted = defaultdict(list)
    for _, n, chat in sorted((wait, n, chat) for n, (chat, _, wait) in enumerate(queue)):
        wanted[chat].append(n)
    assert told == wanted
