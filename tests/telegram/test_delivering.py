"""The deliverer beside a slow database: what has to wait for its slot is not forgotten meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress

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
