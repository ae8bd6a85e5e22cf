"""Who is told that the service closes, when, and what is left after it: a real SQLite file, and a clock that stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import QuietHours
from bot.domain.closing import CallOff, Close, ClosingState
from bot.domain.desk import Desk
from bot.domain.groups import Group, GroupState, PostKind
from bot.domain.people import Person
from bot.loops.remind import Reminder
from bot.storage import Changes, Outdated, Seal, Store
from bot.storage.changes import PersonChange
from bot.storage.groups import StoredGroup
from bot.use_cases import documents
from bot.use_cases.closing import ServiceClosing
from bot.use_cases.closing_counts import ClosingCounts
from bot.use_cases.closing_telling import ClosingTelling
from bot.use_cases.handling import Handler
from bot.use_cases.operators import Operators
from bot.use_cases.world import KnownWorld
from conversations.effects import AnswerPress, PopUp
from conversations.events import Command, Event, Membership, Nudged, Press
from conversations.group.events import GroupCommand, GroupEvent, GroupPress
from tests.conversations.pure import KNOWLEDGE, NOON, OPERATOR, USUAL, StoppedClock, sent

ADA, JONAS, RENATE, LUC, GROUP = 1, 2, 11, 12, -1001
DAY = NOON.date() + timedelta(days=28)
NIGHT = timedelta(hours=15)


class Service:
    """The parts that close, around a store. It stands in for the desk, and for those who would announce."""

    def __init__(self, store):
        self.store, self.clock, self.left_out = store, StoppedClock(NOON), 0
        self.world = KnownWorld(KNOWLEDGE, USUAL, OPERATOR, self.clock)
        self.world.attend(lambda chat: Desk(NOON, closing=self.counts.matter()) if chat in {ADA, JONAS} else None)
        self.counts = ClosingCounts(store, self.world, self.clock)
        self.begin()

    def begin(self):
        """A new life: what was only in memory is gone."""
        operators = Operators(self.store, self, self.world, self.clock, (ADA, JONAS), lambda: None)
        telling = ClosingTelling(self.store, self.world, self.clock, lambda: None)
        self.closing = ServiceClosing(
            self.store, operators, telling, self, self.world, self.clock, lambda: None
        )  # fmt: skip

    async def refresh(self):
        pass

    def leave_out_all(self):
        self.left_out += 1

    async def know(self, chat, **more):
        person = Person(chat, "en", "Europe/Berlin", since=NOON.date(), seen=NOON.date(), **more)
        await self.store.save(Changes(NOON, people=[PersonChange(chat, documents.of_person(person))]))

    async def know_group(self, chat=GROUP, **more):
        group = Group(chat, "en", "Europe/Berlin", NOON.date(), **{"state": GroupState.RUNNING, **more})
        await self.store.groups.save(StoredGroup(group, 0))

    async def orders(self, *orders):
        await self.store.save(Changes(self.clock.now(), orders=list(orders)))
        await self.closing.round()

    async def person(self, chat):
        found = (await self.store.gather([], [chat])).people.get(chat)
        return documents.to_person(found.document) if found else None

    async def said(self, chat):
        """What waits to be told there, and is told now."""
        found = []
        while waiting := [
            each
            for each in await self.store.outbox.waiting(self.clock.now(), busy=(), limit=99)
            if each.chat_id == chat
        ]:
            found += [each.document["screen"] for each in waiting]
            await self.store.outbox.told([each.id for each in waiting])
        return found

    async def takes(self, *happenings, chat=RENATE):
        events = [Event(chat, each, "en", number) for number, each in enumerate(happenings, 1000)]
        return await Handler(self.store, self.world, self.clock).take(events)


@pytest.fixture
async def service(tmp_path):
    seal = Seal.from_file(tmp_path / "keys" / "data.key", on=NOON.date())
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db", seal, now=NOON, backups=None)
    yield Service(store)
    await store.close()


async def test_the_second_operator_is_asked_and_nobody_else_hears_of_it(service):
    for chat in (ADA, JONAS, RENATE):
        await service.know(chat)
    await service.orders((ADA, Close(DAY, second=True)))
    await service.closing.round()
    assert [await service.said(chat) for chat in (ADA, JONAS, RENATE)] == [["admin/closing"], ["admin/closing"], []]
    await service.orders((JONAS, Close(DAY, second=True)))
    await service.closing.round()
    await service.closing.round()
    assert await service.said(RENATE) == ["closing/told"]
    assert await service.said(ADA) == ["admin/closing", "closing/told", "admin/closing"], "decided, told, all told"


async def test_everybody_is_told_once_whatever_ends_in_between(service):
    for chat in (RENATE, LUC):
        await service.know(chat)
    await service.know_group(hold=None)
    await service.orders((ADA, Close(DAY)))
    service.begin()
    await service.closing.round()
    assert [await service.said(chat) for chat in (RENATE, LUC, GROUP)] == [
        ["closing/told"], ["closing/told"], ["closing/group"],
    ]  # fmt: skip
    assert (await service.person(RENATE)).closes == DAY
    group = (await service.store.groups.get(GROUP)).group
    assert (group.closes, [each.kind for each in group.posted]) == (DAY, [PostKind.OPERATOR])
    assert (await service.store.closing.current()).told_at == NOON


async def test_nobody_is_told_in_quiet_hours_and_no_answer_waits_for_the_morning(service):
    await service.know(RENATE)
    await service.know(LUC, quiet=QuietHours(0, 0))
    await service.know_group(GROUP)
    service.clock.at = NOON + NIGHT  # 01:00 in Berlin
    await service.orders((ADA, Close(DAY)))
    assert [await service.said(chat) for chat in (RENATE, LUC, GROUP)] == [[], ["closing/told"], []]
    await service.takes(Command("help"))
    assert await service.said(RENATE) == ["closing/told", "help/doors"], "who writes is told at once"
    service.clock.at += timedelta(hours=8)
    await service.closing.round()
    assert [await service.said(chat) for chat in (RENATE, GROUP)] == [[], ["closing/group"]]
    assert (await service.store.closing.current()).told_at


async def test_who_blocked_the_bot_is_told_when_they_come_back(service):
    await service.know(RENATE, blocked=True)
    await service.orders((ADA, Close(DAY)))
    assert await service.said(RENATE) == []
    await service.takes(Membership(blocked=False), Command("help"))
    assert await service.said(RENATE) == ["closing/told", "help/doors"]


@pytest.mark.parametrize(
    "more", [{"state": GroupState.PAUSED}, {"state": GroupState.STOPPED}, {"is_forum": True}, {"state": "setting_up"}]
)
async def test_a_group_that_wants_or_can_hear_nothing_is_left_in_peace(service, more):
    more = {**more, "state": GroupState(more.get("state", "running"))}
    await service.know_group(hold=None, **more)
    await service.orders((ADA, Close(DAY)))
    assert await service.said(GROUP) == []
    assert (await service.store.closing.current()).told_at == NOON


async def test_who_writes_in_the_same_moment_is_told_by_the_next_round(service, monkeypatch):
    await service.know(RENATE)
    save, faults = service.store.save, Counter()

    async def outdated(changes):
        if changes.people and not faults["once"]:
            faults["once"] += 1
            raise Outdated("Renate wrote meanwhile.")
        await save(changes)

    monkeypatch.setattr(service.store, "save", outdated)
    await service.orders((ADA, Close(DAY)))
    assert await service.said(RENATE) == []
    await service.closing.round()
    assert await service.said(RENATE) == ["closing/told"]


async def test_called_off_who_was_told_hears_it_once_and_nobody_else(service):
    await service.know(RENATE)
    await service.know_group(hold=None)
    await service.orders((ADA, Close(DAY)))
    await service.know(LUC)
    await service.orders((ADA, CallOff(DAY)))
    await service.closing.round()
    assert [await service.said(chat) for chat in (RENATE, LUC, GROUP)] == [
        ["closing/told", "closing/off"], [], ["closing/group", "closing/group_off"],
    ]  # fmt: skip
    assert (await service.person(RENATE)).closes is None
    await service.takes(Command("help"))
    assert await service.said(RENATE) == ["help/doors"]


async def changed(service, **more):
    stored = await service.store.groups.get(GROUP)
    await service.store.groups.save(StoredGroup(replace(stored.group, **more), stored.version))


async def test_a_group_that_was_paused_after_it_heard_of_the_closing_hears_that_it_goes_on(service):
    await service.know_group(hold=None)
    await service.orders((ADA, Close(DAY)))
    await changed(service, state=GroupState.PAUSED)
    await service.orders((ADA, CallOff(DAY)))
    await service.closing.round()
    assert await service.said(GROUP) == ["closing/group", "closing/group_off"]
    group = (await service.store.groups.get(GROUP)).group
    assert (group.state, group.closes) == (GroupState.PAUSED, None)


async def test_a_paused_group_hears_it_outside_the_hours_it_holds_back_and_never_in_general(service):
    await service.know_group(hold=None)
    await service.orders((ADA, Close(DAY)))
    await service.said(GROUP)
    await changed(service, state=GroupState.PAUSED, hold=QuietHours(22, 7), is_forum=True)
    await service.orders((ADA, CallOff(DAY)))
    assert await service.said(GROUP) == [], "it became one with topics, and none was chosen"
    await changed(service, topic=7)
    service.clock.at = NOON + NIGHT
    await service.closing.round()
    assert await service.said(GROUP) == []
    service.clock.at += timedelta(hours=8)
    await service.closing.round()
    assert await service.said(GROUP) == ["closing/group_off"]


async def test_a_group_the_bot_was_removed_from_hears_it_when_the_bot_is_back(service):
    await service.know_group(hold=None)
    await service.orders((ADA, Close(DAY)))
    await changed(service, state=GroupState.STOPPED)
    await service.orders((ADA, CallOff(DAY)))
    assert await service.said(GROUP) == ["closing/group"]
    await changed(service, state=GroupState.RUNNING)
    await service.closing.round()
    assert await service.said(GROUP) == ["closing/group_off"]


async def test_who_blocked_the_bot_after_they_heard_of_the_closing_hears_that_it_goes_on_when_they_are_back(service):
    await service.know(RENATE)
    await service.orders((ADA, Close(DAY)))
    await service.said(RENATE)
    await service.takes(Membership(blocked=True))
    await service.orders((ADA, CallOff(DAY)))
    await service.closing.round()
    assert await service.said(RENATE) == []
    await service.takes(Membership(blocked=False), Command("help"))
    assert await service.said(RENATE) == ["closing/off", "help/doors"]
    assert (await service.person(RENATE)).closes is None


async def test_only_the_process_that_leads_does_any_of_it(service, monkeypatch):
    await service.know(RENATE)

    async def another_leads():
        return False

    monkeypatch.setattr(service.store, "lead", another_leads)
    await service.orders((ADA, Close(DAY)))
    service.clock.at = NOON + timedelta(days=40)
    await service.closing.round()
    assert await service.said(RENATE) == []
    assert await service.person(RENATE)
    assert service.closing.is_closed(), "but its answers are those of a service that closed"


async def closed(service):
    """The day is over, and nobody was told, for the bot was down."""
    for chat in (ADA, RENATE):
        await service.know(chat)
    await service.know_group(hold=None)
    await service.store.save(Changes(NOON, orders=[(ADA, Close(DAY))]))
    service.clock.at = NOON + timedelta(days=40)
    service.begin()
    await service.closing.round()


async def test_on_the_day_all_goes_and_operators_hear_what_is_left_to_do(service):
    await closed(service)
    assert await service.store.rows_of(RENATE) == {}
    assert await service.store.groups.everyone() == []
    assert (await service.store.closing.current()).state is ClosingState.CLOSED
    assert await service.said(ADA) == ["closing/done"]
    assert await service.store.rows_of(ADA) == {}
    assert service.left_out == 1
    await service.closing.round()
    assert service.left_out == 1, "and that is all"


async def test_whoever_writes_later_gets_one_line_and_nothing_of_them_is_kept(service):
    await closed(service)
    effects = await service.takes(
        Command("start", "de_facebook"), Press("c1", 5, "start.hello:facebook::1"), Membership(blocked=True), Nudged()
    )
    assert await service.said(RENATE) == ["closing/closed"] * 2
    assert effects == [(RENATE, AnswerPress("c1"))]
    assert await service.store.rows_of(RENATE) == {}


async def test_an_operator_gets_it_too_and_orders_nothing_any_more(service):
    await closed(service)
    await service.said(ADA)
    await service.takes(Press("c1", 5, f"admin.closing_off:off.{DAY}::1"), chat=ADA)
    assert await service.said(ADA) == ["closing/closed"]
    assert (await service.store.closing.current()).state is ClosingState.CLOSED


async def test_in_a_group_a_button_is_answered_and_a_command_is_not(service):
    await closed(service)
    handler = Handler(service.store, service.world, service.clock)
    pressed = GroupEvent(GROUP, GroupPress("c2", "group.now:facebook::1"), ADA, language_code="de", update_id=7)
    asked = GroupEvent(GROUP, GroupCommand("status", 5), ADA, language_code="de", update_id=8)
    [(chat, popup)] = await handler.take([pressed, asked])
    assert isinstance(popup, PopUp)
    assert (chat, popup.screen, popup.language, popup.values) == (GROUP, "closing/in_group", "de", {"day": str(DAY)})
    assert await service.store.rows_of(GROUP) == {}


async def test_before_all_is_erased_it_is_closed_by_the_clock(service):
    await service.know(RENATE)
    await service.orders((ADA, Close(DAY)))
    await service.said(RENATE)
    service.clock.at = NOON + timedelta(days=40)
    await service.takes(Command("cases"), Nudged())
    assert await service.said(RENATE) == ["closing/closed"]


async def test_even_an_update_that_fails_keeps_nothing_of_anybody(service, monkeypatch):
    await closed(service)
    monkeypatch.setattr("bot.use_cases.farewells.document", lambda *_: 1 / 0)
    await service.takes(Command("help"))
    assert await service.store.rows_of(RENATE) == {}


async def test_reminders_stop_on_the_day(service):
    chat = sent()
    document = documents.of_person(chat.person)
    due = NOON + timedelta(days=1)
    await service.store.save(Changes(NOON, people=[PersonChange(chat.person.chat_id, document, wake_at=due)]))
    await service.orders((ADA, Close(DAY)))
    service.clock.at = NOON + timedelta(days=40)

    async def take(events):
        raise AssertionError(f"reminded: {events}")

    await Reminder(service.store, service.clock, take, service.closing.is_closed)._round()


async def test_what_a_process_kept_that_did_not_know_goes_with_the_next_round(service):
    await closed(service)
    await service.know(LUC)
    await service.closing.round()
    assert await service.store.rows_of(LUC) == {}


async def test_people_groups_and_open_cases_are_counted_when_an_operator_asks(service):
    open_one, done = sent(), sent().presses("confirmed", "mail")
    for number, chat in enumerate((open_one, done, done)):
        person = replace(chat.person, chat_id=100 + number)
        await service.store.save(Changes(NOON, people=[PersonChange(person.chat_id, documents.of_person(person))]))
    await service.know_group()
    await service.counts.count_for(Event(ADA, Command("admin")))
    assert service.counts.matter().people == 0, "not for anything else"
    await service.counts.count_for(Event(ADA, Press("c", 1, "admin.desk:closing::1")))
    matter = service.counts.matter()
    assert (matter.people, matter.groups, matter.cases) == (3, 1, 1)


async def test_what_is_called_off_in_the_last_moment_erases_nothing(service):
    """The order is kept a moment before the hour, while the round of the hour has begun already."""
    for chat in (ADA, RENATE):
        await service.know(chat)
    await service.orders((ADA, Close(DAY)))
    people = service.closing._operators.people

    async def meanwhile():
        await service.store.save(Changes(NOON, orders=[(ADA, CallOff(DAY))]))
        return await people()

    service.clock.at = (await service.store.closing.current()).at
    service.closing._operators.people = meanwhile
    await service.closing.round()
    assert (await service.store.closing.current()).state is ClosingState.CALLED_OFF
    assert await service.person(RENATE)
    service.closing._operators.people = people
    await service.closing.round()
    assert await service.said(RENATE) == ["closing/told", "closing/off"]
