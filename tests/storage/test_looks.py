from datetime import timedelta

from bot.domain.observations import Observation, Reason, Verdict
from tests.storage.conftest import NOW


def look(at=NOW, verdict=Verdict.ANSWERS, form="facebook-2025", vantage="direct"):
    return Observation(form, "DE", vantage, at, verdict, Reason.NONE, 200, 0.25, ())


async def test_the_latest_look_of_each_form_and_vantage(store):
    old, new = look(), look(NOW + timedelta(hours=1), Verdict.GONE)
    other = look(vantage="proxy:DE")
    await store.looks.add([old, other])
    await store.looks.add([new])

    assert await store.looks.latest() == [other, new]
    assert await store.looks.history("facebook-2025", "DE", since=NOW) == [old, other, new]
    assert await store.looks.history("facebook-2025", "DE", since=new.at) == [new]


async def test_looks_are_kept_for_90_days(store):
    await store.looks.add([look(), look(NOW + timedelta(days=2))])

    await store.forget(NOW + timedelta(days=91))

    assert [each.at for each in await store.looks.latest()] == [NOW + timedelta(days=2)]
