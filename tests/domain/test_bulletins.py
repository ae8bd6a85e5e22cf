"""Bulletins: who reads what, what is asked next, and what a group is told when. Pure rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcing import LOST, Announcement, Approval, Step, Told, after, next_step
from bot.domain.bulletins import FRESH, LONGEST, Bulletin, BulletinKind, Draft, correcting, fresh
from bot.domain.cases import QuietHours
from bot.domain.desk import Matter, Said, news_of
from bot.domain.groups import Group, GroupState

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
NIGHT = datetime(2026, 12, 8, 23, tzinfo=UTC)
MORNING = datetime(2026, 12, 9, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = Bulletin(BulletinKind.RULES, NOON + FRESH, day=date(2026, 12, 7), act=True)
FORM = replace(RULES, kind=BulletinKind.FORM, countries=("AT", "DE"))
WORDS = replace(RULES, kind=BulletinKind.WORDS, words={"de": "Hallo", "en": "Hello"}, others="en")
GROUP = Group(-1, "de", "Europe/Berlin", date(2026, 12, 1), ("AT",), state=GroupState.RUNNING)
AUDIENCE = {("de", frozenset({"AT"})): 3, ("en", frozenset({"FR", "AT"})): 2, ("fr", frozenset({"FR"})): 4}


def announced(bulletin=RULES, approval=Approval.YES):
    return Announcement(1, None, NOON, approval, bulletin=bulletin)


def step(bulletin=RULES, told=None, *, now=NOON, group=GROUP, approval=Approval.YES):
    return next_step(announced(bulletin, approval), group, told or Told(), now)


def test_who_wants_nothing_now_is_told_nothing():
    assert not RULES.is_for((), "de")
    assert RULES.is_for(("FR",), "de"), "it concerns everybody"
    assert FORM.is_for(("FR", "DE"), "pl")
    assert not FORM.is_for(("FR",), "de")


def test_own_words_reach_their_languages_and_perhaps_the_others_in_english():
    assert (WORDS.language_for("de"), WORDS.language_for("fr"), RULES.language_for("fr")) == ("de", "en", "fr")
    silent = replace(WORDS, others="")
    assert not silent.is_for(("FR",), "fr")
    assert silent.is_for(("FR",), "en")


def test_the_reach_is_counted_by_the_language_that_is_read():
    assert RULES.reach(AUDIENCE) == {"fr": 4, "de": 3, "en": 2}
    assert FORM.reach(AUDIENCE) == {"de": 3, "en": 2}
    assert WORDS.reach(AUDIENCE) == {"en": 6, "de": 3}
    assert replace(WORDS, others="").reach(AUDIENCE) == {"de": 3, "en": 2}


def test_a_running_group_is_told_once():
    plan = step()
    assert (plan.step, plan.at) == (Step.BULLETIN, NOON)
    told = after(plan, Told(), 77)
    assert (told.message_id, told.incidents) == (77, ())
    assert step(told=told).step is Step.NOTHING


@pytest.mark.parametrize("approval", [each for each in Approval if each is not Approval.YES])
def test_without_a_yes_and_after_a_stop_nobody_is_told(approval):
    assert step(approval=approval).step is Step.NOTHING


@pytest.mark.parametrize(
    "changed",
    [
        {"state": GroupState.PAUSED},
        {"state": GroupState.STOPPED},
        {"state": GroupState.SETTING_UP},
        {"is_forum": True},
        {"countries": ()},
    ],
)
def test_a_group_that_wants_nothing_is_left_alone(changed):
    assert step(group=replace(GROUP, **changed)).step is Step.NOTHING


def test_a_forum_is_told_in_its_topic():
    assert step(group=replace(GROUP, is_forum=True, topic=7)).step is Step.BULLETIN


def test_at_night_a_group_that_holds_back_is_told_in_the_morning():
    assert step(now=NIGHT) == replace(step(), at=MORNING)
    assert step(now=NIGHT, group=replace(GROUP, hold=None)).at == NIGHT
    over_by_then = replace(RULES, kind=BulletinKind.PAUSE, until=MORNING)
    assert step(over_by_then, now=NIGHT).step is Step.NOTHING, "a pause that is over is never told"


def test_what_is_no_news_any_more_is_told_to_nobody():
    assert step(now=NOON + FRESH - HOUR).step is Step.BULLETIN
    assert step(now=NOON + FRESH).step is Step.NOTHING
    assert announced().lasts(NOON + FRESH - HOUR)
    assert not announced().lasts(NOON + FRESH)


def test_a_message_that_somebody_deleted_is_not_sent_again():
    assert step(told=Told(None, (), is_gone=True)).step is Step.NOTHING


MOMENTS = st.integers(0, 24 * 9).map(lambda hours: NOON + hours * HOUR)


@given(
    st.lists(st.tuples(MOMENTS, st.sampled_from(GroupState), st.sampled_from(Approval)), max_size=12),
    st.sampled_from([RULES, FORM, WORDS, replace(RULES, until=NOON + 30 * HOUR)]),
    st.booleans(),
)
def test_whatever_happens_a_group_reads_it_at_most_once_by_day_and_in_time(events, bulletin, holds):
    told, posted = Told(), []
    for now, state, approval in sorted(events, key=lambda each: each[0]):
        group = replace(GROUP, state=state, hold=QuietHours(22, 7) if holds else None)
        plan = next_step(announced(bulletin, approval), group, told, now)
        if plan.step is not Step.NOTHING and plan.at <= now:
            assert (state, approval) == (GroupState.RUNNING, Approval.YES)
            posted.append(now)
            told = after(plan, told, 77)
    assert len(posted) <= 1
    assert all(now < bulletin.until for now in posted)
    assert not holds or all(7 <= (now + HOUR).hour < 22 for now in posted)


def draft(kind, **answers):
    return replace(Draft(kind, NOON), **answers)


@pytest.mark.parametrize(
    ("unfinished", "question"),
    [
        (draft(BulletinKind.PAUSE), "pause"),
        (draft(BulletinKind.PAUSE, until=NOON), "ready"),
        (draft(BulletinKind.FORM), "form"),
        (draft(BulletinKind.FORM, form="f"), "day"),
        (draft(BulletinKind.FORM, form="f", day=NOON.date()), "ready"),
        (draft(BulletinKind.RULES), "day"),
        (draft(BulletinKind.RULES, day=NOON.date()), "act"),
        (draft(BulletinKind.RULES, day=NOON.date(), act=False), "ready"),
        (draft(BulletinKind.WORDS), "languages"),
        (draft(BulletinKind.WORDS, languages=("de",)), "languages"),
        (draft(BulletinKind.WORDS, settled=True), "languages"),
        (draft(BulletinKind.WORDS, languages=("de",), settled=True), "words"),
        (draft(BulletinKind.WORDS, languages=("de",), settled=True, words={"de": "x"}), "others"),
        (draft(BulletinKind.WORDS, languages=("de",), settled=True, words={"de": "x"}, others=""), "ready"),
        (draft(BulletinKind.WORDS, languages=("de", "en"), settled=True, words={"de": "x", "en": "y"}), "ready"),
    ],
)
def test_only_what_is_needed_is_asked(unfinished, question):
    assert unfinished.question(["de", "en"]) == question


def test_every_answer_is_another_draft_to_its_buttons():
    first = draft(BulletinKind.WORDS)
    later = first.toggled("de").saying(settled=True)
    assert len({first.token, first.toggled("de").token, later.token, later.with_text("x", 1).token}) == 4
    assert first.token != replace(first, begun=NOON + HOUR).token


def test_a_language_that_is_taken_out_takes_its_text_along():
    both = draft(BulletinKind.WORDS, languages=("de", "en"), words={"de": "x", "en": "y"}, others="")
    assert both.toggled("de").words == {"en": "y"}
    assert both.toggled("fr").languages == ("de", "en", "fr")
    assert both.toggled("fr").others is None, "there may be others now"


def test_a_text_is_the_next_languages_unless_its_message_was_edited():
    empty = draft(BulletinKind.WORDS, languages=("de", "en"))
    both = empty.with_text("x", 1).with_text("y", 2)
    assert both.words == {"de": "x", "en": "y"}
    assert both.with_text("z", 1).words == {"de": "z", "en": "y"}
    assert both.with_text("z", 3) is both


def test_what_is_drawn_up_holds_only_what_was_chosen():
    one = draft(BulletinKind.WORDS, languages=("de",), words={"de": "x", "en": "y"}, others="")
    assert one.drawn_up(NOON) == Bulletin(BulletinKind.WORDS, NOON + FRESH, words={"de": "x"})
    pause = draft(BulletinKind.PAUSE, since=NOON, until=NOON + HOUR)
    assert pause.drawn_up(NOON, countries=("AT",)) == Bulletin(BulletinKind.PAUSE, NOON + HOUR, ("AT",), since=NOON)


def test_a_draft_is_forgotten_after_a_day():
    one = draft(BulletinKind.RULES)
    assert fresh(one, NOON + DAY - HOUR) is one
    assert fresh(one, NOON + DAY) is None
    assert fresh(None, NOON) is None
    assert LONGEST == 1000


def told(approval, minutes=0, *, quiet=False, bulletin=RULES, **more):
    matter = Matter(announced(bulletin, approval), **more)
    return news_of(matter, NOON + timedelta(minutes=minutes), quiet=quiet)


def test_that_a_second_yes_is_needed_is_told_by_day_and_again_a_day_later():
    assert told(Approval.HALF) is Said.HALF
    assert told(Approval.HALF, quiet=True) is None
    asked = {"said": Said.HALF, "said_at": NOON}
    assert told(Approval.HALF, 31, **asked) is None
    assert told(Approval.HALF, 24 * 60, **asked) is Said.HALF
    assert told(Approval.HALF, 24 * 60 * 8, **asked) is None, "it is no news any more"


def test_what_is_held_is_asked_again_after_half_an_hour():
    held = {"said": Said.HALF, "said_at": NOON}
    assert told(Approval.HELD, 29, **held) is None
    assert told(Approval.HELD, 30, **held) is Said.ASKED
    assert told(Approval.HALF, 31, said=Said.ASKED, said_at=NOON) is Said.HALF, "a first yes after the hold"


def test_all_operators_hear_that_one_sends_it_and_that_all_are_told():
    assert told(Approval.YES, wanted=3, settled=1) is Said.SENDING
    assert told(Approval.YES, wanted=0) is None, "it is not planned yet"
    assert told(Approval.YES, wanted=3, settled=1, said=Said.SENDING) is None
    assert told(Approval.YES, wanted=3, settled=2, said=Said.HALF) is None, "they know of it"
    assert told(Approval.YES, wanted=3, settled=3, said=Said.SENDING) is Said.TOLD
    assert told(Approval.YES, wanted=3, settled=3, said=Said.TOLD) is None
    assert told(Approval.YES, 24 * 60 * 8, wanted=3, settled=3, said=Said.TOLD) is None, "it has no end to be told"


@pytest.mark.parametrize("approval", [Approval.STOPPED, Approval.NO])
def test_what_was_stopped_or_dropped_is_told_no_more(approval):
    assert told(approval, wanted=3, settled=1) is None


MENDED = replace(RULES, act=False, corrects=1)
READ = Told(77)


def mended(told=None, before=READ, *, now=NOON, group=GROUP, approval=Approval.YES):
    one = Announcement(2, None, NOON, approval, bulletin=MENDED)
    return next_step(one, group, told or Told(), now, before)


def test_who_read_what_was_wrong_sees_its_message_edited_once_at_any_hour_and_though_it_is_paused():
    for now, state in ((NOON, GroupState.RUNNING), (NIGHT, GroupState.RUNNING), (NOON, GroupState.PAUSED)):
        plan = mended(now=now, group=replace(GROUP, state=state))
        assert (plan.step, plan.at, plan.message_id) == (Step.MEND, now, 77)
    told = after(mended(), Told())
    assert told.message_id == 77, "the next correction edits it again"
    assert mended(told).step is Step.NOTHING


@pytest.mark.parametrize("read", [READ, Told(LOST)])
def test_what_can_not_be_edited_is_answered_by_day_unless_the_group_is_paused(read):
    gone = Told(is_gone=read is READ)
    plan = mended(gone, read)
    assert (plan.step, plan.message_id) == (Step.AMEND, read.message_id)
    assert mended(gone, read, now=NIGHT) == replace(plan, at=MORNING)
    assert mended(gone, read, group=replace(GROUP, state=GroupState.PAUSED)).step is Step.NOTHING
    assert mended(gone, read, group=replace(GROUP, is_forum=True)).step is Step.NOTHING
    assert mended(after(plan, gone, 88), read).step is Step.NOTHING


@pytest.mark.parametrize("before", [None, Told()])
def test_who_did_not_get_it_yet_gets_the_new_words_as_long_as_they_are_news(before):
    assert mended(before=before).step is Step.BULLETIN
    assert mended(before=before, now=NIGHT).at == MORNING
    assert mended(before=before, now=NOON + FRESH).step is Step.NOTHING
    assert mended(now=NOON + FRESH).step is Step.MEND, "who read it is told whenever that was"


@pytest.mark.parametrize("approval", [each for each in Approval if each is not Approval.YES])
def test_without_a_yes_nothing_is_corrected(approval):
    assert mended(approval=approval).step is Step.NOTHING
    assert mended(before=None, approval=approval).step is Step.NOTHING


def test_a_group_that_put_the_bot_out_is_not_told():
    assert mended(group=replace(GROUP, state=GroupState.STOPPED)).step is Step.NOTHING


def test_a_correction_waits_a_week_for_its_yes_however_old_it_is_what_it_corrects():
    late = Announcement(2, None, NOON + 30 * DAY, Approval.HALF, bulletin=MENDED)
    assert late.lasts(NOON + 30 * DAY)
    assert not late.lasts(NOON + 30 * DAY + FRESH)


def test_a_correction_asks_again_what_it_says_and_not_whom():
    one = correcting(7, WORDS, NOON)
    assert one.question(["de", "en", "fr"]) == "words"
    assert one.toggled("fr") is one
    written = one.with_text("Guten Tag", 1).keeping("Hello")
    assert written.keeping("more") is written
    assert written.drawn_up(NOON) == replace(
        WORDS, words={"de": "Guten Tag", "en": "Hello"}, corrects=7, act=False, day=None
    )
    assert correcting(7, RULES, NOON).question(["de"]) == "day"
    assert correcting(7, replace(RULES, kind=BulletinKind.PAUSE), NOON).question(["de"]) == "pause"
    assert correcting(7, RULES, NOON + HOUR).drawn_up(NOON + HOUR).until == RULES.until, "it is news no longer"


def test_a_group_that_changed_its_language_reads_the_correction_in_one_that_there_is():
    silent = replace(WORDS, others="")
    assert (silent.corrected_language("fr"), silent.corrected_language("en")) == ("de", "en")
    assert WORDS.corrected_language("fr") == "en"
