"""A store on a real SQLite file, and people who write to the bot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.deliveries import Lane
from bot.storage import Changes, NewDelivery, NewReport, PersonChange, Seal, Store, Watch

ANNA, BEN, CLEO = 5_284_771_903, 6_120_334_871, -1_001_998_877_665
NOW = datetime(2026, 11, 23, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def seal(tmp_path):
    return Seal.from_file(tmp_path / "keys" / "data.key", on=NOW.date())


@pytest.fixture
def url(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/data/bot.db"


@pytest.fixture
async def store(url, seal, tmp_path):
    store = await Store.open(url, seal, now=NOW, backups=tmp_path / "backups")
    yield store
    await store.close()


@pytest.fixture
def reopen(url, seal, tmp_path):
    """Open the same database again, as a new process would: with the key file read anew."""

    async def opening(at=url, key_file=seal.path):
        return await Store.open(at, Seal.from_file(key_file, on=NOW.date()), now=NOW, backups=tmp_path / "backups")

    return opening


def person(chat_id, version=None, wake_at=None, expires_on=None, **document):
    return PersonChange(chat_id, document or {"language": "de"}, version, wake_at, expires_on)


def answer(chat_id, key=None, lane=Lane.ANSWER, due_at=NOW, **document):
    return NewDelivery(chat_id, lane, due_at, document or {"screen": "start/welcome"}, key)


def everything(chat_id, update_id, **document):
    """A commit that leaves something of a chat in every table."""
    return Changes(
        NOW,
        updates=[update_id],
        people=[person(chat_id, wake_at=NOW, expires_on=NOW.date(), **document)],
        deliveries=[answer(chat_id, (update_id, 0), **document)],
        reports=[NewReport(chat_id, "facebook-2025", "DE", "does_not_open")],
        watches=[Watch(chat_id, "facebook-2025", "DE", "answers")],
    )
