"""Whatever a program sends by mistake is answered, never stumbled over."""

from __future__ import annotations

import httpx
import pytest

from bot.sandbox.app import create_app
from bot.sandbox.driving.orders import KINDS
from bot.sandbox.methods import METHODS
from bot.sandbox.seed import FIRST_PERSON, GROUP_ID

ODD = [
    [], {}, [[]], [{}], "x", "-1", -1, 1.5, True, 2**70, "[]", "{}", "9" * 30, "{", '{"inline_keyboard": 5}',
    {"inline_keyboard": [[5]]}, {"inline_keyboard": [[{"text": 5}]]},
    {"inline_keyboard": [[{"text": "x", "url": "http://["}]]},
    {"type": []}, {"type": "chat"}, [5], [{"command": 5}], {"message_id": []}, ["x", None], "/start <b>",
]  # fmt: skip
SOUND = {
    "chat_id": FIRST_PERSON, "message_id": 1, "user_id": FIRST_PERSON, "text": "x", "file_id": "x",
    "action": "typing", "parse_mode": "HTML", "timeout": 0,
}  # fmt: skip


@pytest.fixture
async def inside():
    """A sandbox without a server: what goes wrong in it is raised here."""
    app = create_app()
    app.state.world.limits.bulk = False
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        await http.post(f"/sandbox/chats/{FIRST_PERSON}/start")
        yield http


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
async def test_no_odd_value_makes_a_method_stumble(inside, method):
    for param in method.params:
        for value in ODD:
            params = {name: SOUND[name] for name in SOUND if name in method.params} | {param: value}
            if param == "timeout":
                continue
            answer = await inside.post(f"/bot1234567:token-of-good-shape/{method.name}", json=params)
            assert answer.json()["ok"] in {True, False}, (params, answer.text)


CHAT, GROUP = f"/sandbox/chats/{FIRST_PERSON}", f"/sandbox/chats/{GROUP_ID}"
ORDERS = [
    "/clock", "/sandbox/people", f"/sandbox/people/{FIRST_PERSON}", "/sandbox/groups", "/sandbox/forms",
    "/sandbox/limits", "/sandbox/faults", "/sandbox/updates", f"{CHAT}/messages", f"{CHAT}/edit", f"{CHAT}/press",
    f"{CHAT}/start", f"{GROUP}/messages", f"{GROUP}/bot/kick", f"{GROUP}/topics", f"{GROUP}/topics/2",
    f"{GROUP}/members", f"{GROUP}/migrate",
]  # fmt: skip


@pytest.mark.parametrize("path", ORDERS)
async def test_no_odd_order_makes_the_sandbox_stumble(inside, path):
    for word in KINDS:
        for value in [*ODD, -(2**60), "", "\0", "ä" * 5000]:
            answer = await inside.post(path, json={"from": FIRST_PERSON, "wait": 0, word: value})
            assert answer.status_code in {200, 400, 403, 404, 409, 413}, (word, value, answer.text)
            if "unknown:" in answer.text:
                break
    page = await inside.get("/")
    assert page.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/?as=x&chat=y&thread=z", "/?as=" + "9" * 5000, f"/?as={FIRST_PERSON}&chat={GROUP_ID}&thread=99",
     "/?start=%22%3E%3Cscript%3E&startgroup=%27", "/meta/x/y?person=" + "9" * 5000, "/meta/www.facebook.com/%00",
     "/page/parts?as=1", "/sandbox/calls?method=x", "/sandbox/files/x", "/sandbox/chats/1/messages"],
)  # fmt: skip
async def test_no_odd_address_makes_the_page_stumble(inside, path):
    answer = await inside.get(path)

    assert answer.status_code in {200, 400, 404}
    assert "><script>" not in answer.text
