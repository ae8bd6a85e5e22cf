"""Planning announcements and bulletins for 10,000 groups: `python -m tests.benchmarks.announcing [--quick]`."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.announcing import Announce, Line, Step
from bot.domain.bulletins import FRESH, LONGEST, Bulletin, BulletinKind
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState
from bot.domain.incidents import Cause, Incident, Proof
from bot.domain.orders import Issue
from bot.rendering.languages import languages
from bot.rendering.messages import rendered
from bot.storage import Changes, Seal, Store
from bot.storage.groups import StoredGroup
from bot.use_cases import documents
from bot.use_cases.announcing import Announcing
from bot.use_cases.board import Board
from conversations.announce.sayings import saying
from tests.benchmarks.rivals import print_table, write_json

NOW = datetime(2026, 12, 8, 12, tzinfo=UTC)
FORM = "form"
AIMS = {"plan s": 1.0, "bulletin s": 1.0, "render ms": 1.0}


class Clock:
    def now(self) -> datetime:
        return NOW

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class World:
    """A form is a form: what is measured is planning."""

    id = FORM

    def form(self, service, _country):
        return self if service is Service.FACEBOOK else None


async def planned(folder: Path, count: int) -> dict[str, float]:
    seal = Seal.from_file(folder / "data.key", on=NOW.date())
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/bot.db", seal, now=NOW, backups=None)
    spoken = list(languages())
    for start in range(0, count, 1000):
        those = (Group(-1 - each, spoken[each % len(spoken)], "Europe/Berlin", NOW.date(), ("DE",),
                       state=GroupState.RUNNING) for each in range(start, start + 1000))  # fmt: skip
        await store.groups.save(*(StoredGroup(each, 0) for each in those))
    board = Board(store, Clock())
    announcing = Announcing(store, board, World(), Clock(), Announce.AUTO, lambda: None)
    await announcing.start()
    incident = Incident(1, FORM, "DE", NOW, NOW, (Cause.GONE,), Proof.NETWORKS, ("direct", "proxy:DE"), 3)
    times: list[float] = []
    before = resident()
    for number in range(1, 4):
        board.note(incident_of(incident, number, ended=False))
        started = time.perf_counter()
        await announcing.sync()
        times.append(time.perf_counter() - started)
        board.note(incident_of(incident, number, ended=True))
        await announcing.sync()
    grown = resident() - before
    heard = [await bulletin_planned(store, announcing, count) for _ in range(3)]
    await store.close()
    return {
        "groups": count,
        "plan s": round(statistics.median(times), 3),
        "bulletin s": round(statistics.median(heard), 3),
        "memory +MB": round(grown, 1),
    }


async def bulletin_planned(store: Store, announcing: Announcing, count: int) -> float:
    """Seconds from an operator's order to everybody being noted."""
    words = dict.fromkeys(languages(), "x" * LONGEST)
    bulletin = Bulletin(BulletinKind.WORDS, NOW + FRESH, words=words, others="en")
    started = time.perf_counter()
    await store.save(Changes(NOW, orders=[(1, Issue(bulletin))]))
    await announcing.hear()
    taken = time.perf_counter() - started
    newest = announcing.all()[0]
    assert (await store.announcements.progress(newest.id)).wanted == count
    return taken


def resident() -> float:
    """Resident memory in MB."""
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def incident_of(incident: Incident, number: int, *, ended: bool) -> Incident:
    return replace(incident, id=number, ended_at=NOW if ended else None)


def drawn() -> float:
    """Milliseconds to render one message, the languages in turn."""
    lines = tuple(Line(each, code, NOW, Cause.GONE, 14, 3, 5) for each, code in enumerate(("DE", "AT", "FR")))
    times = []
    for language in [*languages()] * 200:
        group = Group(-1, language, "Europe/Berlin", NOW.date(), ("DE",))
        started = time.perf_counter()
        said = saying(Step.ALARM, lines, group, service=Service.FACEBOOK, bot="some_bot", now=NOW)
        rendered(documents.of_group_saying(said, group), NOW)
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 3)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="1,000 groups instead of 10,000")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        row = asyncio.run(planned(Path(name), 1000 if asked.quick else 10_000)) | {"render ms": drawn()}
    print_table([row])
    write_json("announcing", {"aims": AIMS, "rows": [row]})


if __name__ == "__main__":
    main()
