"""Outages that open, change, flap, are corrected and end, before many groups: what stands in each chat is right."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from bot.domain.announcing import ending_of, line_of
from bot.domain.groups import Group, GroupState, PostKind
from bot.domain.incidents import Cause
from bot.storage import Changes
from bot.storage.announcements import Known
from bot.storage.changes import StoredGroup
from bot.use_cases.batch_groups import BatchGroups
from conversations.announce.sayings import line_values
from tests.conversations.pure import NOON
from tests.use_cases.many_groups import is_held, many_groups

COUNTRIES = ("AT", "DE", "FR")
ZONES = ("Europe/Vienna", "Europe/Lisbon", "Atlantic/Azores", "Asia/Tokyo")
NIGHT = NOON.replace(hour=22)
"""For Vienna held back, for the Azores not."""
TOLD = ("country", "since", "until", "correction", "cause", "networks")
"""What an edit is worth."""


def groups_by(chance, count):
    """A few countries each; a quarter of them without hold-back hours, the zones so that at night half are held."""
    for number in range(count):
        countries = tuple(chance.sample(COUNTRIES, chance.randint(1, 3)))
        zone = ZONES[number % len(ZONES)]
        group = Group(-1000 - number, "de", zone, date(2026, 12, 1), countries, state=GroupState.RUNNING)
        yield replace(group, hold=None) if chance.random() < 0.25 else group


def happen(there, chance):
    """Something happens to one country's form."""
    country = chance.choice(COUNTRIES)
    lasting = there.open_in(country)
    match chance.choice(("open", "open", "cause", "flap", "end", "correct")):
        case "open" if not lasting:
            there.opens(country)
        case "cause" if lasting:
            there.changes(country, chance.choice((Cause.GONE, Cause.MOVED)))
        case "flap" if lasting:
            there.ends(country)
            there.opens(country)
        case "end" if lasting:
            there.ends(country)
        case "correct" if there.incidents:
            there.corrects(max(there.incidents))


