"""How fast the storage is: a table and JSON. `python tests/benchmarks/storage.py [--queued 100000]`.

Every figure is of real work: gather, then save with a person of some 700 bytes, an answer, and the update.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.deliveries import Lane
from bot.storage import Changes, NewDelivery, PersonChange, Seal, Store, sqlite_engine

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DOCUMENT = {
    "language": "de",
    "cases": [{"country": "DE", "facts": ["opened", "sent"] * 20, "label": "work"}] * 2,
}
SAYING = {"screen": "object/route", "values": {"service": "facebook", "country": "DE"}, "language": "de"}
PEOPLE = 5000


async def one_batch(store, first, size):
    ids = list(range(first, first + size))
    chats = {5_000_000_000 + each % PEOPLE for each in ids}
    found = await store.gather(ids, chats)
    people = [
        PersonChange(chat, DOCUMENT, found.people[chat].version if chat in found.people else None, NOW)
        for chat in chats
    ]
    deliveries = [NewDelivery(5_000_000_000 + each % PEOPLE, Lane.ANSWER, NOW, SAYING, (each, 0)) for each in ids]
    await store.save(Changes(NOW, updates=ids, people=people, deliveries=deliveries))


async def updates(store, size, rounds, first=0):
    times = []
    for each in range(rounds):
        started = time.perf_counter()
        await one_batch(store, first + each * size, size)
        times.append(time.perf_counter() - started)
    return times


async def queue(store, count):
    for first in range(0, count, 5000):
        new = [
            NewDelivery(7_000_000_000 + each, Lane.REMINDER, NOW, SAYING)
            for each in range(first, min(first + 5000, count))
        ]
        await store.save(Changes(NOW, deliveries=new))


async def sending(store, rounds):
    claims, told = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        found = await store.outbox.waiting(NOW, busy=range(30), limit=30)
        claimed = time.perf_counter()
        await store.outbox.told([each.id for each in found])
        claims.append(claimed - started)
        told.append(time.perf_counter() - claimed)
    return claims, told


def row(name, times, per=1):
    times = sorted(times)
    middle = statistics.median(times)
    p99 = times[int(len(times) * 0.99)]
    return {"what": name, "p50_ms": middle * 1e3, "p99_ms": p99 * 1e3, "per_s": per / middle}


async def measure(folder, queued):
    seal = Seal.from_file(folder / "keys/data.key", on=NOW.date())
    rows = []
    for mode in ("FULL", "NORMAL"):
        sqlite_engine.PRAGMAS["synchronous"] = mode
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/{mode}.db", seal, now=NOW, backups=None)
        await updates(store, 100, 60)
        rows.append(row(f"gather + save, 1 update, {mode}", await updates(store, 1, 600, 1_000_000)))
        rows.append(row(f"gather + save, 100 updates, {mode}", await updates(store, 100, 100, 2_000_000), 100))
        if mode == "FULL":
            rows += await measure_queue(store, queued)
        await store.close()
    return rows


async def measure_queue(store, queued):
    for lane in Lane:
        await store.outbox.waiting(NOW, busy=(), limit=1, lanes=[lane])
    await drain(store)
    started = time.perf_counter()
    await queue(store, queued)
    filled = row(f"queue {queued} reminders", [time.perf_counter() - started], queued)
    claims, told = await sending(store, 200)
    answers = []
    for each in range(100):
        await store.save(Changes(NOW, deliveries=[NewDelivery(7_000_050_000 + each, Lane.ANSWER, NOW, SAYING)]))
        started = time.perf_counter()
        await store.outbox.waiting(NOW, busy=range(30), limit=1)
        answers.append(time.perf_counter() - started)
    later = [await timed(store.outbox.next_due(NOW - timedelta(days=1))) for _ in range(100)]
    counts = [await timed(store.outbox.counts()) for _ in range(10)]
    return [
        filled,
        row(f"claim 30 of {queued}", claims, 30),
        row("told 30 in one commit", told, 30),
        row("claim an answer behind them", answers),
        row("next due", later),
        row("counts per lane", counts),
    ]


async def drain(store):
    while found := await store.outbox.waiting(NOW, busy=(), limit=5000):
        await store.outbox.told([each.id for each in found])


async def timed(awaitable):
    started = time.perf_counter()
    await awaitable
    return time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queued", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the databases are laid; a temporary folder if not given")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        rows = asyncio.run(measure(Path(folder), arguments.queued))
    for each in rows:
        figures = f"{each['p50_ms']:>10.3f} ms {each['p99_ms']:>10.3f} ms p99 {each['per_s']:>12.0f} /s"
        print(f"{each['what']:<36} {figures}")  # a script
    print(json.dumps({"storage": rows}))  # a script


if __name__ == "__main__":
    main()
