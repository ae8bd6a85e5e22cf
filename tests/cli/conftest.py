"""Commands, called in an empty folder and with no settings but those that a test makes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from bot.__main__ import made_for
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    def line(self, part):
        return next((line for line in self.out.splitlines() if part in line), f"no line with {part!r}:\n{self.out}")


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Call a command; gives its exit code and what it printed."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments, **settings):
        with monkeypatch.context() as around:
            for name, value in settings.items():
                around.setenv(name.upper(), str(value))
            result = CliRunner().invoke(made_for(arguments), arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def process(tmp_path):
    """Call a command as a process of its own, while the test does something else."""
    import asyncio

    async def call(*arguments, **settings):
        started = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
            | {name.upper(): str(value) for name, value in settings.items()},
        )  # fmt: skip
        out, err = await asyncio.wait_for(started.communicate(), 60)
        return Ran(started.returncode, out.decode(), err.decode())

    return call
