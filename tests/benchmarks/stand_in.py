"""A fast stand-in for the Bot API, in a process of its own: no limits, long poll, up to 100 updates a call.

    python tests/benchmarks/stand_in.py [--port 0] [--delay 0.05]

It prints its port. Driven over HTTP: POST /load queues updates, POST /pace queues them one after the other at a
rate, GET /report tells what was sent when. Times are of its own clock, in seconds. With `--strict` it takes 30
messages in any second and refuses the others (429), as Telegram's FAQ has it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import time
from contextlib import suppress

from aiohttp import web

BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot", "can_join_groups": True}
FIRST_CHAT = 5_000_000_000
BROADCAST_FROM = 6_000_000_000
"""Chats from this number on are told something, and ask nothing."""
SENDS = {"sendmessage", "editmessagetext"}
A_SECOND = 30
TOO_MANY = {
    "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1},
}  # fmt: skip


class StandIn:
    """The queue of updates, and when what was sent."""

    def __init__(self, delay: float, *, strict: bool) -> None:
        self.delay, self.strict = delay, strict
        self.refused = 0
        self.pending: dict[int, str] = {}
        self.more = asyncio.Event()
        self.numbers, self.messages = itertools.count(1), itertools.count(1)
        self.available: dict[int, float] = {}
        self.sent: list[tuple[float, int]] = []
        self.first_poll = 0.0
        self.calls: dict[str, int] = {}

    def add(self, chat: int, text: str) -> None:
        number = next(self.numbers)
        who = {"id": chat, "first_name": "P", "type": "private"}
        user = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "en"}
        entities = [{"type": "bot_command", "offset": 0, "length": 6}]
        message = {
            "message_id": number, "date": int(time.time()), "chat": who, "from": user,
            "text": text, "entities": entities,
        }  # fmt: skip
        self.pending[number] = json.dumps({"update_id": number, "message": message})
        self.available.setdefault(chat, time.monotonic())
        self.more.set()

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        self.calls[method] = self.calls.get(method, 0) + 1
        sent = await request.post()
        if method == "getupdates":
            return await self._updates(sent)
        if method in SENDS:
            if self.strict and self._is_too_much():
                self.refused += 1
                return web.json_response(TOO_MANY, status=429)
            self.sent.append((time.monotonic(), int(str(sent["chat_id"]))))
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.Response(text=self._answer(method, sent), content_type="application/json")

    def _is_too_much(self) -> bool:
        return len(self.sent) >= A_SECOND and self.sent[-A_SECOND][0] > time.monotonic() - 1

    def _answer(self, method: str, sent: object) -> str:
        if method in SENDS:
            chat = sent["chat_id"]  # type: ignore[index]
            return (
                f'{{"ok":true,"result":{{"message_id":{next(self.messages)},"date":1795000000,'
                f'"chat":{{"id":{chat},"type":"private","first_name":"P"}},"text":"ok"}}}}'
            )
        return json.dumps({"ok": True, "result": {"getme": BOT, "getmycommands": []}.get(method, True)})

    async def _updates(self, sent: object) -> web.Response:
        self.first_poll = self.first_poll or time.monotonic()
        offset = int(sent.get("offset", 0))  # type: ignore[attr-defined]
        while self.pending and (first := next(iter(self.pending))) < offset:
            del self.pending[first]
        seconds = float(sent.get("timeout", 0))  # type: ignore[attr-defined]
        if not self.pending and seconds:
            self.more.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.more.wait(), min(seconds, 50))
        found = ",".join(itertools.islice(self.pending.values(), 100))
        return web.Response(text=f'{{"ok":true,"result":[{found}]}}', content_type="application/json")

    async def load(self, request: web.Request) -> web.Response:
        """Queue at once: `chats` × `each` updates."""
        order = await request.json()
        for _ in range(order["each"]):
            for chat in range(order["chats"]):
                self.add(FIRST_CHAT + order.get("from", 0) + chat, order["text"])
        return web.json_response({"at": time.monotonic()})

    async def pace(self, request: web.Request) -> web.Response:
        """Queue one update of a new chat after the other, whatever becomes of them (open loop)."""
        order = await request.json()
        start = time.monotonic()
        for each in range(order["count"]):
            await asyncio.sleep(max(0.0, start + each / order["rate"] - time.monotonic()))
            self.add(FIRST_CHAT + order.get("from", 0) + each, order["text"])
        return web.json_response({"at": start})

    async def report(self, _request: web.Request) -> web.Response:
        first: dict[int, float] = {}
        for at, chat in self.sent:
            first.setdefault(chat, at)
        waits = [at - self.available[chat] for chat, at in first.items() if chat in self.available]
        return web.json_response({
            "first_poll": self.first_poll, "sent": len(self.sent), "chats": len(first), "pending": len(self.pending),
            "last_sent": self.sent[-1][0] if self.sent else 0.0, "waits": waits, "calls": self.calls,
            "refused": self.refused, "first_sent": self.sent[0][0] if self.sent else 0.0,
            "told": sum(chat >= BROADCAST_FROM for _, chat in self.sent),
            "broadcast": len({chat for _, chat in self.sent if chat >= BROADCAST_FROM}),
        })  # fmt: skip

    async def forget(self, _request: web.Request) -> web.Response:
        self.sent, self.available, self.calls, self.refused = [], {}, {}, 0
        return web.json_response({})


async def main(port: int, delay: float, *, strict: bool) -> None:
    stand_in = StandIn(delay, strict=strict)
    app = web.Application()
    app.add_routes([
        web.post("/bot{token}/{method}", stand_in.call),
        web.get("/bot{token}/{method}", stand_in.call),
        web.post("/load", stand_in.load),
        web.post("/pace", stand_in.pace),
        web.get("/report", stand_in.report),
        web.post("/forget", stand_in.forget),
    ])  # fmt: skip
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--delay", type=float, default=0.0)
    options.add_argument("--strict", action="store_true", help="refuse what is more than 30 a second")
    asked = options.parse_args()
    asyncio.run(main(asked.port, asked.delay, strict=asked.strict))
