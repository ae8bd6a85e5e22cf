"""Sending updates to a webhook: side by side, one chat's in order; failures are tried again, ever later."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from bot.sandbox.updates import Webhook
    from bot.sandbox.world import Json, World

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
TIME_LIMIT = 60.0
IDLE = 30.0


def line(update: Json) -> int:
    """The queue an update waits in: its chat's."""
    content = next(value for key, value in update.items() if key != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat") or content.get("from") or {}
    return int(chat.get("id", 0))


class WebhookSender:
    """Brings pending updates to the webhook while one is set."""

    def __init__(self, world: World, first_pause: float = FIRST_PAUSE) -> None:
        self._world = world
        self._first_pause = first_pause
        self._busy: dict[int, int] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until the sandbox is closed."""
        while self._world.updates.webhook is None and not self._world.updates.changes.closed:
            await self._world.updates.changes.wait(IDLE)
        if self._world.updates.changes.closed:
            return
        async with (
            httpx.AsyncClient(timeout=TIME_LIMIT, trust_env=False) as client,
            asyncio.TaskGroup() as group,
        ):
            await self._bring(client, group)
            for task in tuple(self._under_way):
                task.cancel()

    async def _bring(self, client: httpx.AsyncClient, group: asyncio.TaskGroup) -> None:
        while not self._world.updates.changes.closed:
            self._start(client, group)
            await self._world.updates.changes.wait(IDLE)

    def _start(self, client: httpx.AsyncClient, group: asyncio.TaskGroup) -> None:
        hook = self._world.updates.webhook
        for update in self._world.updates.pending.values() if hook else ():
            if hook is None or len(self._busy) >= hook.connections:
                return
            if line(update) not in self._busy:
                self._busy[line(update)] = update["update_id"]
                task = group.create_task(self._deliver(client, update))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _deliver(self, client: httpx.AsyncClient, update: Json) -> None:
        pause, updates = self._first_pause, self._world.updates
        try:
            while (hook := updates.webhook) and update["update_id"] in updates.pending:
                if await self._post(client, hook, update):
                    updates.remove(update["update_id"])
                    return
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            del self._busy[line(update)]
            updates.changes.happen()

    async def _post(self, client: httpx.AsyncClient, hook: Webhook, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            response = await client.post(hook.url, json=update, headers=headers)
        except httpx.HTTPError as error:
            problem = f"Connection failed: {type(error).__name__}"
        else:
            if response.is_success:
                return True
            problem = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
        hook.error_at, hook.error = self._world.now(), problem
        return False
