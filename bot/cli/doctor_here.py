"""What `doctor` sees on this machine, without asking anybody else. Nothing is made or changed."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.cli.doctor_closing import closes
from bot.cli.doctor_deciding import deciding
from bot.cli.finding import ok, stop, warn
from bot.cli.opening import file_of
from bot.clock import SystemClock
from bot.domain.errors import SettingsError
from bot.knowledge import load
from bot.knowledge.claims import old_records
from bot.knowledge.looks import load_looks
from bot.rendering.languages import catalogue, languages
from bot.storage import Seal, key_file, migrate, state
from bot.storage.engine import database
from bot.storage.schema import REVISION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.cli.finding import Finding
    from bot.settings import Settings

CONFIRMED_WITHIN = timedelta(days=30)
ROOM_TO_STOP, ROOM_TO_WARN = 50, 1000
"""MiB free beside the database."""
MIB = 1024 * 1024
NAMED = 4
"""Forms that a line names."""


def operator(settings: Settings) -> Iterator[Finding]:
    """Does /privacy name somebody?"""
    try:
        settings.must_name_operator()
    except SettingsError as error:
        yield stop(str(error))
        return
    if settings.operator_name and settings.operator_contact:
        yield ok(f"operator: {settings.operator_name}")
    else:
        yield warn("OPERATOR_NAME, OPERATOR_CONTACT empty: a public bot does not start like this")


def webhook_secret(settings: Settings) -> Iterator[Finding]:
    """Can nobody play Telegram?"""
    try:
        settings.must_guard_webhook()
    except SettingsError as error:
        yield stop(str(error))


def key(settings: Settings) -> Iterator[Finding]:
    """Is the key there, for its owner only, and away from the data?"""
    path, data = settings.data_key_file, file_of(settings)
    if data is not None and path.resolve().parent.is_relative_to(data.resolve().parent):
        yield warn(f"DATA_KEY_FILE {path} lies in the folder of the data: who copies one has both. Move it elsewhere.")
    if not path.exists():
        yield _no_key(path, data)
        return
    count = len(key_file.read(path))
    for line in key_file.warnings(path):
        yield warn(line)
    if not key_file.warnings(path):
        yield ok(f"key: {path}, {count} in it, only for its owner. Is there a copy elsewhere?")


def _no_key(path: Path, data: Path | None) -> Finding:
    if data is not None and data.exists():
        return stop(f"DATA_KEY_FILE {path} is missing, and {data} can't be read without it: put it back.")
    return ok(f"key: none yet; made at the first start in {path}")


def stored(settings: Settings) -> Iterator[Finding]:
    """Does the database open, in the shape that this program knows, and is there room?"""
    file = file_of(settings)
    if file is not None:
        yield from _room(file)
        if not file.exists():
            yield ok(f"database: none yet; made at the first start in {file}")
            return
        if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
            yield stop(f"database: {file} can't be written: check who owns the file and its folder.")
            return
    revision, key_id = asyncio.run(_facts(settings.database_url))
    yield from _shape(revision)
    if key_id is not None and settings.data_key_file.exists():
        Seal(settings.data_key_file).use(key_id)


def _room(file: Path) -> Iterator[Finding]:
    folder = next(each for each in file.resolve().parents if each.exists())
    free = shutil.disk_usage(folder).free // MIB
    if not os.access(folder, os.W_OK):
        yield stop(f"data folder: {folder} can't be written: check who owns it.")
    elif free < ROOM_TO_STOP:
        yield stop(f"disk: {free} MiB free at {folder}: free some space.")
    elif free < ROOM_TO_WARN:
        yield warn(f"disk: {free} MiB free at {folder}: free some space soon.")
    else:
        yield ok(f"disk: {free // 1024} GiB free")


def _shape(revision: str | None) -> Iterator[Finding]:
    if revision == REVISION:
        yield ok(f"database: opens, up to date ({REVISION})")
    elif revision is None:
        yield ok("database: opens, still empty")
    else:
        migrate.must_be_known(revision)
        yield warn(f"database: at {revision}, brought to {REVISION} at the next start, or now: objection-bot migrate")


async def _facts(url: str) -> tuple[str | None, str | None]:
    opened = database(url)
    try:
        return await opened.read(_read)
    finally:
        await opened.close()


def _read(connection: Connection) -> tuple[str | None, str | None]:
    revision = migrate.revision_of(connection)
    return revision, state.value_of(connection, state.KEY) if revision else None


def data(settings: Settings) -> Iterator[Finding]:
    """Do the records hold, and did a person look at the forms lately?"""
    knowledge = load(settings.knowledge_dir)
    load_looks(knowledge.domains, settings.knowledge_dir)
    yield ok(f"data: {len(knowledge.countries)} countries, {len(knowledge.forms)} forms, all records hold")
    since = SystemClock().now().date() - CONFIRMED_WITHIN
    old = [form.id for form in knowledge.forms.values() if form.confirmed_on is None or form.confirmed_on < since]
    if old:
        yield warn(
            f"{len(old)} forms not confirmed by a person for {CONFIRMED_WITHIN.days} days ({_some(old)}): "
            "open them logged in, then note the day as confirmed_on in KNOWLEDGE_DIR/forms.toml"
        )


def _some(names: list[str]) -> str:
    shown = names if len(names) <= NAMED else [*names[:NAMED], "…"]
    return ", ".join(shown)


def spoken(_settings: Settings) -> Iterator[Finding]:
    """Are the languages whole, and read over by somebody else than their writer?"""
    known = languages()
    for code in known:
        catalogue(code)
    unread = [code for code, language in known.items() if not language.reviewed]
    reviewed = f"{len(known)} languages on, texts reviewed {len(known) - len(unread)}"
    yield warn(f"{reviewed} (not yet: {', '.join(unread)})") if unread else ok(reviewed)


def aged(settings: Settings) -> Iterator[Finding]:
    """Which records did nobody compare with their sources for half a year?"""
    knowledge, today = load(settings.knowledge_dir), SystemClock().now().date()
    found = old_records(knowledge, settings.knowledge_dir, today)
    if found:
        yield warn(f"{len(found)} records were not compared with their sources for 180 days: {', '.join(found)}")
    else:
        yield ok("records: all compared with their sources within 180 days")


CHECKS = (operator, deciding, webhook_secret, key, stored, closes, data, aged, spoken)
