from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import MAX_FACTS, Case, Fact, FactKind
from bot.domain.forms import Service

DAY = date(2026, 12, 3)


def case(*kinds, **more):
    found = Case(1, Service.FACEBOOK, "DE", **more)
    for kind in kinds:
        found = found.with_fact(kind, today=DAY)
    return found


def test_a_fact_is_of_today_unless_another_day_is_told():
    told = case().with_fact(FactKind.SENT, today=DAY, day=DAY - timedelta(days=30), note="form")
    assert told.facts == (Fact(FactKind.SENT, date(2026, 11, 3), DAY, "form"),)
    assert case(FactKind.SENT).facts == (Fact(FactKind.SENT, DAY, DAY),)


def test_the_same_fact_twice_is_one():
    assert case(FactKind.SENT, FactKind.SENT) == case(FactKind.SENT)
    assert len(case(FactKind.SENT).with_fact(FactKind.SENT, today=DAY + timedelta(days=1)).facts) == 2


def test_a_new_fact_ends_a_snooze_and_a_stop():
    waiting = case(snoozed_until=DAY + timedelta(days=7), stopped=True)
    after = waiting.with_fact(FactKind.SENT, today=DAY)
    assert after.snoozed_until is None
    assert not after.stopped


def test_the_last_fact_of_a_kind_is_found():
    both = case(FactKind.BEGUN, FactKind.SENT, FactKind.REFUSED)
    assert both.last(FactKind.SENT).kind is FactKind.SENT
    assert both.last(FactKind.SENT, FactKind.REFUSED).kind is FactKind.REFUSED
    assert both.last(FactKind.COMPLAINED) is None
    assert both.last() is None


def test_the_day_of_the_last_dispatch_can_be_put_right():
    twice = case(FactKind.SENT, FactKind.UNDELIVERED).with_fact(FactKind.SENT, today=DAY, note="post")
    moved = twice.with_sent_day(DAY - timedelta(days=2))
    assert [fact.day for fact in moved.facts] == [DAY, DAY, date(2026, 12, 1)]
    assert moved.facts[-1].note == "post"
    assert moved.with_sent_day(DAY, "arrived").facts[-1].note == "arrived"
    assert case(FactKind.BEGUN).with_sent_day(DAY) == case(FactKind.BEGUN)


@given(st.lists(st.sampled_from(FactKind), min_size=MAX_FACTS, max_size=2 * MAX_FACTS))
def test_a_case_never_grows_beyond_its_bound_and_keeps_its_dispatches_longest(kinds):
    found = case()
    for place, kind in enumerate(kinds):
        found = found.with_fact(kind, today=DAY + timedelta(days=place))
    assert len(found.facts) <= MAX_FACTS
    assert found.facts[-1].kind is kinds[-1]
    sent = min(kinds.count(FactKind.SENT), MAX_FACTS)
    assert sum(fact.kind is FactKind.SENT for fact in found.facts) == sent


def test_even_a_case_of_nothing_but_dispatches_is_bounded():
    found = case()
    for place in range(MAX_FACTS + 5):
        found = found.with_fact(FactKind.SENT, today=DAY + timedelta(days=place))
    assert len(found.facts) == MAX_FACTS
    assert found.facts[-1].day == DAY + timedelta(days=MAX_FACTS + 4)
