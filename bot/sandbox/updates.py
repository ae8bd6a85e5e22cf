"""The bot's queue of updates: given out again until confirmed, or sent to a webhook."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.errors import ApiError

FIRST_ID = 500_000_001
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Webhook:
    """Where updates are sent, and how the last attempts went."""

    url: str
    secret: str | None
    connections: int = 40
    error_at: int | None = None
    error: str | None = None


@dataclass(slots=True)
class Updates:
    """Pending updates. An update leaves when it is confirmed, not when it is given out."""

    changes: Changes = field(default_factory=Changes)
    pending: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By update_id, the earliest first."""
    allowed: list[str] = field(default_factory=list)
    """Kinds that the bot asked for; empty means Telegram's default."""
    webhook: Webhook | None = None
    _next_id: int = FIRST_ID
    _poll: int = 0

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of a kind if the bot wants it; gives its id."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        self.pending[update_id] = {"update_id": update_id, kind: content}
        self.changes.happen()
        return update_id

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one counts from the end."""
        if offset < 0:
            offset = next(iter([*self.pending][offset:]), 0)
        for update_id in list(takewhile(lambda known: known < offset, self.pending)):
            del self.pending[update_id]

    def remove(self, update_id: int) -> None:
        """Forget one that a webhook has taken."""
        self.pending.pop(update_id, None)

    async def poll(self, limit: int, seconds: float) -> list[dict[str, Any]]:
        """The earliest pending updates; waits for one. A later poll ends an earlier one, as in Telegram."""
        self._poll += 1
        mine, loop = self._poll, asyncio.get_running_loop()
        end = loop.time() + seconds
        self.changes.happen()
        while True:
            self._check(mine)
            if self.pending or self.changes.closed or loop.time() >= end:
                return list(islice(self.pending.values(), limit))
            await self.changes.wait(end - loop.time())

    def _check(self, poll: int) -> None:
        if self.webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        if poll != self._poll:
            raise ApiError(409, OTHER_POLL)
