"""When a chat may be spoken to (DESIGN promise 7). Pure: `now` is a monotonic time in seconds."""

from __future__ import annotations

from collections import deque

BURST = 5
"""Messages that one chat takes in a go; then one a second (Telegram's FAQ: "avoid more than one a second")."""
A_SECOND = 30
"""Telegram's FAQ: about 30 messages a second over all chats."""
RESERVE = 2
"""Slots kept for answers, so that none waits behind a reminder."""
TOGETHER = 1.0
"""Two chats refused within that many seconds: the limit is the bot's, not a chat's."""


class Pace:
    """Remembers what was sent lately; forgets it when it no longer matters."""

    def __init__(self) -> None:
        self._full_at: dict[int, float] = {}
        self._rests: dict[int, float] = {}
        self._sent: deque[float] = deque()
        self._bulk_until = 0.0
        self._refused: tuple[int, float] = (0, -TOGETHER)

    def resting(self, now: float) -> dict[int, float]:
        """The chats that may not be spoken to yet, each with the time from which it may."""
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        return self._rests

    def sent(self, chat: int, now: float) -> None:
        """Something was said to that chat."""
        full_at = self._full_at[chat] = max(self._full_at.get(chat, now), now) + 1
        self._rest(chat, full_at - (BURST - 1))
        self._sent.append(now)
        if len(self._full_at) > 10_000:  # noqa: PLR2004  # memory stays flat
            self._full_at = {each: full for each, full in self._full_at.items() if full > now}

    def _rest(self, chat: int, until: float) -> None:
        self._rests[chat] = max(self._rests.get(chat, until), until)

    def bulk_slots(self, now: float) -> int:
        """How many reminders and notices may go out now, beside what answers used in the last second."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        return 0 if now < self._bulk_until else max(0, A_SECOND - RESERVE - len(self._sent))

    def refused(self, chat: int, pause: float, now: float) -> None:
        """Telegram said 429: this chat stops; a second chat within a second stops the bulk lanes."""
        self._rest(chat, now + pause)
        other, at = self._refused
        if other != chat and now - at <= TOGETHER:
            self._bulk_until = max(self._bulk_until, now + pause)
        self._refused = (chat, now)
