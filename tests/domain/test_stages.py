from datetime import date, timedelta

import pytest

from bot.domain.cases import Case, FactKind
from bot.domain.forms import Service
from bot.domain.stages import AFTER, ON_ITS_WAY, OPEN_STAGES, PASSING, Stage, stage_of, telling

DAY = date(2026, 12, 3)
DUE = date(2027, 1, 4)


def case(*kinds):
    found = Case(1, Service.FACEBOOK, "DE")
    for kind in kinds:
        found = found.with_fact(kind, today=DAY)
    return found


def stage(*kinds, due=DUE, today=DAY):
    return stage_of(case(*kinds), due, today)


def test_every_fact_has_a_stage_and_every_stage_is_reached():
    assert set(AFTER) == set(FactKind)
    assert {*AFTER.values(), Stage.OVERDUE} == set(Stage)


@pytest.mark.parametrize("kind", FactKind)
def test_a_fact_alone_leads_to_its_stage(kind):
    assert stage(kind) is AFTER[kind]


@pytest.mark.parametrize("kind", sorted(set(FactKind) - PASSING))
def test_after_a_dispatch_the_last_fact_tells(kind):
    assert stage(FactKind.BEGUN, FactKind.SENT, kind) is AFTER[kind]


@pytest.mark.parametrize("tried", sorted(PASSING))
@pytest.mark.parametrize("kind", sorted(kind for kind in FactKind if AFTER[kind] in ON_ITS_WAY))
def test_what_passes_takes_nothing_back_that_is_on_its_way(kind, tried):
    expected = AFTER[kind]
    if (kind, tried) == (FactKind.NO_FURTHER_ACTION, FactKind.CODE_MISSING):
        expected = Stage.BLOCKED
    assert stage(FactKind.BEGUN, kind, tried) is expected
    assert stage(FactKind.BEGUN, kind, FactKind.OPENED, tried) is expected


@pytest.mark.parametrize("tried", sorted(PASSING))
@pytest.mark.parametrize("kind", [FactKind.BEGUN, FactKind.FAILED, FactKind.UNDELIVERED, FactKind.WRONG_FORM])
def test_what_passes_tells_while_nothing_is_on_its_way(kind, tried):
    assert stage(kind, tried) is AFTER[tried]


def test_a_case_without_facts_is_not_sent():
    assert stage() is Stage.NOT_SENT
    assert telling(()) is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([FactKind.BEGUN], Stage.NOT_SENT),
        ([FactKind.BEGUN, FactKind.SENT], Stage.SENT),
        ([FactKind.SENT, FactKind.CONFIRMED], Stage.ACCEPTED),
        ([FactKind.SENT, FactKind.REFUSED, FactKind.OPENED], Stage.ANSWERED),
        ([FactKind.BEGUN, FactKind.FAILED], Stage.NOT_SENT),
        ([], Stage.NOT_SENT),
    ],
)
def test_a_closed_case_that_is_opened_again_stands_where_it_stood(before, expected):
    assert stage(*before, FactKind.CLOSED) is Stage.CLOSED
    assert stage(*before, FactKind.CLOSED, FactKind.REOPENED) is expected


def test_what_is_sent_is_overdue_from_the_day_after_its_date():
    assert stage(FactKind.SENT, today=DUE) is Stage.SENT
    assert stage(FactKind.SENT, today=DUE + timedelta(days=1)) is Stage.OVERDUE
    assert stage(FactKind.EXTENDED, today=DUE + timedelta(days=1)) is Stage.OVERDUE
    assert stage(FactKind.SENT, due=None, today=DUE + timedelta(days=99)) is Stage.SENT


@pytest.mark.parametrize("kind", [kind for kind in FactKind if AFTER[kind] is not Stage.SENT])
def test_nothing_else_becomes_overdue(kind):
    assert stage(kind, today=DUE + timedelta(days=99)) is AFTER[kind]


def test_two_stages_are_the_end():
    assert set(Stage) - OPEN_STAGES == {Stage.ACCEPTED, Stage.CLOSED}
