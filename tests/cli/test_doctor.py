"""`objection-bot doctor` names each fault with its remedy."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from bot.domain.closing import Closing, ClosingState
from bot.storage.closing import put
from bot.storage.engine import database
from tests.conversations.pure import StoppedClock
from tests.sandbox_server import TOKEN, running_sandbox

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9"
"""A sandbox that does not answer: nothing is asked of the real Telegram and Meta."""


@pytest.fixture
def doctor(command):
    def call(**settings):
        return command("doctor", **{"sandbox_url": NOBODY, **settings})

    return call


def test_a_fresh_folder_has_nothing_that_stops(doctor, tmp_path):
    found = doctor()

    assert found.code == 0
    assert all(re.match(r"(ok   |warn |stop ) \S", line) for line in found.out.splitlines())
    assert "none yet; made at the first start" in found.line("key:")
    assert "none yet; made at the first start" in found.line("database:")
    assert list(tmp_path.iterdir()) == []


def test_a_setting_that_can_not_be_read_stops(doctor):
    found = doctor(bot_token="123")
    assert (found.code, found.out.splitlines()) == (
        1,
        ["stop  BOT_TOKEN: is no bot token; copy it whole from BotFather, like 123456:ABC-…"],
    )


def test_a_public_bot_without_a_named_operator_stops(doctor):
    found = doctor(bot_token=TOKEN, sandbox_url="", telegram_api_url=NOBODY)
    assert found.code == 1
    assert found.line("OPERATOR_NAME").startswith("stop  OPERATOR_NAME and OPERATOR_CONTACT empty")


def test_a_webhook_without_a_secret_stops(doctor):
    assert doctor(webhook_url="https://bot.example.org").line("WEBHOOK_SECRET").startswith("stop ")


def test_a_database_without_its_key_stops(doctor, command, tmp_path):
    command("migrate")
    (tmp_path / "keys" / "data.key").rename(tmp_path / "lost.key")

    found = doctor()

    assert found.code == 1
    assert found.line("DATA_KEY_FILE").endswith("can't be read without it: put it back.")


def test_in_the_place_of_a_lost_key_none_is_made(command, tmp_path):
    command("migrate")
    key = tmp_path / "keys" / "data.key"
    key.rename(tmp_path / "lost.key")

    refused = command("migrate")

    assert (refused.code, refused.err.count("\n")) == (78, 1)
    assert refused.err.endswith("can't be read without it: put it back.\n")
    assert not key.exists(), "a new one would pass for the lost one"


def test_an_address_that_is_none_of_a_database_is_told_in_one_line(doctor):
    assert doctor(database_url="nonsense").line("DATABASE_URL").startswith("stop ")


def test_another_databases_key_stops(doctor, command):
    command("migrate")
    command("migrate", database_url="sqlite+aiosqlite:///other/bot.db", data_key_file="other-keys/data.key")

    assert doctor(data_key_file="other-keys/data.key").line("is sealed under key").startswith("stop ")


def test_a_key_that_others_can_read_is_named_with_its_remedy(doctor, command, tmp_path):
    command("migrate")
    (tmp_path / "keys" / "data.key").chmod(0o644)
    assert doctor().line("can be read by others").endswith("chmod 600 keys/data.key")


def test_a_key_beside_the_data_is_named(doctor):
    assert doctor(data_key_file="data/data.key").line("lies in the folder of the data").startswith("warn ")


def test_a_database_that_is_none_stops(doctor, command, tmp_path):
    command("migrate")
    (tmp_path / "data" / "objection-bot.db").write_bytes(b"no database" * 1000)
    assert "is no SQLite file" in doctor().line("The database")


def test_an_older_database_is_named_with_the_command_that_mends_it(doctor, command, monkeypatch):
    command("migrate")
    monkeypatch.setattr("bot.cli.doctor_here.REVISION", "9999")
    assert "brought to 9999 at the next start, or now: objection-bot migrate" in doctor().line("database:")


def test_a_full_disk_stops(doctor, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=10 * 1024 * 1024))
    assert doctor().line("10 MiB free").startswith("stop ")


def test_a_bad_record_stops_with_file_record_and_field(doctor, tmp_path):
    (tmp_path / "forms.toml").write_text('["facebook-2025"]\nservice = "myspace"\n')
    found = doctor(knowledge_dir=tmp_path)
    assert found.code == 1
    assert "forms.toml: facebook-2025: sources" in found.line("forms.toml")


def test_forms_that_no_person_confirmed_are_named(doctor):
    assert "open them logged in, then note the day as confirmed_on" in doctor().line("not confirmed by a person")


def test_records_that_nobody_compared_for_half_a_year_are_named(doctor, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.cli.doctor_here.SystemClock", lambda: StoppedClock(datetime(2026, 12, 3, tzinfo=UTC)))
    assert doctor().line("records:").startswith("ok    records: all compared with their sources")
    record = 'says = "{}"\ncites = ["Art. {}"]\nsources = ["EUR-Lex"]\nchecked = {}\n'
    kept = (("long_ago", 98, "2026-01-02"), ("lately", 99, "2026-11-30"))
    lines = (f"[{id_}]\n" + record.format(id_, article, day) for id_, article, day in kept)
    (tmp_path / "claims.toml").write_text("".join(lines), "utf-8")

    found = doctor(knowledge_dir=tmp_path)

    assert found.line("180 days") == "warn  1 records were not compared with their sources for 180 days: long_ago"
    assert found.code == 0, "old is no reason to stop"


def test_unreviewed_languages_are_named(doctor):
    assert re.search(r"languages on, texts reviewed \d+", doctor().line("languages on"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"operator_ids": "7 8", "announce_second": "true"}, "ok    announcements: ask first, second person needed"),
        ({"operator_ids": "7", "announce": "auto"}, "ok    announcements: groups are told at once"),
        (
            {"operator_ids": "7 7", "announce_second": "true"},
            "warn  ANNOUNCE_SECOND asks for two",
        ),
        ({}, "warn  ANNOUNCE=ask, OPERATOR_IDS empty"),
    ],
)
def test_who_decides_is_told_and_that_too_few_do(doctor, settings, said):
    assert said in doctor(**settings).out


def test_without_a_network_nothing_is_claimed(doctor):
    found = doctor()
    assert found.line("Telegram can't be reached").startswith("warn ")
    assert "our own side is blind" in found.line("looks:")


async def test_beside_a_sandbox_telegram_and_meta_are_asked(process):
    async with running_sandbox() as sandbox:
        found = await process("doctor", sandbox_url=sandbox.url)

    assert found.code == 0, found
    assert found.line("token: @").startswith("ok ")
    assert found.line("privacy mode").startswith("ok    privacy mode on")
    assert found.line("updates:").startswith("ok    updates: by long polling")
    assert found.line("looks: direct").startswith("ok ")


async def test_a_webhook_that_telegram_does_not_know_yet_is_named(process):
    async with running_sandbox() as sandbox:
        found = await process(
            "doctor", sandbox_url=sandbox.url, webhook_url="https://bot.example.org", webhook_secret="s" * 32
        )
    assert "put right when the bot starts" in found.line("webhook:")


@pytest.mark.parametrize(
    ("state", "told", "said"),
    [
        ("announced", None, "closes on 2027-01-09, 12:00 UTC, then everything is erased; people are being told"),
        ("announced", NOON, "closes on 2027-01-09, 12:00 UTC, then everything is erased; everybody is told"),
        ("closed", NOON, "closed on 2027-01-09"),
    ],
)
def test_that_the_service_closes_is_told(doctor, command, state, told, said):
    command("migrate")
    closing = Closing(date(2027, 1, 9), ClosingState(state), "", NOON, told_at=told)

    async def decide():
        where = database("sqlite:///data/objection-bot.db")
        await where.write(put, closing)
        await where.close()

    asyncio.run(decide())

    assert said in doctor().line("closing:")
    assert doctor().code == 0


def test_of_a_service_that_goes_on_nothing_is_told(doctor, command):
    command("migrate")
    assert "closing:" not in doctor().out
