"""Our bot beside a bare python-telegram-bot echo, in one run: `python tests/benchmarks/throughput.py [--quick]`.

Ours takes each update durably (a commit, then an answer from the outbox); the echo keeps nothing. Our updates are
real steps of a conversation (/start of somebody new), the echo's handler only repeats the text. The API's stand-in
answers at once, or after 50 ms.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.rivals import (
    bare,
    memory,
    ours,
    percentile,
    print_table,
    running,
    standing_in,
    write_json,
)

TEXT = "/start de_facebook"
WAITING = 3000
AT_ONCE = (0, 8, 32)
"""Modes of the bare echo: one after the other, and concurrent."""
DELAYS = {"at once": 0.0, "50 ms": 0.05}


def drained(api, chats: int, each: int, first: int) -> float:
    """Updates a second with that many waiting."""
    api.post("/forget")
    at = api.post("/load", chats=chats, each=each, text=TEXT, **{"from": first})["at"]
    done = api.until(lambda report: report["sent"] >= chats * each)
    return chats * each / (done["last_sent"] - at)


def waits(api, rate: int, count: int, first: int) -> list[float]:
    """Milliseconds from an update being there to the answer's arrival."""
    api.post("/forget")
    api.post("/pace", rate=rate, count=count, text=TEXT, **{"from": first})
    return [wait * 1000 for wait in api.until(lambda report: report["chats"] >= count)["waits"]]


def measured(api, start, folder: Path, waiting: int, *, sequential_in_50: bool) -> dict[str, float]:
    born = time.monotonic()
    with running(*start, folder) as process:
        ready = api.until(lambda report: report["first_poll"] > born, 0.02)["first_poll"]
        result = {"start s": ready - born}
        drained(api, 20, 1, 900_000)
        result["idle MB"] = memory(process)
        size = waiting // 10 if sequential_in_50 else waiting
        result["many chats/s"] = drained(api, size, 1, 0)
        result["10 each/s"] = drained(api, size // 10, 10, 100_000)
        found = waits(api, 100, 500, 200_000)
        result |= {"p50 ms": statistics.median(found), "p99 ms": percentile(found, 0.99)}
        result["busy MB"] = memory(process)
    return {name: round(value, 2 if value < 10 else 1) for name, value in result.items()}


def measured_all(waiting: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, delay in DELAYS.items():
        for at_once in (*AT_ONCE, None):
            with standing_in(delay) as api, tempfile.TemporaryDirectory() as folder:
                start = ours(Path(folder), api.url) if at_once is None else bare(api.url, at_once)
                who = "ours" if at_once is None else f"bare PTB, {at_once} at once" if at_once else "bare PTB"
                slow = at_once == 0 and delay > 0
                found = measured(api, start, Path(folder), waiting, sequential_in_50=slow)
                rows.append({"who": who, "API": name} | found)
                print(rows[-1], flush=True)
    return rows


def compared(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Ours over the best of the bare echo's modes, with the aims."""
    aims = []
    for name in DELAYS:
        mine = next(row for row in rows if row["who"] == "ours" and row["API"] == name)
        theirs = [row for row in rows if row["who"] != "ours" and row["API"] == name]
        best = {key: max(float(row[key]) for row in theirs) for key in ("many chats/s", "10 each/s")}
        least = {key: min(float(row[key]) for row in theirs) for key in ("p50 ms", "p99 ms", "idle MB", "start s")}
        wanted = {"many chats/s": "≥ 0.5" if name == "at once" else "≥ 1", "p50 ms": "≤ 2", "idle MB": "≤ 1.3"}
        for key, value in (best | least).items():
            ratio = float(mine[key]) / value
            row = {"API": name, "what": key, "ours": mine[key], "best bare": value, "ratio": f"{ratio:.2f}"}
            aims.append(row | {"aim": wanted.get(key, "")})
    return aims


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of the updates")
    found = measured_all(WAITING // 10 if options.parse_args().quick else WAITING)
    print_table(found)
    print()
    print_table(compared(found))
    write_json("throughput", {"rows": found, "ratios": compared(found)})
