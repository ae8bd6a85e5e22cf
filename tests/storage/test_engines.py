"""The same units under another engine: what PostgreSQL will get, tried with an async driver of SQLite."""

from datetime import timedelta

from sqlalchemy import make_url
from sqlalchemy.dialects import postgresql

from bot.domain.days import Day
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.storage import Changes, Outdated, Store, migrate
from bot.storage.conflicts import insert_or_raise, insert_or_set
from bot.storage.engine import AsyncDatabase
from bot.storage.seen_schema import days, wanted
from tests.storage.conftest import ANNA, BEN, NOW, answer, everything, person
from tests.storage.seen import EVIDENCE, FORM, an_incident, look


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


async def test_what_is_seen_of_forms_is_kept_under_an_async_driver_too(seal, tmp_path):
    where = AsyncDatabase(make_url(f"sqlite+aiosqlite:///{tmp_path}/async.db"))
    store = Store(where, seal)
    await where.write(migrate.upgrade)
    await where.write(store._begin)
    seen = await store.looks.add([look(verdict=Verdict.GONE, differed=True, evidence=EVIDENCE)] * 2)
    kept = await store.incidents.save(an_incident(), cites=seen)

    window = await store.window(FORM, "DE", NOW)
    assert (len(window.looks), window.open, window.past) == (2, kept, ())
    await store.incidents.correct(kept.id, Correction.MEASUREMENT, NOW)
    assert (await store.window(FORM, "DE", NOW)).past[0].correction is Correction.MEASUREMENT
    await store.wanted.ask([(FORM, "DE")], NOW.date())
    await store.wanted.ask([(FORM, "DE")], NOW.date())
    await store.forget(NOW + timedelta(days=95))
    assert await store.days.between(FORM, "DE", NOW.date(), NOW.date(), now=NOW) == [Day(NOW.date(), bad=2)]
    assert await store.incidents.looks_of(kept.id) == seen
    assert await store.lead()
    await store.close()


class PostgreSQL:
    dialect = postgresql.dialect()


def test_what_is_written_over_is_said_in_words_of_postgresql():
    raised = insert_or_raise(PostgreSQL, days, ("form", "country", "day"), ("ok", "bad", "no_data"))
    put = insert_or_set(PostgreSQL, wanted, ("form", "country"), ("asked_on",))

    words = [" ".join(str(each.compile(dialect=PostgreSQL.dialect)).split()) for each in (raised, put)]

    assert words[0].endswith(
        "ON CONFLICT (form, country, day) DO UPDATE "
        "SET ok = excluded.ok, bad = excluded.bad, no_data = excluded.no_data "
        "WHERE excluded.ok + excluded.bad + excluded.no_data > days.ok + days.bad + days.no_data"
    )
    assert words[1].endswith("ON CONFLICT (form, country) DO UPDATE SET asked_on = excluded.asked_on")
