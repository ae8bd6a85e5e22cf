"""When a chat may be spoken to (DESIGN promise 7). Pure: `now` is a monotonic time in seconds.

Answers wait only for their own chat, as long as no reminder or notice went within a second. Those are spread evenly, a
message a slot, answers counted, and a little slower than Telegram takes them. So never more than `A_SECOND` messages
reach Telegram in any second, and while many are told the first two answers within a second wait a slot at most.

On a simulated clock all of three answers a second did; of ten one in seventy waited longer, up to two slots; of twenty
one in twelve, up to five. A slot at most for each can't be had: answers crowd the second they go in, and a second later
leave a gap as wide. Keeping more places free lets more of them go at once, but the gaps grow, and with them the longest
wait.

When does a message reach it? The way there takes now longer, now shorter, and only the difference can crowd a second:
at most what the round trip took longer than the quickest one. So a message counts from its departure until a second
after Telegram's answer to it, less the quickest round trip. How quick that is shows only after the first ones, which
opened the way: so it is reckoned anew each time.
"""

from __future__ import annotations

from collections import deque

BURST = 5
"""Messages that one chat takes in a go; then one a second (Telegram's FAQ: "avoid more than one a second")."""
A_SECOND = 30
"""Telegram's FAQ: about 30 messages a second over all chats."""
SPACING = 1 / 28.9
"""A slot: seconds from one message to the next reminder or notice. What is missing to 30 a second is for answers."""
LATE = 3 * SPACING
"""So late the machine may come into a slot of a broadcast; that is made up for at once, more is lost."""
SECOND = 1.01
"""What we take for Telegram's second: longer, for the quickest round trip is only nearly known."""
A_MINUTE = 20
"""Telegram's FAQ: at most 20 messages a minute in one group, edits counted."""
MINUTE = 60.0
TOGETHER = 1.0
"""Two chats refused within that many seconds: the limit is the bot's, not a chat's."""
FORGETTING = 1.002
"""By this the quickest round trip grows with each message, so that an old one does not rule for ever."""
TRACKED = 10_000


class Pace:
    """Remembers what was sent lately; forgets it when it no longer matters."""

    def __init__(self) -> None:
        self._full_at: dict[int, float] = {}
        self._rests: dict[int, float] = {}
        self._in_group: dict[int, deque[float]] = {}
        self._in_air = 0
        self._landed: deque[tuple[float, float]] = deque()
        """Of each message that may still count, when it departed and when Telegram's answer came."""
        self._quickest = 1.0
        self._slot_at = 0.0
        self._last_bulk = -SECOND
        self._bulk_until = 0.0
        self._refused: tuple[int, float] = (0, -TOGETHER)

    def resting(self, now: float) -> dict[int, float]:
        """The chats that may not be spoken to yet, each with the time from which it may."""
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        return self._rests

    def departs(self, now: float, *, bulk: bool) -> None:
        """Something is being said; until it has arrived it may count at any moment."""
        self._in_air += 1
        self._slot_at = max(self._slot_at, now - LATE if self._is_bulk_going(now) else now) + SPACING
        if bulk:
            self._last_bulk = now

    def arrived(self, chat: int, departed: float, now: float, *, refused: bool = False) -> None:
        """Telegram's answer is there; a refusal comes quicker than what is done, so it measures nothing."""
        self._in_air -= 1
        if not refused:
            self._quickest = min(self._quickest * FORGETTING, now - departed)
        self._landed.append((departed, now))
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
        """In how many seconds the next answer may go; not positive: now."""
        return self._room_at(now) - now if self._is_bulk_going(now) else 0.0

    def answers(self, now: float, most: int) -> int:
        """How many answers may go now."""
        return min(most, max(0, A_SECOND - self._counted(now))) if self._is_bulk_going(now) else most

    def _is_bulk_going(self, now: float) -> bool:
        return now - self._last_bulk < SECOND

    def _counted(self, now: float) -> int:
        while self._landed and self._counts_until(0) <= now:
            self._landed.popleft()
        return self._in_air + len(self._landed)

    def _counts_until(self, place: int) -> float:
        departed, landed = self._landed[place]
        return max(departed, landed - self._quickest) + SECOND

    def _room_at(self, now: float) -> float:
        """When the last second has room for one more. While too many are in the air: when one of them may be over."""
        over = self._counted(now) - A_SECOND
        if over < 0:
            return now
        return self._counts_until(over) if over < len(self._landed) else now + 1

    def refused(self, chat: int, pause: float, now: float) -> None:
        """Telegram said 429: this chat stops; a second chat within a second stops the bulk lanes."""
        self._rest(chat, now + pause)
        other, at = self._refused
        if other != chat and now - at <= TOGETHER:
            self._bulk_until = max(self._bulk_until, now + pause)
        self._refused = (chat, now)
