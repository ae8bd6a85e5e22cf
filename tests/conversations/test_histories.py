"""Any history of a case, by hypothesis: a phase, a next step, reminders that end, dates with their word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import Case, FactKind, QuietHours
from bot.domain.deadlines import Basis
from bot.domain.forms import Service
from bot.domain.phases import Phase
from bot.domain.reminders import is_quiet
from tests.conversations.pure import KNOWLEDGE, NOON, Chat, world_at

NOTES = {
    FactKind.SENT: ("form", "web", "mail", "post", "arrived"),
    FactKind.WANTS_PROOF: ("identity", ""),
    FactKind.NO_FURTHER_ACTION: ("third_party", "own", "mail"),
    FactKind.COMPLAINED: ("debaylda", "atdsb", "gbico", "chedoeb", "branpd", "", "gone"),
}
COUNTRIES = ("DE", "AT", "FR", "GB", "CH", "BR")
HOMES = (*COUNTRIES, "TH", "TR", None)
WORLD = world_at(NOON.date())
FIRST = date(2026, 9, 1)
happenings = st.sampled_from(FactKind).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.sampled_from(NOTES.get(kind, ("",))), st.integers(0, 50), st.integers(0, 9)
    )
)


@st.composite
def histories(draw):
    case = Case(1, draw(st.sampled_from((Service.FACEBOOK, Service.NONE))), draw(st.sampled_from(COUNTRIES)))
    today = FIRST
    for kind, note, later, ago in draw(st.lists(happenings, min_size=1, max_size=9)):
        today += timedelta(days=later)
        case = case.with_fact(kind, today=today, day=today - timedelta(days=ago), note=note)
    return case, today


def chat_of(case, today, **person):
    chat = Chat(now=NOON.replace(year=today.year, month=today.month, day=today.day))
    return replace(chat, person=replace(chat.person, cases=(case,), seen=today, **person))


@settings(max_examples=150)
@given(histories(), st.sampled_from(HOMES), st.integers(0, 500))
def test_every_history_has_a_phase_and_a_next_step_at_any_time(history, home, later):
    case, today = history
    chat = chat_of(case, today + timedelta(days=later), residence=home)
    assert chat.scene().phase(case) in Phase
    standing = chat.types("/start")
    assert standing.screen == "back/standing"
    assert set(standing.choices) - {"_cases", "_back"}, "no screen without a next step"
    assert len(set(standing.choices)) == len(standing.choices)


@settings(max_examples=60)
@given(histories(), st.sampled_from(HOMES), st.integers(0, 23), st.integers(0, 23))
def test_reminders_end_come_once_a_day_and_never_at_night(history, home, start, end):
    quiet = QuietHours(start, end)
    chat = chat_of(*history, residence=home, quiet=quiet)
    days, screens = [], []
    for _ in range(14):
        at = chat.wake_at
        if at is None:
            break
        chat = replace(chat, now=at).is_woken()
        if chat.turn.sayings:
            local = chat.now.astimezone(ZoneInfo(chat.person.zone))
            assert not is_quiet(local.hour, quiet)
            days.append(local.date())
            screens.append(chat.screen)
    else:
        raise AssertionError(f"never quiet: {screens}")
    assert len(set(days)) == len(days)
    assert max((screens.count(screen) for screen in screens), default=0) <= 2


@settings(max_examples=60)
@given(histories(), st.sampled_from((FactKind.CONFIRMED, FactKind.CLOSED, None)))
def test_after_done_or_stop_nothing_is_asked(history, ending):
    case, today = history
    case = case.with_fact(ending, today=today) if ending else replace(case, stopped=True)
    assert {screen for _, screen in chat_of(case, today).wakes()} <= {"nudge/expiry"}


@settings(max_examples=150)
@given(histories(), st.sampled_from(HOMES))
def test_a_legal_date_names_its_article_and_our_check_none(history, home):
    dates = WORLD.dates(history[0], home)
    for each in (*dates.all(), *filter(None, [dates.last_day])):
        if each.basis is not Basis.OUR_CHECK:
            assert each.article
        assert not each.waits or each.basis is Basis.OUR_CHECK


@settings(max_examples=100)
@given(histories(), st.sampled_from(HOMES))
def test_no_residence_moves_the_form_and_no_move_a_date(history, home):
    case, today = history
    chat = chat_of(case, today)
    form, before = chat.scene().world.form(case.service, case.country), chat.scene().dates(case)
    from conversations.cases.flow import moved_to

    moved = moved_to(chat.scene(), home) if home else chat.scene()
    after = moved.person.case(1)
    assert moved.world.form(after.service, after.country) == form
    if case.last(FactKind.SENT):
        assert moved.dates(after) == before


@settings(max_examples=60)
@given(histories(), st.sampled_from(("not_available", "not_in_country", "no_code", "error")))
def test_a_report_moves_neither_a_form_nor_a_date(history, report):
    case, today = history
    scene = chat_of(case, today).scene().on_case(1)
    assert scene.reporting(report).person == scene.person


def test_the_rules_of_april_2027_change_no_earlier_date():
    rules = KNOWLEDGE.jurisdictions["eu"]
    assert rules.rules_on(date(2027, 4, 1)) is None
    assert rules.rules_on(date(2027, 4, 2)).since == date(2027, 4, 2)
