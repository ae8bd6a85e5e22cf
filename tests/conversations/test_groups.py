"""What comes of things that happen in groups: pure, without Telegram, a database or a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.groups import GENERAL, PRIVACY_EVERY, Group, GroupState, PostKind
from bot.domain.standings import Place, Standing
from bot.rendering.languages import languages
from bot.rendering.messages import rendered
from bot.rendering.popups import MOST, fitting, popup
from bot.settings import Settings
from bot.use_cases import documents
from bot.use_cases.world import KnownWorld
from conversations.effects import PopUp
from conversations.events import GroupNews
from conversations.group.deciding import GroupScene, decide
from conversations.group.events import BotStands, GroupCommand, GroupEvent, GroupPress, Moved, NotPosted
from tests.conversations.pure import CHAT, KNOWLEDGE, NOON, USUAL, Chat, StoppedClock, world_at

NUMBER = -1_002_200_000_001
RUNNING = Group(
    NUMBER, "en", "Europe/Vienna", date(2026, 12, 1), ("AT",), topic=5, is_forum=True, state=GroupState.RUNNING,
    set_up_by=CHAT,
)  # fmt: skip
ADMIN, MEMBER, UNSURE = Standing(True, is_forum=True), Standing(False, is_forum=True), Standing(None, is_forum=True)
NIGHT = datetime(2026, 12, 4, 2, tzinfo=UTC)


def scene(happening, group=RUNNING, standing=MEMBER, *, by=None, now=NOON, **more):
    event = GroupEvent(NUMBER, happening, 7, standing=standing, is_forum=True, **more)
    return GroupScene(event, group, by, now, world_at(NOON.date()), "en")


def turn(happening, group=RUNNING, standing=MEMBER, **more):
    return decide(scene(happening, group, standing, **more))


def command(name, **more):
    return GroupCommand(name, 33, **more)


KATHARINA = Chat().person


@pytest.mark.parametrize("name", ["watch", "unwatch", "settings"])
def test_a_members_word_changes_nothing_and_is_not_answered(name):
    said = turn(command(name, topic=9))
    assert (said.group, said.sayings, said.news, said.effects) == (None, (), (), ())


@pytest.mark.parametrize("name", ["watch", "unwatch", "settings"])
def test_an_admin_is_answered_in_private_where_the_bot_may_write(name):
    said = turn(command(name, topic=9), standing=ADMIN, by=KATHARINA)
    assert said.sayings == ()
    assert [chat for chat, _ in said.news] == [CHAT]


@pytest.mark.parametrize("name", ["watch", "unwatch", "settings"])
def test_an_admin_without_a_private_chat_gets_one_silent_line_and_the_way(name):
    said = turn(command(name, topic=9), standing=ADMIN)
    [line] = said.sayings
    assert (line.silent, line.topic, line.reply_to) == (True, 9, 33)
    assert str(line.buttons[0][0]["url"]).endswith(f"?start=group{NUMBER}")


@pytest.mark.parametrize(
    ("state", "says"),
    [(GroupState.RUNNING, "in_topic_on"), (GroupState.PAUSED, "in_topic"), (GroupState.STOPPED, "in_topic_on")],
)
def test_an_admin_without_a_private_chat_hears_whether_it_still_has_to_be_started(state, says):
    said = turn(command("watch", topic=9), replace(RUNNING, state=state), ADMIN)
    assert [each.screen for each in said.sayings] == [f"group/{says}"]


def test_who_can_not_be_seen_to_be_an_admin_is_told_so_in_private_alone():
    said = turn(command("watch"), standing=UNSURE, by=KATHARINA)
    assert said.news == ((CHAT, GroupNews(NUMBER, "unsure")),)
    assert turn(command("watch"), standing=UNSURE) == turn(command("watch"), standing=MEMBER)


def test_watch_in_general_is_an_admins_own_choice_of_general():
    assert turn(command("watch"), standing=ADMIN).group.topic == GENERAL
    assert not turn(command("watch"), standing=ADMIN).group.needs_topic
    assert turn(command("watch", topic=9), replace(RUNNING, state=GroupState.STOPPED), ADMIN).group.wants == {"AT"}


def test_members_are_answered_once_within_the_rate():
    first = turn(command("status"))
    assert len(first.sayings) == 1
    for minutes, count in ((0, 0), (9, 0), (10, 1)):
        again = turn(command("status"), first.group, now=NOON + timedelta(minutes=minutes))
        assert len(again.sayings) == count
    assert turn(command("status"), replace(RUNNING, status_every=0)).sayings == ()
    assert len(turn(command("status"), first.group, ADMIN).sayings) == 1


def test_an_admin_is_shown_where_every_announced_outage_is_listed_and_members_the_details():
    public = KnownWorld(
        KNOWLEDGE, USUAL, Settings(_env_file=None, webhook_url="https://bot.example.org/"), StoppedClock()
    )
    public.known_as("objection_sandbox_bot")

    def answered(standing, world):
        [said] = decide(replace(scene(command("status"), standing=standing), world=world)).sayings
        text = rendered(documents.of_group_saying(said, RUNNING), NOON).text
        return [each["url"] for row in said.buttons for each in row], text.endswith("is listed here:")

    details, page = "https://t.me/objection_sandbox_bot?start=at", "https://bot.example.org/status"
    assert answered(ADMIN, public) == ([page, details], True)
    assert answered(MEMBER, public) == ([details], False)
    assert answered(ADMIN, world_at(NOON.date())) == ([details], False), "without a public address there is no page"


def test_at_night_members_are_answered_unless_an_admin_said_no():
    assert len(turn(command("status"), now=NIGHT).sayings) == 1
    assert turn(command("status"), replace(RUNNING, status_at_night=False), now=NIGHT).sayings == ()


def test_privacy_answers_members_now_and_then_and_admins_always():
    first = turn(command("privacy"))
    assert len(first.sayings) == 1
    assert turn(command("privacy"), first.group).sayings == ()
    assert len(turn(command("privacy"), first.group, now=NOON + PRIVACY_EVERY).sayings) == 1
    assert len(turn(command("privacy"), first.group, ADMIN).sayings) == 1
    unknown = turn(command("privacy"), None)
    assert unknown.group is None
    assert unknown.sayings[0].values["is_kept"] is False


def test_where_nothing_is_set_up_members_get_no_answer():
    assert turn(command("status"), None).sayings == ()
    assert turn(command("status"), replace(RUNNING, state=GroupState.SETTING_UP)).sayings == ()


@pytest.mark.parametrize(
    ("place", "why", "state"),
    [(Place.OUT, "removed", GroupState.STOPPED), (Place.MUTED, "no_right", GroupState.STOPPED)],
)
def test_put_out_or_muted_is_told_once_and_back_goes_on(place, why, state):
    out = turn(BotStands(Place.MEMBER, place))
    assert (out.group.state, out.news) == (state, ((CHAT, GroupNews(NUMBER, "trouble", why)),))
    assert turn(BotStands(place, Place.OUT), out.group).news == ()
    back = turn(BotStands(place, Place.MEMBER), out.group)
    assert (back.group.state, back.sayings) == (GroupState.RUNNING, ())
    assert back.news == ((CHAT, GroupNews(NUMBER, "back")),)


def test_what_an_admin_paused_stays_paused_through_a_kick():
    paused = replace(RUNNING, state=GroupState.PAUSED)
    out = turn(BotStands(Place.MEMBER, Place.OUT), paused).group
    assert turn(BotStands(Place.OUT, Place.MEMBER), out).group is None
    assert out.state is GroupState.PAUSED


def test_made_an_admin_it_asks_to_be_none_but_not_in_a_channel():
    assert turn(BotStands(Place.MEMBER, Place.ADMIN), by=KATHARINA).news == ((CHAT, GroupNews(NUMBER, "made_admin")),)
    assert turn(BotStands(Place.OUT, Place.ADMIN), is_channel=True).news == ()


def test_a_move_and_a_test_that_failed_are_told_to_who_set_it_up():
    assert turn(Moved(-7)).news == ((CHAT, GroupNews(NUMBER, "moved", moved_to=-7)),)
    failed = turn(NotPosted("topic"))
    assert (failed.group.state, failed.news[0][1].why) == (GroupState.STOPPED, "topic")
    assert turn(NotPosted("topic"), replace(RUNNING, set_up_by=0)).news == ()


@pytest.mark.parametrize("data", ["group.now:nothing::1", "group.panel:stop::1", "x", "", "group.now:"])
def test_any_other_button_in_a_group_only_says_whose_it_is(data):
    [answer] = turn(GroupPress("1", data)).effects
    assert answer.screen == "group/not_you"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("countries", [(), ("AT",), tuple(sorted(world_at(NOON.date())._knowledge.countries))])
def test_a_pop_up_fits(language, countries):
    group = replace(RUNNING, language=language, countries=countries)
    for data in ("group.now:facebook::1", "group.now:instagram::1", "no"):
        [answer] = turn(GroupPress("1", data), group).effects
        assert isinstance(answer, PopUp)
        text = popup(answer, NOON)
        assert 0 < len(text.encode("utf-16-le")) // 2 <= MOST
        assert "<" not in text


@given(st.lists(st.text(max_size=90), max_size=12))
def test_a_pop_up_keeps_whole_lines_while_there_are_several(lines):
    text = fitting("\n".join(lines))
    assert len(text) <= MOST
    if "\n" in text:
        known = {line for line in "\n".join(lines).splitlines() if line.strip()}
        assert set(text.splitlines()) - {"…"} <= known


happenings = st.one_of(
    st.builds(
        GroupCommand,
        st.sampled_from(("watch", "unwatch", "settings", "status", "privacy")),
        st.integers(1, 99),
        st.none() | st.integers(2, 9),
        st.none() | st.sampled_from(((), ("AT",), ("DE", "FR"))),
    ),
    st.builds(GroupPress, st.just("1"), st.sampled_from(("group.now:facebook::1", "x"))),
    st.builds(BotStands, st.sampled_from(Place), st.sampled_from(Place)),
    st.just(NotPosted("topic")),
)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(happenings, st.sampled_from((ADMIN, MEMBER, UNSURE)), st.booleans()), max_size=12),
    st.booleans(),
)
def test_whatever_happens_members_change_no_setting_and_all_that_is_said_is_silent(doings, begun):
    group, now = (RUNNING if begun else None), NOON
    for happening, standing, knows in doings:
        before, now = group, now + timedelta(minutes=4)
        said = turn(happening, before, standing, by=KATHARINA if knows else None, now=now)
        group = said.group or before
        for saying in said.sayings:
            message = rendered(documents.of_group_saying(saying, group or said.speaks_as), now)
            assert saying.silent
            assert 0 < len(message.text) < 1200
        if not standing.is_admin and isinstance(happening, GroupCommand | GroupPress):
            assert settings_of(group) == settings_of(before)
        assert len(group.posted) <= 200 if group else True


def settings_of(group):
    return replace(group, posted=(), strikes=0) if group else None


def test_a_test_message_counts_as_posted():
    assert RUNNING.after_post(PostKind.TEST, NOON).posted_since(NOON)
    assert RUNNING.after_post(PostKind.TEST, NOON).posted_since(NOON + timedelta(days=1)) == ()