async def a_week_passes(there, chance, events):
    """A tenth of the groups can't be reached, a few become supergroups, and the bot dies now and then."""
    chats = [each.group for each in await there.store.groups.everyone()]
    for group in chance.sample(chats, len(chats) // 10):
        there.telegram.chat(group.chat_id).is_shut = True
    for _ in range(events):
        happen(there, chance)
        await there.passes(minutes=chance.choice((1, 3, 30, 120, 400)))
        if chance.random() < 0.2:
            there.begin()
            await there.announcing.start()
        if chance.random() < 0.3:
            old = chance.choice([chat for chat, one in there.telegram.chats.items() if not one.moved_to])
            if not there.telegram.chats[old].is_shut:
                there.telegram.move(old, old - 1_000_000)
    await there.passes(hours=30)


def wrong_in(there, group, chat):
    """What is wrong with what stands in a group's chat; nothing, it is hoped."""
    present = {number: line_values(line_of(each)) for number, each in there.incidents.items()}
    mine = {number: each for number, each in there.incidents.items() if each.country in group.countries}
    number_of = {(each["country"], each["since"]): number for number, each in present.items()}
    lasting = {number for number, each in mine.items() if each.is_open}
    alarmed, current, ended = set(), None, None
    for post in chat.posts:
        numbers = [number_of[line["country"], line["since"]] for line in post.lines]
        if post.screen == "announce/alarm":
            current, ended = post, None
            alarmed |= set(numbers)
        elif not alarmed & set(numbers):
            yield "an all-clear without an alarm"
        else:
            ended = post
        if is_held(group, post.at):
            yield "posted in the hold-back hours"
    if current is None:
        if lasting:
            yield "never told of what lasts"
        return
    shown = (ended or current) if chat.posts.index(current) < chat.out_of_reach else current
    numbers = [number_of[line["country"], line["since"]] for line in shown.lines]
    if any(
        line[each] != present[number][each] for line, number in zip(shown.lines, numbers, strict=True) for each in TOLD
    ):
        yield "what it shows is not what is"
    if not lasting <= set(numbers):
        yield "something lasts that is not shown"
    last_word = {"": None, "over": "announce/over", "corrected": "announce/corrected"}
    if last_word[ending_of(line_of(there.incidents[number]) for number in numbers)] != (ended and ended.screen):
        yield "the last word is not the right one"


@pytest.mark.parametrize(
    ("seed", "count", "events"),
    [(1, 20, 25), *(pytest.param(seed, 300, 60, marks=pytest.mark.long) for seed in range(2, 12))],
)
async def test_each_group_sees_what_is_and_nobody_gets_an_all_clear_alone(tmp_path, seed, count, events):
    chance = Random(seed)
    async with many_groups(tmp_path, groups_by(chance, count), at=NIGHT) as there:
        await a_week_passes(there, chance, events)
        kept = [each.group for each in await there.store.groups.everyone()]

        assert len(kept) == count
        chats = {group.chat_id: there.telegram.now(group.chat_id) for group in kept}
        wrong = {
            group: found
            for group in kept
            if not (chat := chats[group.chat_id]).is_shut and (found := list(wrong_in(there, group, chat)))
        }
        assert wrong == {}
        assert there.telegram.vain_edits == 0
        stopped = [group.chat_id for group in kept if group.state is GroupState.STOPPED]
        assert all(chats[chat_id].is_shut for chat_id in stopped)
        assert sorted(there.troubled) == sorted(stopped)


GROUP = Group(-1, "de", "Europe/Vienna", date(2026, 12, 1), ("AT",), state=GroupState.RUNNING, hold=None)


async def saved_and_killed(there, group):
    """An admin's change is committed; before anything follows from it the bot dies and comes back."""
    stored = await there.store.groups.get(group.chat_id)
    changed = StoredGroup(group, stored.version if stored else 0)
    await there.store.save(Changes(there.clock.at, groups=[changed], regrouped=[group.chat_id]))
    there.begin()
    await there.announcing.start()
    await there.passes(minutes=10)


async def test_a_group_set_up_just_before_a_kill_is_told_what_lasts(tmp_path):
    async with many_groups(tmp_path, []) as there:
        there.opens("AT")
        await there.passes(minutes=10)
        await saved_and_killed(there, GROUP)
        assert there.telegram.chat(-1).screens == ["alarm"]


async def test_a_country_added_just_before_a_kill_is_put_into_the_message(tmp_path):
    async with many_groups(tmp_path, [GROUP]) as there:
        there.opens("AT")
        there.opens("DE")
        await there.passes(minutes=10)
        await saved_and_killed(there, replace(GROUP, countries=("AT", "DE")))
        (alarm,) = there.telegram.chat(-1).posts
        assert [line["country"] for line in alarm.lines] == ["AT", "DE"]


async def test_a_group_that_goes_on_just_before_a_kill_still_hears_that_it_is_over(tmp_path):
    async with many_groups(tmp_path, [GROUP]) as there:
        there.opens("AT")
        await there.passes(minutes=10)
        await saved_and_killed(there, replace(GROUP, state=GroupState.PAUSED))
        there.ends("AT")
        await there.passes(minutes=10)
        assert there.telegram.chat(-1).screens == ["alarm"]
        await saved_and_killed(there, GROUP)
        assert there.telegram.chat(-1).screens == ["alarm", "over"]


async def test_after_a_move_the_present_state_is_said_anew_and_nothing_is_edited_in_vain(tmp_path):
    async with many_groups(tmp_path, [GROUP]) as there:
        there.opens("AT")
        await there.passes(minutes=10)
        there.telegram.move(-1, -2)
        there.changes("AT", Cause.MOVED)
        await there.passes(minutes=10)
        there.ends("AT")
        await there.passes(minutes=10)
        assert there.telegram.chat(-2).screens == ["alarm", "alarm", "over"]
        assert there.telegram.chat(-2).alarms[-1].lines[0]["until"]
        assert there.telegram.vain_edits == 0


async def test_a_supergroup_that_was_set_up_by_itself_ends_the_old_group(tmp_path):
    async with many_groups(tmp_path, [GROUP, replace(GROUP, chat_id=-2)]) as there:
        there.telegram.move(-1, -2)
        there.opens("AT")
        await there.passes(minutes=10)
        assert there.telegram.chat(-2).screens == ["alarm"]
        assert [each.group.chat_id for each in await there.store.groups.everyone()] == [-2]


async def test_what_is_settled_by_settings_of_before_is_looked_after_again(tmp_path):
    async with many_groups(tmp_path, [replace(GROUP, countries=("FR",))]) as there:
        there.opens("FR")
        there.opens("AT")
        await there.announcing.sync()
        now = there.clock.at
        (seen,) = await there.store.announcements.waiting(now, busy=(), limit=9)
        changed = [StoredGroup(GROUP, seen.stored.version)]
        await there.store.save(Changes(now, groups=changed, regrouped=[GROUP.chat_id]))
        await there.store.announcements.note([Known(seen, seen.told, seen.wanted, now)])
        assert await there.store.announcements.waiting(now, busy=(), limit=9)


def test_a_changed_setting_is_looked_after_in_the_same_commit():
    batch = BatchGroups({GROUP.chat_id: StoredGroup(GROUP, 3)})
    batch.keep(replace(GROUP, countries=("DE",)))
    changes = Changes(NOON)
    batch.finish(changes)
    assert changes.regrouped == [GROUP.chat_id]
    posted = BatchGroups({GROUP.chat_id: StoredGroup(GROUP, 3)})
    posted.keep(GROUP.after_post(PostKind.STATUS, NOON))
    changes = Changes(NOON)
    posted.finish(changes)
    assert changes.regrouped == []
