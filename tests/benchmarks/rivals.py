"""Our bot and the bare python-telegram-bot as processes beside one stand-in, and the table that compares them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RESULTS = HERE / "results"
TOKEN = "123456789:benchmark-token-of-the-right-shape-0"
PATIENCE = 600


class Api:
    """The stand-in, driven."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._http = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)

    def post(self, path: str, **order: object) -> dict:
        return self._http.post(path, json=order).raise_for_status().json()

    def report(self) -> dict:
        return self._http.get("/report").raise_for_status().json()

    def until(self, holds, pause: float = 0.1) -> dict:
        """Ask until the report is as wanted; seldom, for who asks takes time from who is measured."""
        end = time.monotonic() + PATIENCE
        while not holds(report := self.report()):
            if time.monotonic() > end:
                raise TimeoutError({key: value for key, value in report.items() if key != "waits"})
            time.sleep(pause)
        return report


@contextmanager
def standing_in(delay: float = 0.0, *options: str):
    command = [sys.executable, str(HERE / "stand_in.py"), "--delay", str(delay), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Api(int(process.stdout.readline()))
        finally:
            process.kill()


def ours(folder: Path, url: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment of our bot, with a database of its own in that folder."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "OPERATOR_NAME": "Benchmark",
        "OPERATOR_CONTACT": "bench@example.org",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "DATA_KEY_FILE": f"{folder}/keys/data.key",
        "HTTP_PORT": "0",
        "PRIVATE_PORT": "0",
        "LOG_LEVEL": "warning",
    }
    return [sys.executable, "-m", "bot"], environment


def bare(url: str, at_once: int, work: float = 0.0) -> tuple[list[str], dict[str, str]]:
    """Command and environment of the bare echo."""
    command = [sys.executable, str(HERE / "ptb_echo.py"), url, "--at-once", str(at_once), "--work", str(work)]
    return command, {"PATH": os.environ["PATH"]}


@contextmanager
def running(command: list[str], environment: dict[str, str], folder: Path):
    with subprocess.Popen(command, env=environment, cwd=folder) as process:
        try:
            yield process
        finally:
            process.terminate()


def memory(process: subprocess.Popen) -> float:
    """Resident memory in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def print_table(rows: list[dict[str, object]]) -> None:
    names = list(rows[0])
    lines = [names, *([str(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def write_json(name: str, result: object) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1))
