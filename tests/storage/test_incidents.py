from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import StorageError
from bot.domain.incidents import Cause, Correction
from bot.domain.observations import Verdict
from bot.storage import Outdated
from bot.storage.incidents import CITED, NewsKind
from tests.storage.conftest import NOW
from tests.storage.seen import EVIDENCE, an_incident, ended, look


async def test_an_incident_comes_back_as_it_was(store):
    kept = await store.incidents.save(an_incident())

    assert kept == replace(an_incident(), id=kept.id)
    assert await store.incidents.open() == [kept]
    assert await store.incidents.get(kept.id) == kept
    assert await store.incidents.get(kept.id + 1) is None


async def test_an_incident_grows_and_ends(store):
    kept = await store.incidents.save(an_incident())
    grown = await store.incidents.save(replace(kept, causes=(*kept.causes, Cause.MOVED), looks=9))
    over = await store.incidents.save(ended(grown))

    assert (over.id, over.causes[-1], over.looks) == (kept.id, Cause.MOVED, 9)
    assert await store.incidents.open() == []
    assert await store.incidents.since(over.ended_at) == [over]
    assert await store.incidents.since(over.ended_at + timedelta(seconds=1)) == []


async def test_an_end_is_news_until_it_is_told(store):
    kept = await store.incidents.save(an_incident())
    assert await store.incidents.news() == []
    over = await store.incidents.save(ended(kept), at=NOW + timedelta(hours=2))

    (news,) = await store.incidents.news()
    assert (news.incident, news.kind, news.until) == (over, NewsKind.ENDED, NOW + timedelta(hours=2))
    assert await store.incidents.told(news)
    assert await store.incidents.news() == []


async def test_what_is_corrected_while_it_lasts_is_news_for_all_who_wait(store):
    kept = await store.incidents.save(an_incident())
    corrected = await store.incidents.correct(kept.id, Correction.MEASUREMENT, NOW + timedelta(hours=1))

    assert (corrected.corrected_at, corrected.correction) == (NOW + timedelta(hours=1), Correction.MEASUREMENT)
    assert not corrected.is_open
    assert await store.incidents.open() == []
    assert await store.incidents.since(NOW) == [corrected]
    assert await store.incidents.news() == [(corrected, NewsKind.CORRECTED, NOW + timedelta(hours=1))]


async def test_what_is_corrected_after_its_end_was_told_concerns_nobody_who_waits_now(store):
    await store.incidents.save(ended(an_incident()), at=NOW + timedelta(hours=2))
    (news,) = await store.incidents.news()
    await store.incidents.told(news)

    corrected = await store.incidents.correct(news.incident.id, Correction.OUR_NETWORK, NOW + timedelta(days=1))

    assert await store.incidents.news() == [(corrected, NewsKind.CORRECTED, None)]


async def test_a_correction_takes_the_place_of_news_not_told_yet(store):
    await store.incidents.save(ended(an_incident()), at=NOW + timedelta(hours=2))
    (before,) = await store.incidents.news()
    await store.incidents.correct(before.incident.id, Correction.OUR_NETWORK, NOW + timedelta(days=1))

    assert not await store.incidents.told(before), "the older news must not wipe the newer"
    ((_, kind, until),) = await store.incidents.news()
    assert (kind, until) == (NewsKind.CORRECTED, NOW + timedelta(hours=2))


async def test_nobody_writes_over_a_correction(store):
    kept = await store.incidents.save(an_incident())
    await store.incidents.correct(kept.id, Correction.FORM_CHANGED, NOW)

    with pytest.raises(Outdated):
        await store.incidents.save(ended(kept))
    with pytest.raises(StorageError, match=r"^Incident \d+ was corrected before, as form_changed\.$"):
        await store.incidents.correct(kept.id, Correction.MEASUREMENT, NOW)
    with pytest.raises(StorageError, match=r"^There is no incident 999\.$"):
        await store.incidents.correct(999, Correction.MEASUREMENT, NOW)


async def test_an_incident_cites_looks_once_and_not_without_end(store):
    seen = await store.looks.add([look(verdict=Verdict.GONE, evidence=EVIDENCE)] * (CITED + 9))
    kept = await store.incidents.save(an_incident(), cites=seen[:3])
    await store.incidents.save(kept, cites=seen)

    cited = await store.incidents.looks_of(kept.id)

    assert cited == seen[:CITED]
    assert cited[0].evidence == EVIDENCE
