from __future__ import annotations

import asyncio
import time

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World


@pytest.fixture
async def anna(sandbox):
    return await sandbox.person("Anna")


async def test_an_update_comes_again_until_it_is_confirmed(sandbox, anna):
    await sandbox.start(anna)
    [first] = await sandbox.ok("getUpdates")
    [again] = await sandbox.ok("getUpdates")
    rest = await sandbox.ok("getUpdates", offset=first["update_id"] + 1)

    assert (first, rest) == (again, [])
    assert await sandbox.pending() == 0


async def test_at_most_as_many_as_asked_for_the_earliest_first(sandbox, anna):
    for text in "abc":
        await sandbox.say(anna, text)

    found = await sandbox.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in found] == ["a", "b"]


async def test_a_poll_waits_for_the_next_update(sandbox, anna):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(sandbox.ok("getUpdates", timeout=60))
        await asyncio.sleep(0.05)
        await sandbox.start(anna)

    assert poll.result()[0]["message"]["text"] == "/start"


async def test_a_second_poll_ends_the_first(sandbox):
    async with asyncio.TaskGroup() as group:
        first = group.create_task(sandbox.api("getUpdates", timeout=60))
        while not first.done():  # it may be on its way yet
            await sandbox.ok("getUpdates")

    assert first.result()["error_code"] == 409
    assert "terminated by other getUpdates request" in first.result()["description"]


async def test_only_the_kinds_that_were_asked_for_come(sandbox, anna):
    await sandbox.ok("getUpdates", allowed_updates=["message"])
    await sandbox.start(anna)
    await sandbox.post(f"/sandbox/people/{anna}/block")
    assert [min(update) for update in await sandbox.ok("getUpdates")] == ["message"]

    await sandbox.ok("getUpdates", allowed_updates=["message", "my_chat_member"])
    await sandbox.post(f"/sandbox/people/{anna}/unblock")
    assert "my_chat_member" in (await sandbox.ok("getUpdates"))[-1]


class Receiver:
    """A webhook that fails as often as told, and keeps what came."""

    def __init__(self, failures=0, pause=0.0):
        self.failures, self.pause, self.got, self.secrets = failures, pause, [], set()
        self.under_way, self.at_once = 0, 0
        self.app = Starlette(routes=[Route("/hook", self.take, methods=["POST"])])

    async def take(self, request):
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = await request.json()
        self.under_way += 1
        self.at_once = max(self.at_once, self.under_way)
        await asyncio.sleep(self.pause)
        self.under_way -= 1
        if self.failures:
            self.failures -= 1
            return Response(status_code=500)
        self.got.append(update)
        return Response()


@pytest.fixture
async def served():
    """A webhook on a real port."""
    import socket

    import uvicorn

    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        receiver = Receiver()
        server = uvicorn.Server(uvicorn.Config(receiver.app, log_level="error", lifespan="off"))
        server.capture_signals = _nothing
        task = asyncio.get_running_loop().create_task(server.serve(sockets=[listener]))
        receiver.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        yield receiver
        server.should_exit = True
        await task


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


async def until(holds, patience=60.0):
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_a_webhook_gets_what_waits_and_what_comes_with_its_secret(sandbox, anna, served):
    await sandbox.start(anna)
    await sandbox.ok("setWebhook", url=served.url, secret_token="s3cret", max_connections=5)
    await sandbox.say(anna, "more")
    await until(lambda: len(served.got) == 2)

    assert [update["message"]["text"] for update in served.got] == ["/start", "more"]
    assert served.secrets == {"s3cret"}
    info = await sandbox.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (served.url, 0, 5)
    conflict = await sandbox.api("getUpdates")
    assert (conflict["error_code"], "webhook is active" in conflict["description"]) == (409, True)
    await sandbox.ok("deleteWebhook")
    assert await sandbox.ok("getUpdates") == []


async def test_a_failing_webhook_is_tried_again_and_told_of(served):
    world = World()
    sender = WebhookSender(world, first_pause=0.01)
    served.failures = 2
    async with asyncio.TaskGroup() as group:
        running = group.create_task(sender.run())
        from bot.sandbox.updates import Webhook

        world.updates.webhook = Webhook(served.url, None)
        world.updates.add("message", {"chat": {"id": 1}, "text": "once"})
        await until(lambda: served.got and not world.updates.pending)
        world.close()
    assert running.done()

    assert [update["message"]["text"] for update in served.got] == ["once"]
    assert world.updates.webhook.error == "Wrong response from the webhook: 500 Internal Server Error"
    assert not world.updates.pending


async def test_chats_go_side_by_side_but_one_chat_keeps_its_order(sandbox, served):
    served.pause = 0.05
    people = [await sandbox.person(f"P{at}") for at in range(3)]
    for text in "abc":
        for person in people:
            await sandbox.say(person, text)
    await sandbox.ok("setWebhook", url=served.url)
    await until(lambda: len(served.got) == 9)

    for person in people:
        mine = [update["message"]["text"] for update in served.got if update["message"]["chat"]["id"] == person]
        assert mine == ["a", "b", "c"]
    assert served.at_once == 3


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"url": "ftp://x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://x", "secret_token": "ä"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(sandbox, params, description):
    assert (await sandbox.api("setWebhook", **params))["description"] == f"Bad Request: {description}"


async def test_a_negative_offset_forgets_all_but_the_last(sandbox, anna):
    for text in "abc":
        await sandbox.say(anna, text)

    assert [update["message"]["text"] for update in await sandbox.ok("getUpdates", offset=-2)] == ["b", "c"]
    assert await sandbox.pending() == 2
