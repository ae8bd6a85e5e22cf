import pytest

from bot.domain.errors import SealError, StorageError
from bot.storage import Changes, Seal, key_file
from tests.storage.conftest import ANNA, BEN, NOW, everything, person

TODAY = NOW.date()


async def test_everything_is_found_under_the_new_key(store, reopen, seal):
    await store.save(everything(ANNA, 1, step=1))
    await store.save(everything(BEN, 2, step=2))
    before = await store.rows_of(ANNA)

    assert await store.rotate(TODAY) == 6
    for each in (store, await reopen()):
        after = await each.rows_of(ANNA)
        assert {name: rows[0]["sealed"] for name, rows in after.items()} == {
            name: rows[0]["sealed"] for name, rows in before.items() if name != "reports"
        }
        assert after["people"][0]["chat_hash"] != before["people"][0]["chat_hash"]
        assert len(await each.watches.waiting("facebook-2025", "DE", "answers")) == 2
        assert len(await each.outbox.waiting(NOW, busy=(), limit=9)) == 2
        await each.save(Changes(NOW, people=[person(BEN, (await each.gather([], [BEN])).people[BEN].version)]))
    await each.close()
    assert len(key_file.read(seal.path)) == 2


async def test_the_old_key_can_be_thrown_away(store, reopen, seal):
    await store.save(everything(ANNA, 1))
    await store.rotate(TODAY)
    seal.path.write_text(key_file.HEADER + key_file.read(seal.path)[0].line())

    again = await reopen()

    assert set(await again.rows_of(ANNA)) == {"deliveries", "people", "watches"}
    await again.close()


async def test_a_crash_between_file_and_database_leaves_it_open_under_the_old_key(store, reopen, seal):
    await store.save(everything(ANNA, 1, step=1))
    seal.add_key(TODAY)

    again = await reopen()

    assert (await again.gather([], [ANNA])).people[ANNA].document == {"step": 1}
    await again.close()


async def test_a_backup_from_before_opens_and_its_erasures_are_repeated(store, reopen, tmp_path):
    await store.save(everything(ANNA, 1))
    await store.save(everything(BEN, 2))
    await store.backup(tmp_path / "copy.db")
    await store.erase(BEN, NOW)
    await store.rotate(TODAY)
    await store.erase(ANNA, NOW)

    restored = await reopen(f"sqlite:///{tmp_path}/copy.db")

    assert await restored.rows_of(ANNA) == await restored.rows_of(BEN) == {}
    await restored.close()


async def test_a_bot_that_runs_meanwhile_saves_nothing_under_the_old_key(store, reopen):
    other = await reopen()
    await other.rotate(TODAY)

    with pytest.raises(StorageError, match="start the bot again"):
        await store.save(Changes(NOW, people=[person(ANNA)]))

    assert not (await other.gather([], [ANNA])).people
    await other.close()


async def test_a_damaged_row_stops_it_and_nothing_is_changed(store, reopen, seal):
    await store.save(everything(ANNA, 1))
    await store.save(everything(BEN, 2))
    await store._database.write(lambda c: c.exec_driver_sql("UPDATE watches SET sealed = x'00' WHERE id = 2"))

    with pytest.raises(SealError):
        await store.rotate(TODAY)

    assert "people" in await store.rows_of(ANNA)
    again = await reopen(key_file=seal.path)
    assert set((await again.gather([], [ANNA, BEN])).people) == {ANNA, BEN}
    await again.close()
    assert isinstance(again._seal, Seal)
