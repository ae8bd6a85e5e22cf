"""From incidents and bulletins to what groups are to be told. Whoever sends it looks at the present state."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.announcing import SENT, Announce, Announcement, Approval, gathered, line_of, with_lines
from bot.domain.forms import Service
from bot.domain.policies import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.clock import Clock
    from bot.domain.announcing import Line
    from bot.domain.bulletins import Audience
    from bot.domain.groups import Group
    from bot.domain.incidents import Incident
    from bot.storage.store import Store
    from bot.use_cases.board import Board
    from conversations.world import World

CORRECTABLE = timedelta(days=90)
"""So long what a group was told is kept, to be corrected."""
FIRST = {Announce.AUTO: Approval.YES, Announce.ASK: Approval.ASKED, Announce.OFF: Approval.NO}


class Announcing:
    """Keeps announcements as the incidents are.

    `called` says that there is something to tell; `texts` is the hash of the words in which it is told now.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # it stands between incidents and groups
        self,
        store: Store,
        board: Board,
        world: World,
        clock: Clock,
        mode: Announce,
        called: Callable[[], None],
        texts: str = "",
    ) -> None:
        self._store, self._board, self._world, self._clock = store, board, world, clock
        self._mode, self._called, self._texts = mode, called, texts
        self._announcements: dict[int, Announcement] = {}
        self._wants: dict[int, frozenset[str]] = {}
        self._countries: frozenset[str] | None = None
        self._languages: dict[int, str] = {}
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Read what was announced, and who wants what. What was decided and not yet planned, when a kill came: now."""
        known = await self._store.announcements.since(self._clock.now() - CORRECTABLE)
        self._announcements = {each.id: each for each in known}
        for each in await self._store.groups.everyone():
            self._know(each.group)
        for one in known:
            if one.approval is Approval.YES and one.lasts(
                self._clock.now()
            ):  # a kill may have come between a change and `include`
                await self._plan(one)

    def countries(self) -> frozenset[str]:
        """Those that any group wants to hear of now: they are to be looked at, whoever else asks."""
        if self._countries is None:
            self._countries = frozenset().union(*self._wants.values())
        return self._countries

    def get(self, number: int) -> Announcement | None:
        """The announcement as it is now."""
        return self._announcements.get(number)

    def corrected_by(self, number: int) -> list[int]:
        """In whose place a bulletin stands: what it corrects, what that corrects, and so on."""
        found: list[int] = []
        while (one := self._announcements.get(number)) and one.bulletin and one.bulletin.corrects:
            number = one.bulletin.corrects
            found.append(number)
        return found

    def is_replaced(self, number: int) -> bool:
        """Does a correction stand in its place? Who waits for it gets that one."""
        return any(
            one.bulletin is not None and one.bulletin.corrects == number and one.approval in SENT
            for one in self._announcements.values()
        )

    def all(self) -> list[Announcement]:
        """Those of 90 days, the newest first."""
        return sorted(self._announcements.values(), key=lambda each: each.id, reverse=True)

    def reach(self, announcement: Announcement) -> list[int]:
        """The chats that want to hear of it."""
        if bulletin := announcement.bulletin:
            return [
                chat_id for chat_id, wants in self._wants.items() if bulletin.is_for(wants, self._languages[chat_id])
            ]
        countries = {line.country for line in announcement.lines if line.is_open}
        return [chat_id for chat_id, wants in self._wants.items() if wants & countries]

    def reach_by_language(self, announcement: Announcement) -> dict[str, int]:
        """How many groups want to hear of it, by the language in which they read it, the most first."""
        if announcement.bulletin:
            return announcement.bulletin.reach(self.audience())
        return dict(Counter(self._languages[each] for each in self.reach(announcement)).most_common())

    def audience(self) -> Audience:
        """The running groups, counted."""
        return Counter((self._languages[chat_id], wants) for chat_id, wants in self._wants.items() if wants)

    async def sync(self) -> None:
        """Bring the announcements to what the incidents are, and to what operators decided."""
        async with self._one_at_a_time:
            await self._hear()
            await self._bring()

    async def hear(self) -> None:
        """An operator decided, in whatever process."""
        async with self._one_at_a_time:
            await self._hear()

    async def _hear(self) -> None:
        for one in await self._changed():
            self._announcements[one.id] = one
            self._called()
            if one.approval is Approval.YES:
                await self._plan(one)

    async def _changed(self) -> list[Announcement]:
        """Those of which something was decided since, and the bulletins that are new, as they are now."""
        since, known = self._clock.now() - CORRECTABLE, self._announcements
        decided = await self._store.announcements.approvals(since)
        changed = [
            replace(one, approval=decided[number])
            for number, one in known.items()
            if decided.get(number, one.approval) is not one.approval
        ]
        if decided.keys() <= known.keys():
            return changed
        return changed + [each for each in await self._store.announcements.since(since) if each.id not in known]

    async def _plan(self, announcement: Announcement) -> None:
        """It may be told: note who is to be. Those that are noted before stay as they are.

        A bulletin is for the groups that there were when it was sent, and no others; a correction is for those of
        what it corrects.
        """
        announcement = replace(announcement, texts=announcement.texts or self._texts)
        self._announcements[announcement.id] = announcement
        is_noted = announcement.bulletin and (await self._store.announcements.progress(announcement.id)).wanted
        chats = [] if is_noted else await self._meant(announcement)
        await self._store.announcements.keep(announcement, chats, self._clock.now())
        await self._store.announcements.reopen(announcement.id, self._clock.now())
        self._called()

    async def _meant(self, announcement: Announcement) -> list[int]:
        before = self.corrected_by(announcement.id)
        return await self._store.announcements.concerned(before) if before else self.reach(announcement)

    async def _bring(self) -> None:
        known = self._board.known()
        for announcement in list(self._announcements.values()):
            await self._keep(with_lines(announcement, tuple(self._line(line, known) for line in announcement.lines)))
        told = {line.incident for each in self._announcements.values() for line in each.lines}
        new = [each for each in known.values() if each.is_open and each.id not in told]
        for service in Service:
            await self._gather(service, [each for each in new if self._is_in_use(each, service)])

    async def include(self, group: Group) -> None:
        """A group's settings changed: what lasts is told once. A kill before this is made up for at the next start."""
        self._know(group)
        async with self._one_at_a_time:  # what is kept meanwhile is neither left out nor put back to what it was
            for announcement in self._announcements.values():
                lasts = announcement.lines and announcement.lasts(self._clock.now())
                if announcement.approval is Approval.YES and lasts:
                    await self._store.announcements.keep(announcement, [group.chat_id], self._clock.now())
        self._called()

    def leave_out(self, *chat_ids: int) -> None:
        """These groups are not to be told any more."""
        for chat_id in chat_ids:
            self._wants.pop(chat_id, None)
            self._languages.pop(chat_id, None)
        self._countries = None

    def leave_out_all(self) -> None:
        """No group is to be told any more."""
        self.leave_out(*self._wants)

    def _know(self, group: Group) -> None:
        self._wants[group.chat_id], self._languages[group.chat_id] = group.wants, group.language
        self._countries = None

    def _line(self, line: Line, known: dict[int, Incident]) -> Line:
        incident = known.get(line.incident)
        if incident is None:
            return line
        status = self._board.status(incident.form, incident.country)
        people = status.reports if status and incident.is_open else line.people
        return line_of(incident, people if people >= PEOPLE else 0)

    def _is_in_use(self, incident: Incident, service: Service) -> bool:
        """Of a service's forms in a country only the one that people are led to is announced."""
        form = self._world.form(service, incident.country)
        return form is not None and form.id == incident.form

    async def _gather(self, service: Service, new: list[Incident]) -> None:
        now = self._clock.now()
        open_ones: Iterable[Announcement] = (each for each in self._announcements.values() if each.lasts(now))
        known = next((each for each in open_ones if each.service is service), None)
        announcement = gathered(known, new, now, service=service, approval=FIRST[self._mode])
        if announcement is None or announcement is known:
            return
        kept = await self._keep(announcement)
        if kept.approval is not Approval.YES:
            self._called()

    async def _keep(self, announcement: Announcement) -> Announcement:
        before = self._announcements.get(announcement.id)
        if announcement == before:
            return announcement
        is_told = announcement.approval is Approval.YES
        changed = before is None or before.revision != announcement.revision
        chats = self.reach(announcement) if is_told and changed else []
        announcement = replace(announcement, texts=self._texts) if is_told and changed else announcement
        kept = await self._store.announcements.keep(announcement, chats, self._clock.now())
        self._announcements[kept.id] = kept
        if changed and is_told:
            self._called()
        return kept
