"""Promise 5: nothing of anybody stands in the log, whatever they send and whatever goes wrong inside."""

import httpx
import pytest

from bot import logs
from bot.settings import SANDBOX_TOKEN
from bot.telegram import pacing
from bot.use_cases import handling, intake
from tests.bot_in_sandbox import running_bot
from tests.privacy.walking import Walker

NAME, SECRET = "Quirina<b>Zwölf", "quirina.zwoelf@example.org, code 918273"
HOSTILE = (
    {"text": SECRET},
    {"text": "<b>&amp;</i> " + SECRET * 60},
    {"text": "/start " + "x" * 60},
    {"text": f"/object {SECRET}"},
    {"contact": True},
    {"location": True},
    {"photo": True},
    {"document": {"name": f"{SECRET}.json", "mime": "application/json", "content": "e30="}},
)


@pytest.fixture(autouse=True)
def nobody_waits_for_the_pace(monkeypatch):
    monkeypatch.setattr(pacing, "BURST", 1000)


async def everything_hostile(town):
    """Somebody sends all of it, and presses a forged button; gives what must not stand in the log."""
    await town.sandbox.limits(bulk=False)
    chat = await town.sandbox.person(NAME, language_code="de")
    await town.sandbox.start(chat)
    for said in HOSTILE:
        await town.sandbox.say(chat, **said)
    shown = await town.sandbox.wait(chat, lambda messages: any(each["by_bot"] for each in messages))
    first = next(each["message_id"] for each in shown if each["by_bot"])
    await town.sandbox.press(chat, first, SECRET, forged=True, wait=0)
    await Walker(town.sandbox, chat).until_quiet()
    return [str(chat), "Quirina", "Zwölf", "quirina", "example.org", "918273", "10000000000", "xxxxxxxx"]


async def test_ordinary_and_hostile_updates_leave_no_word_in_the_log(tmp_path, capfd):
    async with running_bot(tmp_path) as town:
        logs.set_up("debug", "text")
        forbidden = await everything_hostile(town)

    told = "".join(capfd.readouterr())
    assert not [each for each in forbidden if each in told], told


async def test_an_error_inside_is_told_by_its_class_and_place_only(tmp_path, capfd, monkeypatch):
    def failing(scene, happening):
        raise ValueError(f"{scene.person.chat_id} {happening!r} {SECRET} Quirina")

    monkeypatch.setattr(handling.engine, "advance", failing)
    async with running_bot(tmp_path) as town:
        town.provoked.add("update_failed")
        logs.set_up("debug", "text")
        forbidden = await everything_hostile(town)

    told = "".join(capfd.readouterr())
    assert "update_failed" in told, "the control: the error was provoked and logged"
    assert "ValueError" in told
    assert not [each for each in forbidden if each in told], told


async def test_an_update_that_cannot_even_be_read_holds_nobody_up_and_is_not_quoted(tmp_path, capfd, monkeypatch):
    def failing(update, read):
        if update.message and update.message.text and SECRET in update.message.text:
            raise ValueError(update.message.text)
        return reading(update, read)

    reading = intake.event_of
    monkeypatch.setattr(intake, "event_of", failing)
    async with running_bot(tmp_path) as town:
        town.provoked.add("update_unreadable")
        logs.set_up("debug", "text")
        forbidden = await everything_hostile(town)

    told = "".join(capfd.readouterr())
    assert "update_unreadable" in told
    assert not [each for each in forbidden if each in told], told


async def test_a_webhook_whose_update_fails_quotes_nothing(tmp_path, capfd, monkeypatch):
    async def failing(self, updates):
        raise ValueError(f"{updates} {SECRET}")

    monkeypatch.setattr(intake.Intake, "take", failing)
    async with running_bot(tmp_path) as town:
        town.provoked.add("webhook_failed")
        from bot.web.public import public_app

        logs.set_up("debug", "text")
        app = public_app(town.app.bot, town.app.intake.take, "s" * 32)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            answer = await client.post(
                "/telegram", json={"update_id": 1}, headers={"X-Telegram-Bot-Api-Secret-Token": "s" * 32}
            )

    told = "".join(capfd.readouterr())
    assert answer.status_code == 503
    assert "webhook_failed" in told
    assert SECRET not in told + answer.text
    assert SANDBOX_TOKEN not in told
