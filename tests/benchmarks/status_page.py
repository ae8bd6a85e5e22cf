"""How fast the public page is, and how large: a table and JSON. `python -m tests.benchmarks.status_page`.

The real program, started anew for each cold figure, over a database with every form in every country, 30 days of looks
and hundreds of outages. cold: the first request of a fresh process. anew: made again, the kept one is too old. kept:
one of fifty from memory. Sizes without and with gzip. Run it alone; it says how busy the machine is. Before that the
program looks round once: while it looks at hundreds of forms at a time, everybody waits for everybody.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx

from bot.clock import SystemClock
from bot.domain.incidents import Cause, Incident, Proof
from bot.domain.observations import Evidence, Hop, Observation, Reason, Verdict
from bot.knowledge import load
from bot.storage import Seal, Store
from bot.web.answering import KEPT_FOR

NOW = SystemClock().now().replace(microsecond=0)
PATHS = ["/status", "/status/DE", "/status/incident/1", "/status.json", "/status/DE.json", "/status.atom"]
LOOKING_ROUND = 20
"""Seconds; some hundred looks at the sandbox take less."""
WIDELY = 100
"""Milliseconds and kilobytes that a page may take."""


def look(form, country, at, verdict=Verdict.ASKS_LOGIN, vantage="direct"):
    hops = (Hop(f"https://www.facebook.com/{form}", 302, f"https://www.facebook.com/login/?next={form}"),)
    evidence = Evidence(hops, "9f86d081884c7d65" * 4, "203.0.113.7", "ab" * 32, None, (("total", 0.3),))
    reason = Reason.NONE if verdict is Verdict.ASKS_LOGIN else Reason.NOT_FOUND
    return Observation(form, country, vantage, at, verdict, reason, 302, 0.3, (), evidence, differed=True)


async def fill(store, incidents):
    knowledge = load(None)
    pairs = [
        (form.id, code) for code in sorted(knowledge.countries) for form in knowledge.forms.values()
        if form.serves(code, NOW.date())
    ]  # fmt: skip
    for back in range(29, -1, -1):
        at = NOW - timedelta(days=back, minutes=3)
        await store.looks.add([look(*pair, at - timedelta(hours=hours)) for pair in pairs for hours in (9, 0)])
    for number in range(incidents):
        form, code = pairs[number * 7 % len(pairs)]
        started = NOW - timedelta(days=29) + timedelta(minutes=number * 29 * 1440 / (incidents + 1))
        minutes = range(6 if number else 200)
        seen = [look(form, code, started + timedelta(minutes=each), Verdict.GONE) for each in minutes]
        made = Incident(
            0, form, code, started, started + timedelta(minutes=4), (Cause.GONE,), Proof.NETWORKS,
            ("direct", f"proxy:{code}"), len(seen), last_bad_at=seen[-1].at,
        )  # fmt: skip
        kept = await store.incidents.save(made, cites=await store.looks.add(seen))
        if number < incidents - 12:
            await store.incidents.save(replace(kept, ended_at=started + timedelta(hours=4)))
    await store.days.roll_up(NOW.date())
    return len(pairs)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """The bot in a process of its own, beside the sandbox given."""

    def __init__(self, folder, sandbox):
        self.port = free_port()
        settings = {
            "SANDBOX_URL": sandbox, "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db", "LOG_LEVEL": "warning",
            "DATA_KEY_FILE": f"{folder}/key", "HTTP_PORT": str(self.port), "PRIVATE_PORT": "0", "LOOK_INTERVAL": "600",
        }  # fmt: skip
        self.process = subprocess.Popen([sys.executable, "-m", "bot"], env=os.environ | settings)

    def __enter__(self):
        self.reader = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, verify=False, timeout=30)
        until = time.monotonic() + 60
        while time.monotonic() < until:  # ready, with no page of the status asked for yet
            try:
                self.reader.get("/healthz")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.reader.close()
        self.process.terminate()
        self.process.wait(20)

    def asked(self, path):
        """Milliseconds and bytes of one request as a browser makes it."""
        started = time.perf_counter()
        answer = self.reader.get(path)
        taken = (time.perf_counter() - started) * 1000
        assert answer.status_code == 200, (path, answer.status_code)
        return taken, answer.content


def measured(folder, sandbox):
    rows = {}
    for path in PATHS:
        with Program(folder, sandbox) as program:
            cold, body = program.asked(path)
            kept = [program.asked(path)[0] for _ in range(50)]
            time.sleep(KEPT_FOR + 0.2)
            anew = program.asked(path)[0]
        rows[path] = {
            "cold_ms": round(cold, 1), "anew_ms": round(anew, 1), "kept_ms": round(statistics.median(kept), 1),
            "kept_worst_ms": round(max(kept), 1), "kB": round(len(body) / 1000, 1),
            "gzip_kB": round(len(gzip.compress(body, 6)) / 1000, 1),
        }  # fmt: skip
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "bot", "sandbox", "--port", str(port)]
        sandbox = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            pairs = asyncio.run(filled(folder, asked.incidents))
            with Program(folder, f"http://127.0.0.1:{port}"):
                time.sleep(LOOKING_ROUND)
            rows = measured(folder, f"http://127.0.0.1:{port}")
        finally:
            sandbox.terminate()
            sandbox.wait(10)
    print(f"{pairs} statuses, {asked.incidents} outages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':20}{'cold':>9}{'anew':>9}{'kept':>9}{'worst':>9}{'size':>10}{'gzip':>10}")
    for path, row in rows.items():
        times = "".join(f"{row[name]:>6.1f} ms" for name in ("cold_ms", "anew_ms", "kept_ms", "kept_worst_ms"))
        print(f"{path:20}{times}{row['kB']:>7.1f} kB{row['gzip_kB']:>7.1f} kB")
    print(json.dumps({"statuses": pairs, "incidents": asked.incidents, "pages": rows}))
    pages = [row for path, row in rows.items() if "." not in path]
    held = all(max(row["cold_ms"], row["anew_ms"], row["kB"]) <= WIDELY for row in pages)
    print(f"every page within {WIDELY} ms and {WIDELY} kB: {'yes' if held else 'NO'}")


async def filled(folder, incidents):
    seal = Seal.from_file(Path(folder) / "key", on=NOW.date())
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/bot.db", seal, now=NOW, backups=None)
    try:
        return await fill(store, incidents)
    finally:
        await store.close()


if __name__ == "__main__":
    main()
