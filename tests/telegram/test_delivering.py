"""The deliverer beside a slow database: what has to wait for its slot is not forgotten meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from telegram.error import BadRequest

from bot.domain.deliveries import Delivery, Kind, Lane
from bot.domain.groups import Group
from bot.loops.deliver import Deliverer
from bot.telegram.pacing import SPACING
from tests.conversations.pure import NOON, StoppedClock

ANNA, BEN = 1, 2


class SlowOutbox:
    """Notices, and an answer that takes longer than a slot lasts."""

    def __init__(self, *waiting):
        self.kept = list(waiting)

    async def waiting(self, _now, *, busy, limit, bulk):
        found = [each for each in self.kept if each.chat_id not in busy]
        await asyncio.sleep(2 * SPACING)
        return found[: min(bulk, limit)]

    async def told(self, ids):
        self.kept = [each for each in self.kept if each.id not in ids]

    async def next_due(self, _now):
        return None


class Store:
    def __init__(self, outbox):
        self.outbox = outbox


class Quiet:
    """No group has to be told anything."""

    async def next(self, _busy):
        return None

    async def next_due(self, _now):
        return None


class Sender:
    def __init__(self):
        self.said = []

    async def send(self, chat_id, _document, _now):
        self.said.append(chat_id)


def notice(number, chat):
    return Delivery(number, chat, Lane.NOTICE, NOON, 0, {"kind": Kind.SCREEN, "screen": "help/doors"})


async def test_a_notice_that_found_no_slot_goes_as_soon_as_there_is_one():
    outbox, sender = SlowOutbox(notice(1, ANNA), notice(2, BEN)), Sender()
    deliverer = Deliverer(Store(outbox), sender, Quiet(), StoppedClock(), lambda *_: None)
    async with asyncio.timeout(10):
        running = asyncio.ensure_future(deliverer.run())
        while outbox.kept:
            await asyncio.sleep(0.01)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert sender.said == [ANNA, BEN]


class Forgetful(Sender):
    """Somebody deleted the messages that were to be edited."""

    async def send(self, chat_id, document, _now):
        self.said.append((chat_id, document["message_id"], asyncio.get_running_loop().time()))
        if document["message_id"]:
            raise BadRequest("Message to edit not found")


async def test_what_can_not_be_edited_is_said_anew_with_a_departure_of_its_own():
    told = Delivery(1, ANNA, Lane.NOTICE, NOON, 0, {"kind": Kind.SCREEN, "screen": "help/doors", "message_id": 7})
    outbox, sender = SlowOutbox(told), Forgetful()
    deliverer = Deliverer(Store(outbox), sender, Quiet(), StoppedClock(), lambda *_: None)
    async with asyncio.timeout(10):
        running = asyncio.ensure_future(deliverer.run())
        while outbox.kept:
            await asyncio.sleep(0.01)
        now = asyncio.get_running_loop().time()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    [(_, first, at), (_, second, then)] = sender.said
    assert (first, second) == (7, None)
    assert then - at >= SPACING
    assert deliverer._pace._counted(now) == 2
    assert not deliverer.failures, "nothing went wrong"


class Alarms:
    """Groups that wait for an alarm."""

    def __init__(self, said, *chats):
        self.said_to, self.chats = said, list(chats)

    async def next(self, busy):
        return next((Alarm(each) for each in self.chats if each not in busy), None)

    async def say(self, job):
        self.said_to.append(job.group.chat_id)

    async def said(self, job, _told):
        self.chats.remove(job.group.chat_id)

    async def next_due(self, _now):
        return None


class Alarm:
    def __init__(self, chat):
        self.group = Group(chat, "de", "UTC", NOON.date())


async def test_groups_and_people_who_wait_take_turns():
    sender = Sender()
    outbox = SlowOutbox(*(notice(number, number) for number in range(1, 6)))
    deliverer = Deliverer(Store(outbox), sender, Alarms(sender.said, -1, -2, -3), StoppedClock(), lambda *_: None)
    async with asyncio.timeout(10):
        running = asyncio.ensure_future(deliverer.run())
        while len(sender.said) < 8:
            await asyncio.sleep(0.01)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert sender.said == [1, -1, 2, -2, 3, -3, 4, 5]


async def delivered(deliverer, is_done):
    """Let it deliver until then."""
    async with asyncio.timeout(20):
        running = asyncio.ensure_future(deliverer.run())
        while not is_done():
            assert not running.done()
            await asyncio.sleep(0.01)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


class BrokenAlarms(Alarms):
    """What the first group is told can't be said, and nobody thought of that."""

    def __init__(self, said, *chats):
        super().__init__(said, *chats)
        self.put_off_for, self.tries = [], 0

    async def say(self, job):
        if job.group.chat_id == -1:
            self.tries += 1
            raise ZeroDivisionError
        await super().say(job)

    async def put_off(self, job):
        self.put_off_for.append(job.group.chat_id)
        self.chats.remove(job.group.chat_id)


