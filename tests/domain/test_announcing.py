"""What groups are told, by a model: whatever happens, the last screen is right and nobody gets an all-clear alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcing import (
    GATHER,
    LOST,
    Announcement,
    Approval,
    Ending,
    Line,
    Plan,
    Step,
    Told,
    after,
    digest_of,
    ending_of,
    gathered,
    line_of,
    next_step,
    with_lines,
)
from bot.domain.cases import QuietHours
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState, PostKind
from bot.domain.incidents import Cause, Correction, Incident, Proof

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
NIGHT = datetime(2026, 12, 8, 1, 10, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GROUP = Group(-100, "de", "Europe/Vienna", date(2026, 12, 1), ("AT",), state=GroupState.RUNNING)


def line(country="AT", number=1, since=NOON, **more):
    return Line(number, country, since, Cause.GONE, 4, 2, **more)


TOLD = Told(55, (1,), digest_of([line()]))


def announcement(*lines, approval=Approval.YES, revision=1, opened_at=NOON):
    return Announcement(7, Service.FACEBOOK, opened_at, approval, lines or (line(),), revision)


def step(announced, told=None, now=NOON + HOUR, group=GROUP):
    return next_step(announced, group, told or Told(), now)


def test_the_alarm_waits_for_others_of_the_same_service():
    assert step(announcement(), now=NOON) == Plan(Step.ALARM, NOON + GATHER, (line(),))
    assert step(announcement()).at == NOON + HOUR


def test_without_a_yes_nobody_is_told():
    for approval in (Approval.ASKED, Approval.HELD, Approval.HALF, Approval.NO):
        assert step(announcement(approval=approval)).step is Step.NOTHING


def test_only_the_groups_own_countries_are_told():
    both = announcement(line(), line("DE", 2))
    assert step(both).lines == (line(),)
    assert step(announcement(line("DE", 2))).step is Step.NOTHING


def test_at_night_it_waits_until_morning_and_what_is_over_by_then_is_never_told():
    at_night = announcement(line(since=NIGHT), opened_at=NIGHT)
    waits = step(at_night, now=NIGHT + HOUR)
    assert (waits.step, waits.at) == (Step.ALARM, datetime(2026, 12, 8, 6, tzinfo=UTC))
    over = announcement(line(since=NIGHT, until=NIGHT + 4 * HOUR), revision=2, opened_at=NIGHT)
    assert step(over, now=waits.at).step is Step.NOTHING


def test_a_group_without_hold_back_hours_is_told_at_night():
    at_night = announcement(line(since=NIGHT), opened_at=NIGHT)
    assert step(at_night, now=NIGHT + HOUR, group=replace(GROUP, hold=None)).at == NIGHT + HOUR


def test_it_is_edited_at_any_hour_and_answered_when_it_is_over():
    told = TOLD
    over = announcement(line(until=NOON + HOUR), revision=2)
    late = datetime(2026, 12, 8, 23, tzinfo=UTC)
    edit = step(over, told, now=late)
    assert (edit.step, edit.at) == (Step.EDIT, late)
    told = after(edit, told)
    reply = step(over, told, now=late)
    assert (reply.step, reply.at) == (Step.OVER, datetime(2026, 12, 9, 6, tzinfo=UTC))
    told = after(reply, told, 56)
    assert told == Told(55, (1,), digest_of(over.lines), Ending.OVER)
    assert step(over, told).step is Step.NOTHING


def test_a_correction_is_told_to_who_got_the_alarm_even_after_the_end():
    corrected = announcement(line(until=NOON + HOUR, correction=Correction.OUR_NETWORK), revision=3)
    assert step(corrected).step is Step.NOTHING
    told = Told(55, (1,), digest_of(corrected.lines), Ending.OVER)
    plan = step(corrected, told)
    assert plan.step is Step.CORRECT
    assert after(plan, told).ending is Ending.CORRECTED


def test_what_begins_after_the_end_was_told_is_an_alarm_of_its_own():
    again = announcement(line(until=NOON + HOUR), line(number=2, since=NOON + 2 * HOUR), revision=3)
    told = replace(TOLD, ending=Ending.OVER)
    plan = step(again, told, now=NOON + 3 * HOUR)
    assert (plan.step, [each.incident for each in plan.lines]) == (Step.ALARM, [2])
    assert after(plan, told, 60) == Told(60, (2,), digest_of(again.lines[1:]))


def test_a_country_that_joins_is_put_into_the_message():
    group = replace(GROUP, countries=("AT", "DE"))
    joined = announcement(line(), line("DE", 2, NOON + MINUTE), revision=2)
    plan = step(joined, TOLD, group=group)
    assert (plan.step, [each.country for each in plan.lines]) == (Step.EDIT, ["AT", "DE"])


def test_what_changes_for_others_alone_is_no_edit():
    joined = announcement(line(), line("DE", 2, NOON + MINUTE), revision=2)
    assert step(joined, TOLD).step is Step.NOTHING


def test_a_deleted_alarm_and_a_stopped_group_are_left_alone():
    over = announcement(line(until=NOON + HOUR), revision=2)
    assert step(over, replace(TOLD, is_gone=True)).step is Step.NOTHING
    assert step(over, TOLD, group=replace(GROUP, state=GroupState.STOPPED)).step is Step.NOTHING


def test_a_paused_group_is_corrected_in_silence():
    paused = replace(GROUP, state=GroupState.PAUSED)
    over = announcement(line(until=NOON + HOUR), revision=2)
    assert step(announcement(), group=paused).step is Step.NOTHING
    assert step(over, TOLD, group=paused).step is Step.EDIT
    assert step(over, Told(55, (1,), digest_of(over.lines)), group=paused).step is Step.NOTHING


def test_a_country_that_an_admin_adds_is_put_into_the_message():
    both = announcement(line(), line("DE", 2))
    plan = step(both, TOLD, group=replace(GROUP, countries=("AT", "DE")))
    assert (plan.step, [each.incident for each in plan.lines]) == (Step.EDIT, [1, 2])
    assert step(both, after(plan, TOLD), group=replace(GROUP, countries=("AT", "DE"))) == Plan(
        Step.NOTHING, NOON + HOUR
    )


def test_a_message_out_of_reach_is_said_anew_where_something_lasts_and_never_edited():
    lost = replace(TOLD, message_id=LOST)
    moved = announcement(replace(line(), cause=Cause.MOVED), revision=2)
    assert step(announcement(), lost).step is Step.NOTHING, "nothing changed"
    plan = step(moved, lost)
    assert (plan.step, plan.lines, after(plan, lost, 3).message_id) == (Step.ALARM, moved.lines, 3)
    assert step(moved, lost, now=NIGHT).at == datetime(2026, 12, 8, 6, tzinfo=UTC)
    for approval, state in ((Approval.STOPPED, GroupState.RUNNING), (Approval.YES, GroupState.PAUSED)):
        assert step(replace(moved, approval=approval), lost, group=replace(GROUP, state=state)).step is Step.NOTHING


def test_after_a_move_the_all_clear_comes_where_the_alarm_was_seen():
    over = announcement(line(until=NOON + HOUR), revision=2)
    lost = replace(TOLD, message_id=LOST)
    plan = step(over, lost)
    assert plan.step is Step.OVER
    told = after(plan, lost, 3)
    assert step(over, told).step is Step.NOTHING
    corrected = announcement(line(until=NOON + HOUR, correction=Correction.OUR_NETWORK), revision=3)
    assert step(corrected, told).step is Step.CORRECT


def test_a_forum_without_a_topic_is_told_nothing():
    assert step(announcement(), group=replace(GROUP, is_forum=True)).step is Step.NOTHING
    assert step(announcement(), group=replace(GROUP, is_forum=True, topic=3)).step is Step.ALARM


def test_looks_that_go_on_are_no_new_revision_and_a_new_cause_is():
    one = announcement()
    assert with_lines(one, (replace(line(), looks=40),)) is one
    assert with_lines(one, (replace(line(), cause=Cause.MOVED),)).revision == 2


def incident(number, country="AT", **more):
    begun = {"started_at": NOON, "confirmed_at": NOON + MINUTE}
    return Incident(
        number,
        "form",
        country,
        causes=(Cause.GONE,),
        proof=Proof.NETWORKS,
        networks=("a", "b"),
        looks=3,
        **begun,
        **more,
    )


def test_new_incidents_join_the_open_announcement_of_their_service():
    first = gathered(None, [incident(1)], NOON, service=Service.FACEBOOK, approval=Approval.ASKED)
    assert (first.id, first.approval, first.lines) == (0, Approval.ASKED, (line_of(incident(1)),))
    joined = gathered(first, [incident(2, "DE")], NOON, service=Service.FACEBOOK, approval=Approval.ASKED)
    assert (joined.revision, len(joined.lines)) == (2, 2)
    assert gathered(None, [], NOON, service=Service.FACEBOOK, approval=Approval.YES) is None


def test_what_was_posted_is_remembered_for_ninety_days_and_strikes_are_forgotten():
    group = replace(GROUP, strikes=4).after_post(PostKind.ALARM, NOON - timedelta(days=91))
    group = group.after_post(PostKind.OVER, NOON)
    assert ([each.kind for each in group.posted], group.strikes) == ([PostKind.OVER], 0)


def test_five_strikes_stop_a_group():
    group = GROUP
    for _ in range(4):
        group = group.after_strike()
    assert group.state is GroupState.RUNNING
    assert group.after_strike().state is GroupState.STOPPED


def test_members_are_answered_once_in_a_while_or_never():
    answered = GROUP.after_post(PostKind.STATUS, NOON)
    assert GROUP.may_answer_status(NOON)
    assert not answered.may_answer_status(NOON + 9 * MINUTE)
    assert answered.may_answer_status(NOON + 10 * MINUTE)
    assert not replace(GROUP, status_every=0).may_answer_status(NOON)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("open", "end", "correct", "cause", "pause", "run", "wait", "fail", "yes", "add", "move")),
        st.sampled_from(("AT", "DE", "FR")),
        st.integers(1, 400),
    ),
    max_size=40,
)


SETTINGS = {
    "pause": {"state": GroupState.PAUSED},
    "run": {"state": GroupState.RUNNING},
    "add": {"countries": ("AT", "DE")},
}


class Model:
    """One announcement, one group, and what its members see."""

    def __init__(self, approval):
        self.now, self.number = NOON, 0
        self.one = announcement(line("FR", 99), approval=approval, opened_at=NOON)
        self.group = replace(GROUP, countries=("AT",), hold=QuietHours(22, 7))
        self.told, self.screen, self.said, self.failing = Told(), None, [], False

    def happen(self, what, country, minutes):
        self.now += timedelta(minutes=minutes)
        lines = list(self.one.lines)
        mine = [at for at, each in enumerate(lines) if each.country == country and each.is_open]
        match what:
            case "open" if not mine:
                self.number += 1
                lines.append(line(country, self.number, self.now))
            case "end" if mine:
                lines[mine[0]] = replace(lines[mine[0]], until=self.now)
            case "correct":
                lines = [
                    replace(each, correction=Correction.MEASUREMENT) if each.country == country else each
                    for each in lines
                ]
            case "cause" if mine:
                lines[mine[0]] = replace(lines[mine[0]], cause=Cause.MOVED)
            case "pause" | "run" | "add":
                self.group = replace(self.group, **SETTINGS[what])
            case "move" if self.told.message_id is not None:
                self.told = replace(self.told, message_id=LOST)
            case "fail":
                self.failing = not self.failing
            case "yes":
                self.one = replace(self.one, approval=Approval.YES)
        self.one = with_lines(self.one, tuple(lines))
        if not self.failing:
            self.settle()

    def settle(self):
        for _ in range(10):
            plan = next_step(self.one, self.group, self.told, self.now)
            if plan.step is Step.NOTHING or plan.at > self.now:
                return
            if plan.step is not Step.EDIT:
                hour = self.now.astimezone(UTC).hour + 1
                assert 7 <= hour < 22, "nothing new is posted in the hold-back hours"
                is_anew = self.told.message_id == LOST and self.screen != plan.lines
                self.said.append((plan.step, tuple(each.incident for each in plan.lines), is_anew))
            if plan.step in {Step.ALARM, Step.EDIT} or self.told.message_id == LOST:
                self.screen = plan.lines
            assert plan.step is not Step.EDIT or self.told.message_id != LOST
            self.told = after(plan, self.told, 1000 + len(self.said))
        raise AssertionError("it does not settle")


@given(EVENTS, st.sampled_from((Approval.YES, Approval.ASKED)))
def test_whatever_happens_the_last_screen_is_right_and_no_all_clear_comes_alone(events, approval):
    model = Model(approval)
    for each in events:
        model.happen(*each)
    model.failing = False
    model.group = replace(model.group, state=GroupState.RUNNING)
    for _ in range(4):
        model.happen("wait", "AT", 6 * 60)
    present = {each.incident: each for each in model.one.lines}
    if model.screen:
        assert all(shown == present[shown.incident] for shown in model.screen)
    lasting = {each.incident for each in model.one.lines_of(model.group.wants) if each.is_open}
    shown = {each.incident for each in model.screen or () if each.is_open}
    assert shown == (lasting if model.one.approval is Approval.YES else set())
    alarmed = set()
    for what, incidents, is_anew in model.said:
        if what is Step.ALARM:
            assert is_anew or not set(incidents) <= alarmed
        else:
            assert alarmed & set(incidents), "an all-clear without an alarm"
        alarmed |= set(incidents)
    if model.screen and not shown:
        assert model.told.ending is ending_of(model.screen)
