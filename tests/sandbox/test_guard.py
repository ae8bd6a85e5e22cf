from __future__ import annotations

import pytest

from tests.sandbox_server import TOKEN

SEND = f"/bot{TOKEN}/getMe"


@pytest.mark.parametrize("path", ["/", "/clock", SEND, "/sandbox/state"])
async def test_another_host_name_is_refused(sandbox, path):
    response = await sandbox.http.get(path, headers={"Host": "evil.example:80"})

    assert response.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
async def test_a_request_from_another_site_changes_nothing(sandbox, origin):
    response = await sandbox.http.post("/clock", json={"advance": "1 day"}, headers={"Origin": origin})

    assert response.status_code == 403
    assert (await sandbox.get("/clock"))["offset_seconds"] == 0


async def test_an_image_on_another_site_calls_no_method(sandbox):
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert (await sandbox.http.get(SEND, headers=embedded)).status_code == 403
    assert (await sandbox.http.get(SEND, headers=followed)).status_code == 403
    assert (await sandbox.http.get("/", headers=followed)).status_code == 200


async def test_its_own_page_may_ask(sandbox):
    headers = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}

    assert (await sandbox.http.post("/clock", json={"reset": True}, headers=headers)).status_code == 200


async def test_a_body_is_bounded_whether_it_tells_its_length_or_not(sandbox):
    told = await sandbox.http.post("/sandbox/people", content=b"x" * (2**20 + 1))

    async def drip():
        for _ in range(20):
            yield b" " * 2**16

    untold = await sandbox.http.post("/sandbox/people", content=drip())
    assert told.status_code == 413
    assert untold.status_code in {400, 413}
    assert len((await sandbox.get("/sandbox/state"))["people"]) == 5


async def test_pages_may_run_and_load_nothing_from_elsewhere(sandbox):
    for path in ("/", "/meta/www.facebook.com/help/", "/static/sandbox.js"):
        policy = (await sandbox.http.get(path)).headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
    page = (await sandbox.http.get("/")).text
    assert 'style="' not in page
    assert "http://" not in page.replace(sandbox.url, "")


@pytest.mark.parametrize(
    ("path", "body"),
    [("/sandbox/people", "[]"), ("/sandbox/people", "{"), ("/sandbox/people", '{"nmae": 1}'),
     ("/sandbox/forms", '{"form": "x"}'), ("/sandbox/chats/1/messages", "{}"), ("/sandbox/chats/x/messages", "{}"),
     ("/sandbox/faults", '{"fault": 1}'), ("/sandbox/limits", '{"answer_delay": "x"}'),
     ("/sandbox/people/7000000001/dance", "{}"), ("/sandbox/people/7000000001", '{"logins": {"x": []}}'),
     ("/sandbox/chats/7000000001/press", '{"message_id": "x"}'), ("/sandbox/updates", "{}"),
     ("/sandbox/faults", '{"times": "x", "fault": {"delay": 1}}'),
     ("/sandbox/chats/7000000001/messages", '{"text": 5}'),
     ("/sandbox/chats/7000000001/messages", '{"from": "x", "text": "x"}'),
     ("/sandbox/groups", '{"members": "x"}'), ("/sandbox/groups", '{"members": [[]]}'),
     ("/sandbox/people", '{"first_name": 5, "language_code": {}}'),
     ("/sandbox/chats/7000000001/messages", '{"text": "x", "reply_to": "y"}')],
)  # fmt: skip
async def test_a_mistaken_order_is_answered_with_what_is_wrong(sandbox, path, body):
    response = await sandbox.http.post(path, content=body)

    assert 400 <= response.status_code < 500, response.text
    assert response.json()["error"]
