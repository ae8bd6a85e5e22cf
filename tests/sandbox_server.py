"""The sandbox for tests: a real server on a free port, and a client that drives it.

async with running_sandbox() as sandbox:
    anna = await sandbox.person("Anna", country="AT")
    await sandbox.start(anna, "at_facebook")
    await sandbox.api("sendMessage", chat_id=anna, text="Good day")
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from bot.sandbox.app import create_app
from bot.sandbox.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from bot.sandbox.world import World

TOKEN = "123456789:sandbox-token-of-the-right-shape-01"
PATIENCE = 60.0


class SandboxClient:
    """Drives a sandbox over HTTP: as people, as time, as Meta, and (by `api`) as a bot."""

    def __init__(self, url: str, http: httpx.AsyncClient) -> None:
        self.url = url
        self.http = http

    async def get(self, path: str, **query: Any) -> Any:
        response = await self.http.get(path, params=query)
        assert response.is_success, response.text
        return response.json()

    async def post(self, path: str, **order: Any) -> Any:
        response = await self.http.post(path, json=order)
        assert response.is_success, response.text
        return response.json()

    async def api(self, method: str, **params: Any) -> dict[str, Any]:
        """A bot's call; gives the whole answer, good or bad."""
        response = await self.http.post(f"/bot{TOKEN}/{method}", json=params, timeout=60)
        answer: dict[str, Any] = response.json()
        return answer

    async def ok(self, method: str, **params: Any) -> Any:
        """A bot's call that must succeed; gives the result."""
        answer = await self.api(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def person(
        self, first_name: str = "Anna", language_code: str | None = "de", country: str = "DE", **more: Any
    ) -> int:
        made = await self.post(
            "/sandbox/people", first_name=first_name, language_code=language_code, country=country, **more
        )
        return int(made["id"])

    async def group(self, *members: int, title: str = "Group", **more: Any) -> int:
        made = await self.post("/sandbox/groups", title=title, members=list(members), **more)
        return int(made["chat_id"])

    async def start(self, person: int, payload: str = "") -> Any:
        return await self.post(f"/sandbox/chats/{person}/start", payload=payload)

    async def say(self, chat: int, text: str | None = None, *, by: int | None = None, **more: Any) -> Any:
        said = {"text": text} if text is not None else {}
        return await self.post(f"/sandbox/chats/{chat}/messages", **{"from": by or chat}, **said, **more)

    async def press(
        self, chat: int, message_id: int, data: str, *, by: int | None = None, **more: Any
    ) -> dict[str, Any] | None:
        """Press a button; gives the bot's answer to the press, None if it gave none in time."""
        order = {"from": by or chat, "message_id": message_id, "data": data} | more
        answer: dict[str, Any] | None = (await self.post(f"/sandbox/chats/{chat}/press", **order))["answer"]
        return answer

    async def tap(self, chat: int, label: str, *, by: int | None = None) -> dict[str, Any] | None:
        """Press the button with that label on the newest message that has it."""
        for message in reversed(await self.messages(chat)):
            for button in [button for row in message["keyboard"] for button in row]:
                if button["text"] == label and button["callback_data"]:
                    return await self.press(chat, message["message_id"], button["callback_data"], by=by)
        raise AssertionError(f"no button {label!r} in {await self.messages(chat)}")

    async def ask(self, chat: int, query: str, *, by: int | None = None, **more: Any) -> dict[str, Any]:
        """Ask the bot inline from within a chat; gives the question's id and the results, null if none came in time."""
        order = {"from": by or chat, "query": query} | more
        asked: dict[str, Any] = await self.post(f"/sandbox/chats/{chat}/inline", **order)
        return asked

    async def choose(self, chat: int, question: str, result: str, *, by: int | None = None, **more: Any) -> Any:
        """Put a result into the chat."""
        return await self.post(
            f"/sandbox/chats/{chat}/inline/{question}", **{"from": by or chat}, result=result, **more
        )

    async def messages(self, chat: int, **query: Any) -> list[dict[str, Any]]:
        """All messages that are still there, in order."""
        found = (await self.get(f"/sandbox/chats/{chat}/messages", **query))["messages"]
        return [message for message in found if not message["deleted"]]

    async def wait(
        self, chat: int, holds: Callable[[list[dict[str, Any]]], bool], patience: float = PATIENCE
    ) -> list[dict[str, Any]]:
        """Wait until the chat's messages are as wanted; gives them."""
        loop = asyncio.get_running_loop()
        end, revision = loop.time() + patience, 0
        while True:
            revision = (await self.get("/sandbox/changes"))["revision"]
            messages = await self.messages(chat)
            if holds(messages):
                return messages
            assert loop.time() < end, f"not as wanted after {patience} s: {messages}"
            await self.get("/sandbox/changes", after=revision, timeout=end - loop.time())

    async def advance(self, step: str) -> Any:
        return await self.post("/clock", advance=step)

    async def form(self, form: str, state: str, country: str = "*") -> Any:
        return await self.post("/sandbox/forms", form=form, state=state, country=country)

    async def reword(self, page: str) -> Any:
        return await self.post("/sandbox/pages", page=page)

    async def fault(self, method: str = "*", *, chat_id: int | None = None, times: int = 1, **fault: Any) -> Any:
        return await self.post("/sandbox/faults", method=method, chat_id=chat_id, times=times, fault=fault)

    async def limits(self, **limits: Any) -> Any:
        return await self.post("/sandbox/limits", **limits)

    async def calls(self, method: str = "", after: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get("/sandbox/calls", method=method, after=after))["calls"]
        return found

    async def pending(self) -> int:
        return int((await self.get("/sandbox/updates/pending"))["count"])


class _Embedded(Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to pytest."""
        yield

    async def main_loop(self) -> None:
        """Look more often than uvicorn does whether it is over."""
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(0.005)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop as uvicorn does, without its pause of 0.1 s: there are some hundred tests."""
        self._world.close()
        for server in self.servers:
            server.close()
        for _ in range(400):
            if not self.server_state.connections:
                break
            for connection in list(self.server_state.connections):
                connection.shutdown()
            await asyncio.sleep(0.005)
        await self.lifespan.shutdown()


@asynccontextmanager
async def running_sandbox(seed: Callable[[World], None] | None = None) -> AsyncIterator[SandboxClient]:
    """A sandbox of its own, served on a free port of this machine."""
    # Without the protocol's name asyncio leaves Nagle's delay on, 40 ms for each answer.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = _Embedded(create_app(seed))
        task = asyncio.get_running_loop().create_task(server.serve(sockets=[listener]))
        while not server.started and not task.done():
            await asyncio.sleep(0.005)
        try:
            # Only plain HTTP is spoken here; without this each client reads all certificates first.
            async with httpx.AsyncClient(base_url=url, timeout=90, trust_env=False, verify=False) as http:
                yield SandboxClient(url, http)
        finally:
            server.should_exit = True
            await task
