import httpx

from bot.faults import survived
from bot.web.public import SECRET_HEADER
from tests.bot_in_sandbox import running_bot
from tests.ports import free_port

SECRET = "s3cret-of-32-letters-and-some-more"


def behind_webhook() -> dict[str, object]:
    public, private = free_port(), free_port()
    return {
        "http_port": public,
        "private_port": private,
        "webhook_url": f"http://127.0.0.1:{public}",
        "webhook_secret": SECRET,
    }


async def test_telegram_reaches_the_bot_by_webhook(tmp_path):
    async with running_bot(tmp_path, **behind_webhook()) as town:
        anna = await town.person("Anna", "en", start="de_facebook")
        anna.reads("Is your account registered in Germany?")
        await anna.tap("In the app on this phone")
        anna.reads("Then go through the app")


async def test_a_webhook_call_without_the_secret_is_turned_away_and_has_no_effect(tmp_path):
    ports = behind_webhook()
    async with running_bot(tmp_path, **ports) as town, httpx.AsyncClient() as client:
        url = f"{ports['webhook_url']}/telegram"
        start = {"update_id": 5, "message": {"message_id": 1, "date": 1, "text": "/start"}}
        for headers in ({}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: "ä".encode()}):
            assert (await client.post(url, json=start, headers=headers)).status_code == 403
        assert (await town.app.store.gather([5], [])).seen == frozenset()


async def test_what_is_no_update_is_refused_and_costs_nothing(tmp_path):
    ports = behind_webhook()
    async with running_bot(tmp_path, **ports), httpx.AsyncClient() as client:
        url, headers = f"{ports['webhook_url']}/telegram", {SECRET_HEADER: SECRET}
        for body in (
            b"",
            b"{",
            b"[]",
            b"null",
            b'{"update_id": "x"}',
            b'{"update_id": true}',
            b'{"update_id": 1e3}',
            b'{"update_id": -1}',
            b'{"update_id": 9223372036854775808}',
            b"[" * 100_000,
            b" " * 2_000_000,
        ):
            assert (await client.post(url, content=body, headers=headers)).status_code == 400


async def test_an_update_sent_twice_takes_effect_once(tmp_path):
    ports = behind_webhook()
    async with running_bot(tmp_path, **ports) as town, httpx.AsyncClient() as client:
        anna = await town.person("Anna", "en")
        update = {
            "update_id": 77,
            "message": {
                "message_id": 9,
                "date": 1,
                "text": "/help",
                "chat": {"id": anna.chat, "type": "private", "first_name": "Anna"},
                "from": {"id": anna.chat, "is_bot": False, "first_name": "Anna", "language_code": "en"},
            },
        }
        for _ in range(3):
            answer = await client.post(f"{ports['webhook_url']}/telegram", json=update, headers={SECRET_HEADER: SECRET})
            assert answer.status_code == 200
        await anna.until(lambda: "General help" in anna.text)
        await anna.says("/settings")
        assert sum("General help" in message["text"] for message in anna.messages) == 1


async def test_health_is_public_and_metrics_are_private(tmp_path):
    public, private = free_port(), free_port()
    async with running_bot(tmp_path, http_port=public, private_port=private) as town, httpx.AsyncClient() as client:
        await town.person("Anna", "en")
        with survived("delivery_failed"):
            raise ZeroDivisionError
        town.provoked.add("delivery_failed")
        metrics = (await client.get(f"http://127.0.0.1:{private}/metrics")).text
        assert 'objection_bot_faults_total{what="delivery_failed"} 1.0' in metrics
        assert (await client.get(f"http://127.0.0.1:{public}/healthz")).text == "ok"
        assert (await client.get(f"http://127.0.0.1:{public}/metrics")).status_code == 404
        assert (await client.get(f"http://127.0.0.1:{public}/telegram")).status_code == 404
        assert (await client.get(f"http://127.0.0.1:{private}/readyz")).text == "ready"
        assert 'deliveries_waiting{lane="answer"}' in (await client.get(f"http://127.0.0.1:{private}/metrics")).text


async def test_the_metrics_tell_what_was_looked_at_and_how_old_that_is(tmp_path):
    ports = behind_webhook()
    async with running_bot(tmp_path, **ports) as town, httpx.AsyncClient() as client:
        url = f"http://127.0.0.1:{ports['private_port']}/metrics"
        assert "objection_bot_incidents_open 0.0" in (await client.get(url)).text
        await town.app.looker.look_for_somebody("DE")

        lines = (await client.get(url)).text.splitlines()

        assert 'objection_bot_looks_total{value="ok",vantage="direct"} 2.0' in lines
        assert 'objection_bot_looks_total{value="ok",vantage="proxy:DE"} 2.0' in lines
        (age,) = (line for line in lines if line.startswith("objection_bot_last_look_age_seconds"))
        assert 0 <= float(age.split()[1]) < 60
