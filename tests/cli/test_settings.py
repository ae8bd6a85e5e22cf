"""A wrong setting ends every command in one line that names it and the remedy."""

from __future__ import annotations

import pytest

from bot.domain.errors import SettingsError, StorageError
from bot.settings import Settings, load_settings
from bot.storage.engine import database

NAMED = {"bot_token": "123456:" + "A" * 35, "operator_name": "Anna", "operator_contact": "anna@example.org"}


def refused(**settings):
    with pytest.raises(SettingsError) as error:
        load_settings(**settings)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("name", ["privacy_url", "webhook_url", "telegram_api_url", "sandbox_url"])
@pytest.mark.parametrize(
    "wrong", ["example.org/privacy", "javascript:alert(1)", "https://", "https://a b.example", "x"]
)
def test_an_address_that_telegram_would_refuse_is_named(name, wrong):
    assert refused(**{name: wrong}) == f"{name.upper()}: must be a web address, like https://example.org"


@pytest.mark.parametrize("wrong", ["ü ü", "a b", "x" * 257])
def test_a_secret_that_telegram_would_refuse_is_named_and_not_told(wrong):
    line = refused(webhook_secret=wrong)
    assert line.startswith("WEBHOOK_SECRET: ")
    assert wrong not in line


def test_a_webhook_without_https_is_refused_in_the_open_alone():
    plain = {"webhook_url": "http://bot.example.org", "webhook_secret": "x" * 32}
    with pytest.raises(SettingsError, match=r"^WEBHOOK_URL: .*https"):
        Settings(**NAMED, **plain).must_guard_webhook()
    Settings(**NAMED, **plain, sandbox_url="http://127.0.0.1:8088").must_guard_webhook()


def test_a_file_of_settings_that_is_no_text_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe\n")
    assert refused() == "The file .env can't be read: it is no text in UTF-8."


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://me:secret@host/x", "mysql is not known"),
        ("nosuch://me:secret@host/x", "nosuch is not known"),
        ("postgresql+asyncpg://me:secret@host/x", "pip install asyncpg"),
        ("postgresql://me:secret@host/x", "postgresql names no driver for asyncio"),
        ("postgresql+nosuch://me:secret@host/x", "names no driver for asyncio"),
    ],
)
def test_a_database_that_can_not_be_used_is_told_without_its_password(url, why, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "asyncpg", None)
    with pytest.raises(StorageError) as error:
        database(url)
    assert str(error.value).startswith("DATABASE_URL")
    assert why in str(error.value)
    assert "secret" not in str(error.value)
