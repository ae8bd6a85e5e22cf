from datetime import timedelta

import pytest

from bot.domain.observations import Evidence, Hop, Verdict
from bot.storage.evidence import COPY, from_text, to_text
from tests.storage.conftest import NOW
from tests.storage.seen import EVIDENCE, FORM, an_incident, look


async def test_the_latest_look_of_each_form_and_vantage(store):
    old, other = await store.looks.add([look(), look(vantage="proxy:DE")])
    (new,) = await store.looks.add([look(NOW + timedelta(hours=1), Verdict.GONE)])

    assert await store.looks.latest() == [other, new]
    assert await store.looks.history(FORM, "DE", since=NOW) == [old, other, new]
    assert await store.looks.history(FORM, "DE", since=new.at) == [new]


async def test_each_look_gets_a_number_of_its_own(store):
    first, second = await store.looks.add([look(), look()])
    (third,) = await store.looks.add([look()])

    assert 0 < first.id < second.id < third.id


async def test_looks_are_kept_for_90_days_by_whole_days(store):
    await store.looks.add([look(), look(NOW + timedelta(days=2))])

    await store.forget(NOW + timedelta(days=90))
    assert len(await store.looks.history(FORM, "DE", since=NOW)) == 2
    await store.forget(NOW + timedelta(days=91))
    assert [each.at for each in await store.looks.latest()] == [NOW + timedelta(days=2)]


async def test_a_look_that_an_incident_cites_stays_with_its_evidence(store):
    cited, _other = await store.looks.add([look(verdict=Verdict.GONE, evidence=EVIDENCE), look(evidence=EVIDENCE)])
    incident = await store.incidents.save(an_incident(), cites=[cited])

    await store.forget(NOW + timedelta(days=1000))

    assert await store.incidents.looks_of(incident.id) == [cited]
    assert await store.looks.history(FORM, "DE", since=NOW) == [look(verdict=Verdict.GONE, id=cited.id)]


async def test_that_a_form_differed_is_known_for_good(store):
    await store.looks.add([look(differed=True), look(vantage="proxy:DE", differed=False), look(form="b"), look()])
    await store.looks.add([look(NOW + timedelta(hours=1), differed=True)])

    await store.forget(NOW + timedelta(days=1000))

    assert await store.looks.differed() == {(FORM, "direct", "DE")}


@pytest.mark.parametrize("evidence", [None, Evidence(), EVIDENCE])
def test_evidence_comes_back_as_it_was(evidence):
    assert from_text(to_text(evidence)) == evidence


def test_evidence_is_bounded():
    endless = Evidence(
        hops=(Hop("https://a.example/" + "x" * 100_000, 302, "y" * 100_000),) * 500,
        sha256="z" * 100_000,
        phases=(("n" * 10_000, 1.0),) * 500,
        copy="c" * (COPY + 1),
    )

    assert len(to_text(endless)) < 70_000
    assert from_text(to_text(endless)).copy == ""
    assert from_text(to_text(Evidence(copy="c" * COPY))).copy == "c" * COPY
