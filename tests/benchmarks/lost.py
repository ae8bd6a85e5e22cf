"""How many of 300 queued updates are lost by kill -9: `python tests/benchmarks/lost.py`.

Bare python-telegram-bot (Application, Updater, long polling, a handler that works 20 ms) beside our bot, in one run.
Each is killed when about a third is answered, started again, and given time until nothing more comes.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.rivals import bare, ours, print_table, running, standing_in, write_json

QUEUED, KILLED_AT = 300, 90
QUIET = 3.0
"""Seconds without a new message: nothing more comes."""


def lost(make) -> dict[str, object]:
    with standing_in(0.02) as api, tempfile.TemporaryDirectory() as folder:
        start = make(Path(folder), api.url)
        api.post("/load", chats=QUEUED, each=1, text="/start de_facebook")
        with running(*start, Path(folder)) as process:
            before = api.until(lambda report: report["sent"] >= KILLED_AT, 0.005)["chats"]
            process.kill()
        with running(*start, Path(folder)):
            after = _quiet(api)
    return {
        "answered before": before, "answered in all": after["chats"], "lost": QUEUED - after["chats"],
        "lost %": round(100 * (QUEUED - after["chats"]) / QUEUED), "told twice": after["sent"] - after["chats"],
    }  # fmt: skip


def _quiet(api) -> dict:
    """The report once all is answered, or nothing was sent for a while and nothing waits."""
    last, since = -1, time.monotonic()

    def settled(report) -> bool:
        nonlocal last, since
        if report["sent"] != last:
            last, since = report["sent"], time.monotonic()
        return not report["pending"] and time.monotonic() - since > QUIET

    return api.until(settled)


if __name__ == "__main__":
    rows = [
        {"who": "bare PTB", **lost(lambda _folder, url: bare(url, 0, work=0.02))},
        {"who": "bare PTB, 32 at once", **lost(lambda _folder, url: bare(url, 32, work=0.02))},
        {"who": "ours", **lost(ours)},
    ]
    print_table(rows)
    write_json("lost", {"queued": QUEUED, "rows": rows})
