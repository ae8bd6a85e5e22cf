"""What operators say: planned pauses and forms opened by hand. And which forms are in use."""

from datetime import timedelta

from bot.domain.hints import Pause
from tests.storage.conftest import NOW

HOUR = timedelta(hours=1)


async def test_a_pause_lasts_until_its_end(store):
    pause = Pause(form="facebook-2025", country=None, since=NOW, until=NOW + 2 * HOUR)
    number = await store.pauses.add(pause)

    assert await store.pauses.current(NOW) == {number: pause}
    assert await store.pauses.current(NOW + 2 * HOUR) == {}


async def test_a_pause_can_be_ended_early_once(store):
    number = await store.pauses.add(Pause(form=None, country=None, since=NOW, until=NOW + 2 * HOUR))

    assert await store.pauses.end(number, NOW + HOUR)
    assert await store.pauses.current(NOW + HOUR) == {}
    assert [pause.until for pause in await store.pauses.lately(NOW)] == [NOW + HOUR]
    assert not await store.pauses.end(number, NOW + HOUR)
    assert not await store.pauses.end(number + 1, NOW)


async def test_pauses_long_over_are_forgotten(store):
    await store.pauses.add(Pause(form=None, country="DE", since=NOW, until=NOW + HOUR))

    await store.forget(NOW + timedelta(days=91))

    assert await store.pauses.current(NOW) == {}


async def test_the_last_confirmation_counts(store):
    await store.confirmations.add("facebook-2025", "DE", NOW)
    await store.confirmations.add("facebook-2025", "DE", NOW + HOUR)
    await store.confirmations.add("facebook-2025", "AT", NOW)
    await store.confirmations.add("facebook-2025", "AT", NOW + 2 * HOUR, opened=False)

    assert await store.confirmations.latest() == {
        ("facebook-2025", "DE"): NOW + HOUR,
        ("facebook-2025", "AT"): NOW,
    }
    assert await store.confirmations.latest(opened=False) == {("facebook-2025", "AT"): NOW + 2 * HOUR}


async def test_the_last_day_on_which_somebody_asked(store):
    both = [("facebook-2025", "DE"), ("instagram-2025", "DE")]
    await store.wanted.ask(both, NOW.date())
    await store.wanted.ask(both[:1], (NOW + 24 * HOUR).date())
    await store.wanted.ask([], NOW.date())

    assert await store.wanted.days() == {both[0]: (NOW + 24 * HOUR).date(), both[1]: NOW.date()}