async def test_a_step_that_fails_unexpectedly_is_put_off_and_the_groups_behind_it_are_told():
    sender = Sender()
    alarms = BrokenAlarms(sender.said, -1, -2, -3)
    deliverer = Deliverer(Store(SlowOutbox()), sender, alarms, StoppedClock(), lambda *_: None)
    await delivered(deliverer, lambda: not alarms.chats)
    assert (sender.said, alarms.put_off_for, alarms.tries) == ([-2, -3], [-1], 1)


class StuckAlarms(BrokenAlarms):
    """And it can't be put off either."""

    async def put_off(self, _job):
        raise ZeroDivisionError


async def test_a_chat_that_can_not_even_be_put_off_rests_and_ends_nothing():
    sender = Sender()
    alarms = StuckAlarms(sender.said, -1, -2)
    deliverer = Deliverer(Store(SlowOutbox()), sender, alarms, StoppedClock(), lambda *_: None)
    await delivered(deliverer, lambda: alarms.chats == [-1])
    assert (sender.said, alarms.tries) == ([-2], 1)


class NoAlarms(Quiet):
    """Nobody can say what groups are to be told."""

    asked = 0

    async def next(self, _busy):
        self.asked += 1
        raise ZeroDivisionError


async def test_answers_go_on_while_nobody_can_say_what_groups_are_told():
    sender, silent = Sender(), NoAlarms()
    outbox = SlowOutbox(*(replace(notice(number, number), lane=Lane.ANSWER) for number in range(1, 6)))
    deliverer = Deliverer(Store(outbox), sender, silent, StoppedClock(), lambda *_: None)
    await delivered(deliverer, lambda: not outbox.kept)
    assert sorted(sender.said) == [1, 2, 3, 4, 5]
    assert silent.asked == 1


class FailingOutbox(SlowOutbox):
    """It notes the first message slowly, so that the others share the next commit; that one fails unexpectedly."""

    def __init__(self, sender, *waiting):
        super().__init__(*waiting)
        self.sender, self.commits, self.put_off = sender, 0, set()

    async def waiting(self, now, *, busy, limit, bulk):
        return [each for each in self.kept if each.chat_id not in busy and each.id not in self.put_off][:limit]

    async def told(self, ids):
        self.commits += 1
        if self.commits == 1:
            for _ in range(100):
                await asyncio.sleep(0)
            assert len(self.sender.said) == 3, "the control: the others wait for the next commit"
        if self.commits == 2:
            raise ZeroDivisionError
        await super().told(ids)

    async def again(self, number, _at, _attempts):
        self.put_off.add(number)


async def test_a_fault_while_it_is_noted_tells_nobody_twice_who_shares_that_commit():
    sender = Sender()
    outbox = FailingOutbox(sender, *(replace(notice(number, number), lane=Lane.ANSWER) for number in (1, 2, 3)))
    deliverer = Deliverer(Store(outbox), sender, Quiet(), StoppedClock(), lambda *_: None)
    await delivered(deliverer, lambda: not outbox.kept)
    assert sorted(sender.said) == [1, 2, 3]
