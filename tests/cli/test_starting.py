"""The program itself: its version, its help, its commands."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot import __version__
from bot.__main__ import COMMANDS


def test_the_version_is_told(command):
    assert command("--version") == (0, f"objection-bot {__version__}\n", "")


def test_the_help_names_every_command(command):
    told = command("--help").out
    assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(command, name):
    told = command(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert len(told.out.split()) > 15


def test_a_mistyped_command_is_wrong_use(command):
    assert command("docter").code == 2


def test_the_version_is_told_without_loading_the_bot():
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--version"], capture_output=True, text=True, check=True
    ).stderr
    assert not [name for name in ("telegram", "sqlalchemy", "jinja2", "httpx", "aiohttp") if f" {name}\n" in loaded]
