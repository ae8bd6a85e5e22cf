"""Brings what a group was told to what it is to be told: one step at a time, from the present state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import structlog

from bot.domain.announcing import Approval, Plan, Step, Told, after, next_step
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState, PostKind
from bot.storage.announcements import Known, Waiting
from bot.storage.changes import Outdated, StoredGroup
from bot.telegram.failures import Failure, pause_after
from bot.use_cases import documents
from conversations.announce.sayings import bulletin_saying, saying

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.announcing import Announcement
    from bot.domain.deliveries import Value
    from bot.storage.store import Store
    from bot.telegram.failures import Failed
    from bot.telegram.sending import Sender
    from bot.use_cases.announcing import Announcing
    from conversations.world import World

AT_ONCE = 50
"""Tellings that are looked through for one that wants a call."""
TRIES = 3
POSTS = {Step.ALARM: PostKind.ALARM, Step.OVER: PostKind.OVER, Step.CORRECT: PostKind.CORRECTED,
         Step.BULLETIN: PostKind.OPERATOR, Step.AMEND: PostKind.CORRECTED}  # fmt: skip
EDITS = frozenset({Step.EDIT, Step.MEND})
AT_ONCE_STOPPED = {Failure.TOPIC}
"""What does not pass by itself."""
log = structlog.get_logger()


class Job(NamedTuple):
    """A step that wants a call, and of which announcement it is."""

    waiting: Waiting
    plan: Plan
    announcement: Announcement

    @property
    def group(self) -> Group:
        """Where."""
        return self.waiting.stored.group


class Announcer:
    """Finds the next step that wants a call, makes it, and keeps what became of it.

    `troubled` tells who set up a group that nothing can be posted there; its second argument is the failure's name.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # it stands between the store, Telegram and the rules
        self,
        store: Store,
        sender: Sender,
        announcing: Announcing,
        world: World,
        clock: Clock,
        troubled: Callable[[Group, str], Awaitable[None]],
    ) -> None:
        self._store, self._sender, self._announcing = store, sender, announcing
        self._world, self._clock, self._troubled = world, clock, troubled

    async def next(self, busy: Collection[int]) -> Job | None:
        """The next step that wants a call in a chat that is not busy. What wants none is settled on the way."""
        now = self._clock.now()
        while found := await self._store.announcements.waiting(now, busy=busy, limit=AT_ONCE):
            job, settled = await self._sorted(found, now)
            if settled:
                await self._store.announcements.note(settled)
            if job:
                return job
        return None

    async def _sorted(self, found: list[Waiting], now: datetime) -> tuple[Job | None, list[Known]]:
        settled: list[Known] = []
        for each in found:
            announcement = self._announcing.get(each.announcement)
            if announcement is None or self._announcing.is_replaced(announcement.id):
                settled.append(Known(each, each.told, each.wanted, now))
                continue
            before, is_same = await self._before(announcement, each)
            if before and is_same:
                settled.append(Known(each, replace(each.told, message_id=before.message_id), each.wanted, now))
                continue
            plan = next_step(announcement, each.stored.group, each.told, now, before)
            if plan.step is not Step.NOTHING and plan.at <= now:
                return Job(each, plan, announcement), settled
            done = each.wanted if plan.step is Step.NOTHING else each.wanted - 1
            settled.append(Known(each, each.told, done, plan.at))
        return None, settled

    async def _before(self, announcement: Announcement, waiting: Waiting) -> tuple[Told | None, bool]:
        """What the chat was told of what a bulletin corrects, and is it the same? It may just have landed there."""
        numbers = self._announcing.corrected_by(announcement.id)
        found = await self._store.announcements.told_in(numbers, waiting.chat_id) if numbers else None
        if found is None:
            return None, False
        earlier = self._announcing.get(found[0])
        is_same = earlier is not None and _reads_like(announcement, earlier, waiting.stored.group)
        return found[1], is_same

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next one after `now` is to be looked after."""
        return await self._store.announcements.next_due(now)

    async def say(self, job: Job) -> Told:
        """Make the call; what the chat knows then. TelegramError if it fails."""
        waiting, plan, group, now = job.waiting, job.plan, job.group, self._clock.now()
        document = self._document(job, now)
        if plan.step in EDITS:
            edited = plan.message_id or waiting.told.message_id or 0
            is_there = await self._sender.edit(group.chat_id, edited, document, now)
            return after(plan, waiting.told) if is_there else replace(waiting.told, is_gone=True)
        reply_to = plan.message_id or (waiting.told.message_id if plan.step in {Step.OVER, Step.CORRECT} else None)
        posted = await self._sender.post(group.chat_id, document, now, topic=group.topic, reply_to=reply_to)
        return after(plan, waiting.told, posted)

    def _document(self, job: Job, now: datetime) -> dict[str, Value]:
        bot = str(self._world.facts().get("bot") or "")
        if bulletin := job.announcement.bulletin:
            on = job.announcement.opened_at.astimezone(ZoneInfo(job.group.zone)).date()
            said = bulletin_saying(bulletin, job.group, bot=bot, step=job.plan.step, on=on)
            return documents.of_group_saying(said, job.group)
        service = job.announcement.service or Service.NONE
        said = saying(job.plan.step, job.plan.lines, job.group, service=service, bot=bot, now=now)
        return documents.of_group_saying(said, job.group)

    async def said(self, job: Job, told: Told) -> None:
        """Keep what the chat knows; it is due again at once, for there may be a next step."""
        kind, now = POSTS.get(job.plan.step), self._clock.now()
        known = Known(job.waiting, told, job.waiting.wanted - 1, now)
        await self._kept(known, job.waiting.stored, lambda group: group.after_post(kind, now) if kind else group)

    async def failed(self, job: Job, failed: Failed) -> None:
        """Keep when to try again; a group that can't be reached gets a strike, and who set it up is told."""
        waiting, group, now = job.waiting, job.group, self._clock.now()
        if failed.failure is Failure.MOVED:
            await self._store.groups.move(group.chat_id, failed.moved_to)
            self._announcing.leave_out(group.chat_id)
            await self._announcing.include(replace(group, chat_id=failed.moved_to))
            return
        if failed.failure is Failure.DONE:
            await self.said(job, after(job.plan, waiting.told, waiting.told.message_id))
            return
        if failed.failure is Failure.WRONG:
            log.error("announcement_refused", announcement=waiting.announcement, step=job.plan.step.value)
            await self._store.announcements.note([Known(waiting, waiting.told, waiting.wanted, now)])
            return
        struck = _struck(group, failed.failure)
        # who set the group up anew meanwhile may have mended just that
        kept = await self._kept(self._again(job), waiting.stored, lambda each: struck if each == group else each)
        if kept == struck and struck.state is GroupState.STOPPED is not group.state:
            self._announcing.leave_out(group.chat_id)
            await self._troubled(group, failed.failure.value)

    async def put_off(self, job: Job) -> None:
        """Nobody knows why it failed: it is tried again later, so that others don't wait behind it."""
        await self._store.announcements.note([self._again(job)])

    def _again(self, job: Job) -> Known:
        waiting, at = job.waiting, self._clock.now() + pause_after(job.waiting.attempts)
        return Known(waiting, waiting.told, waiting.wanted - 1, at, waiting.attempts + 1)

    async def _kept(self, known: Known, stored: StoredGroup, change: Callable[[Group], Group]) -> Group | None:
        """In one commit; if an admin changed the group meanwhile, once more with what is kept of it now. Gives it."""
        for _ in range(TRIES):
            changed = change(stored.group)
            try:
                groups = [] if changed == stored.group else [StoredGroup(changed, stored.version)]
                await self._store.announcements.note([known], *groups)
            except Outdated:
                fresh = await self._store.groups.get(stored.group.chat_id)
                if fresh is None:
                    return None
                stored, known = fresh, known._replace(one=known.one._replace(stored=fresh))
            else:
                return changed
        return None


def _reads_like(announcement: Announcement, earlier: Announcement, group: Group) -> bool:
    """Does the group's message say already what it is corrected to? Settings that changed since may be its language."""
    then, now = earlier.bulletin, announcement.bulletin
    is_as_then = group.changed is None or group.changed < earlier.opened_at.date()
    is_sent = announcement.approval is Approval.YES
    return then is not None and now is not None and is_as_then and is_sent and now.reads_like(then, group.language)


def _struck(group: Group, failure: Failure) -> Group:
    if failure in AT_ONCE_STOPPED:
        return replace(group, state=GroupState.STOPPED)
    return group.after_strike() if failure in {Failure.UNREACHABLE, Failure.NO_RIGHT} else group
