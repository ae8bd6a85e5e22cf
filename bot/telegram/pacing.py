"""When a chat may be spoken to (DESIGN promise 7). Pure: `now` is a monotonic time in seconds.

Answers wait only for their own chat, and never more than a slot. Reminders and notices wait besides for two things:
that never more than `A_SECOND` messages can have reached Telegram in any second, and that they are spread evenly, a
little slower than that, so that an answer finds room.
"""

from __future__ import annotations

from collections import deque

BURST = 5
"""Messages that one chat takes in a go; then one a second (Telegram's FAQ: "avoid more than one a second")."""
A_SECOND = 30
"""Telegram's FAQ: about 30 messages a second over all chats."""
SPACING = 1 / 29
"""Seconds from one message to the next reminder or notice; what is missing to 30 a second is for answers."""
A_MINUTE = 20
"""Telegram's FAQ: at most 20 messages a minute in one group, edits counted."""
MINUTE = 60.0
TOGETHER = 1.0
"""Two chats refused within that many seconds: the limit is the bot's, not a chat's."""
FORGETTING = 1.01
"""By this the quickest round trip grows with each message, so that an old one does not rule for ever."""
TRACKED = 10_000


class Pace:
    """Remembers what was sent lately; forgets it when it no longer matters."""

    def __init__(self) -> None:
        self._full_at: dict[int, float] = {}
        self._rests: dict[int, float] = {}
        self._in_group: dict[int, deque[float]] = {}
        self._in_air = 0
        self._counted_until: deque[float] = deque()
        self._quickest = 1.0
        self._slot_at = 0.0
        self._last_bulk = -1.0
        self._bulk_until = 0.0
        self._refused: tuple[int, float] = (0, -TOGETHER)

    def resting(self, now: float) -> dict[int, float]:
        """The chats that may not be spoken to yet, each with the time from which it may."""
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        return self._rests

    def departs(self, now: float, *, bulk: bool) -> None:
        """Something is being said; until it has arrived it may count at any moment.

        Who comes late into a slot takes nothing from the next one, as long as it is late by no more than one.
        """
        self._in_air += 1
        if bulk:
            self._last_bulk = now
        self._slot_at = max(self._slot_at, now - SPACING) + SPACING

    def arrived(self, chat: int, departed: float, now: float) -> None:
        """It was said, or refused: Telegram's answer is there.

        It reached Telegram by half the quickest round trip before `now`, or earlier: so long the way back takes.
        """
        self._in_air -= 1
        self._quickest = min(self._quickest * FORGETTING, now - departed)
        self._counted_until.append(now - self._quickest / 2 + 1)
        full_at = self._full_at[chat] = max(self._full_at.get(chat, now), now) + 1
        self._rest(chat, full_at - (BURST - 1))
        if chat < 0:
            self._count_in_group(chat, now)
        if len(self._full_at) > TRACKED:
            self._full_at = {each: full for each, full in self._full_at.items() if full > now}

    def _count_in_group(self, chat: int, now: float) -> None:
        times = self._in_group.setdefault(chat, deque(maxlen=A_MINUTE))
        times.append(now)
        if len(times) == A_MINUTE:
            self._rest(chat, times[0] + MINUTE)
        if len(self._in_group) > TRACKED:
            self._in_group = {each: kept for each, kept in self._in_group.items() if kept[-1] > now - MINUTE}

    def _rest(self, chat: int, until: float) -> None:
        self._rests[chat] = max(self._rests.get(chat, until), until)

    def bulk_in(self, now: float) -> float:
        """In how many seconds the next reminder or notice may go; not positive: now."""
        return max(self._slot_at, self._room_at(now), self._bulk_until) - now

    def answer_in(self, now: float) -> float:
        """In how many seconds an answer may go: at once, unless reminders and notices have filled the second."""
        return min(max(0.0, self._room_at(now) - now), SPACING) if now - self._last_bulk < 1 else 0.0

    def _room_at(self, now: float) -> float:
        """When the last second has room for one more. While too many are in the air: when one of them may be over."""
        while self._counted_until and self._counted_until[0] <= now:
            self._counted_until.popleft()
        over = self._in_air + len(self._counted_until) - A_SECOND
        if over < 0:
            return now
        return self._counted_until[over] if over < len(self._counted_until) else now + 1

    def refused(self, chat: int, pause: float, now: float) -> None:
        """Telegram said 429: this chat stops; a second chat within a second stops the bulk lanes."""
        self._rest(chat, now + pause)
        other, at = self._refused
        if other != chat and now - at <= TOGETHER:
            self._bulk_until = max(self._bulk_until, now + pause)
        self._refused = (chat, now)
