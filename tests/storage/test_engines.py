"""The same units under another engine: what PostgreSQL will get, tried with an async driver of SQLite."""

from sqlalchemy import make_url

from bot.storage import Changes, Outdated, Store, migrate
from bot.storage.engine import AsyncDatabase
from tests.storage.conftest import ANNA, BEN, NOW, answer, everything, person


async def test_the_units_run_under_an_async_driver(seal, tmp_path):
    where = AsyncDatabase(make_url(f"sqlite+aiosqlite:///{tmp_path}/async.db"))
    store = Store(where, seal)
    await where.write(migrate.upgrade)
    await where.write(store._begin)

    await store.save(everything(ANNA, 1, step=1))
    await store.save(Changes(NOW, people=[person(ANNA, 1, step=2)], deliveries=[answer(BEN)]))

    assert (await store.gather([1], [ANNA])).people[ANNA].document == {"step": 2}
    assert len(await store.outbox.waiting(NOW, busy=(), limit=9)) == 2
    try:
        await store.save(Changes(NOW, people=[person(ANNA, 1)]))
    except Outdated:
        await store.erase(ANNA, NOW)
    assert await store.rows_of(ANNA) == {}
    await store.close()
