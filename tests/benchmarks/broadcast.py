"""Telling many chats while somebody a second asks something: `python -m tests.benchmarks.broadcast [--quick] [--ours]`.

The stand-in takes 30 messages in any second, refuses the others with 429, and answers in 50 ms. Ours beside
python-telegram-bot's AIORateLimiter, its sequential loop and aiogram's loop, in one run of about 7 minutes; they tell
half as many chats, for some are slow.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.domain.deliveries import Lane, Saying
from bot.domain.people import Person
from bot.storage import Changes, Seal, Store
from bot.storage.changes import NewDelivery
from bot.use_cases import documents
from tests.benchmarks.broadcast_rivals import FIRST
from tests.benchmarks.rivals import HERE, ours, percentile, print_table, running, standing_in, write_json

if TYPE_CHECKING:
    from datetime import datetime

DELAY = 0.05
RIVALS = ("ptb-limiter", "ptb-retries", "ptb-loop", "aiogram-loop")
AIMS = {"a second": 28.5, "429": 0, "lost": 0, "doubled": 0, "p99 more ms": 50}
QUIET = 4.0
"""Seconds in which nothing more is told: then it is over."""


async def promised(folder: Path, chats: int) -> None:
    """Put a notice for each chat into the outbox, as an incident does."""
    now = SystemClock().now()
    seal = Seal.from_file(folder / "keys/data.key", on=now.date())
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/bot.db", seal, now=now, backups=None)
    for start in range(FIRST, FIRST + chats, 500):
        those = range(start, min(start + 500, FIRST + chats))
        await store.save(Changes(now, deliveries=[_notice(chat, now) for chat in those]))
    await store.close()


def _notice(chat: int, now: datetime) -> NewDelivery:
    person = Person(chat, "en", "UTC", since=now.date(), seen=now.date())
    saying = Saying("help/doors", lane=Lane.NOTICE)
    return NewDelivery(chat, Lane.NOTICE, now, documents.of_saying(saying, person))


def told(api, start, folder: Path, chats: int, asking: int) -> dict[str, float]:
    """Start, let it tell all while `asking` people ask, one a second."""
    with running(*start, folder) as process:
        api.until(lambda report: report["first_poll"] > 0 or process.poll() is not None, 0.02)
        if process.poll() is not None:
            raise SystemExit(
                "It ended at once. The limiter of python-telegram-bot wants `pip install 'aiolimiter<1.3'`."
            )
        api.post("/pace", rate=1, count=asking, text="/start", **{"from": 1})
        report = _settled(api, chats)
    during = [wait * 1000 for wait in report["waits"]]
    seconds = report["last_sent"] - report["first_sent"]
    return {
        "a second": round(report["sent"] / seconds, 2) if seconds else 0.0,
        "429": report["refused"],
        "lost": chats - report["broadcast"],
        "doubled": report["told"] - report["broadcast"],
        "p50 ms": round(percentile(during, 0.5), 1),
        "p99 ms": round(percentile(during, 0.99), 1),
        "unanswered": asking - len(during),
    }


def _settled(api, chats: int) -> dict:
    last, since = -1, time.monotonic()

    def is_over(report) -> bool:
        nonlocal last, since
        if report["told"] != last:
            last, since = report["told"], time.monotonic()
        all_told = report["broadcast"] >= chats
        return all_told or time.monotonic() - since > QUIET

    api.until(is_over, 0.2)
    time.sleep(1)  # who asked last is answered too
    return api.report()


def idle(start, folder: Path, api, asking: int) -> float:
    """The 99th percentile of the same questions with nothing else to do, in ms."""
    with running(*start, folder):
        api.until(lambda report: report["first_poll"] > 0, 0.02)
        api.post("/pace", rate=4, count=asking, text="/start", **{"from": 1})
        report = api.until(lambda report: report["chats"] >= asking)
    return round(percentile([wait * 1000 for wait in report["waits"]], 0.99), 1)


def measured(who: str, chats: int, asking: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if who != "ours":
            with standing_in(DELAY, "--strict") as api:
                start = [sys.executable, str(HERE / "broadcast_rivals.py"), api.url, who, str(chats)], dict(os.environ)
                return {"who": who} | told(api, start, folder, chats, asking)
        with standing_in(DELAY, "--strict") as api, tempfile.TemporaryDirectory() as other:
            alone = idle(ours(Path(other), api.url), Path(other), api, asking)
        asyncio.run(promised(folder, chats))
        with standing_in(DELAY, "--strict") as api:
            found = told(api, ours(folder, api.url), folder, chats, asking)
        return {"who": who} | found | {"p99 idle ms": alone, "p99 more ms": round(found["p99 ms"] - alone, 1)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="600 chats instead of 3,000")
    options.add_argument("--ours", action="store_true", help="without the others")
    asked = options.parse_args()
    chats = 600 if asked.quick else 3000
    rows = []
    for who in ("ours", *(() if asked.ours else RIVALS)):
        count = chats if who == "ours" else chats // 2
        rows.append({"chats": count, "p99 idle ms": "", "p99 more ms": ""} | measured(who, count, count // 32))
        print(rows[-1], file=sys.stderr, flush=True)
    names = ["who", *(name for name in rows[0] if name != "who")]
    print_table([{name: row[name] for name in names} for row in rows])
    write_json("broadcast", {"chats": chats, "aims": AIMS, "rows": rows})


if __name__ == "__main__":
    main()
