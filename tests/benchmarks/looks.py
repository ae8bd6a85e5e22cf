"""How long a judgement, a look and a whole round take, and whether memory stays flat.

`python -m tests.benchmarks.looks` runs 1,000 rounds of 32 countries × all forms; with `--quick` 500 and less else.
Meta is played on this machine over real connections; every page takes as long as it would from afar, one of them long.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from bot.clock import SystemClock
from bot.domain.forms import Purpose
from bot.domain.judging import Look, judge
from bot.domain.observations import Hop, Page, Verdict
from bot.domain.page_shapes import shape, visible_text
from bot.knowledge import load
from bot.knowledge.looks import load_looks
from bot.vantages.bodies import BODY_LIMIT
from bot.vantages.direct import AT_ONCE_PER_HOST, DirectVantage
from bot.vantages.fetching import open_client
from bot.vantages.sandbox import SandboxTransport
from bot.vantages.tries import Patience
from tests.vantages.stand_in import StandIn, answer

ROUNDS = 200
PARAGRAPH = '<div class="x1 y2"><p>Words of a page, number {0}</p><script>var a{0} = "{0}";</script></div>\n'
WORLD = load()
RULES = load_looks(WORLD.domains)
FORM = next(form for form in WORLD.forms.values() if form.titles)
PLACE = RULES.place_of(FORM)


def body(title):
    return (f"<h1>{title}</h1>" + "".join(PARAGRAPH.format(number) for number in range(1000)))[:BODY_LIMIT]


def page(url, title):
    return Page((Hop(url, 200, None),), body(title), truncated=True, seconds=0.1, error=None)


def median_ms(seconds):
    return round(statistics.median(seconds) * 1000, 2)


def judging(times):
    look = Look(page(FORM.url, FORM.titles[0]), page(PLACE.control, "Help"), page(PLACE.decoy, "Nothing here"))
    worst = replace(look, decoy=page(PLACE.decoy, FORM.titles[0]))
    for _ in range(times):
        for remembered in (shape, visible_text):
            remembered.cache_clear()
        started = time.perf_counter()
        judge(worst, FORM, RULES)
        yield time.perf_counter() - started


async def looking(remember, times):
    pages = {FORM.url: body(FORM.titles[0]), PLACE.control: body("Help"), PLACE.decoy: body("Nothing here")}
    behaviours = {url.removeprefix("https://"): answer(200, text) for url, text in pages.items()}
    async with StandIn(behaviours) as server, open_client("", SandboxTransport(server.url, RULES)) as client:
        vantage = DirectVantage(client, RULES, SystemClock(), patience=Patience(remember=remember))
        taken = []
        for _ in range(times):
            started = time.perf_counter()
            await vantage.look(FORM, "")
            taken.append(time.perf_counter() - started)
        return taken


ANSWER_SECONDS, SLOW_SECONDS = 0.15, 1.5
"""How long a page takes to come, and the slowest one."""
TOLERANCE = 1.5
ROUND_SECONDS = 0.1
"""In the many rounds: pages are fetched anew about once a round."""
MIB = 1024 * 1024
FLAT = 4 * MIB
"""Bytes by which memory may differ between the first fifth of the rounds and the end."""
FORMS = tuple(form for form in WORLD.forms.values() if form.purpose in {Purpose.OWN_DATA, Purpose.THIRD_PARTY})


class Pacing:
    """Notes how long each host was busy: more than four at once are not asked of it, so that is the least time."""

    def __init__(self):
        self.busy = Counter()

    def slowed(self, url, behaviour, seconds):
        async def behave(asked, writer):
            await asyncio.sleep(seconds)
            await behaviour(asked, writer)
            self.busy[urlsplit(url).netloc] += seconds

        return behave

    @property
    def least(self):
        return max(self.busy.values()) / AT_ONCE_PER_HOST


def world(size, pacing, answer_seconds, slow_seconds):
    pages = {place.control: "Help" for place in RULES.places} | {place.decoy: "Nothing" for place in RULES.places}
    pages |= {form.url: form.titles[0] if form.titles else "Contact us" for form in FORMS}
    slow = FORMS[0].url
    return {
        url.removeprefix("https://"): pacing.slowed(
            url, answer(200, body(title)[:size]), slow_seconds if url == slow else answer_seconds
        )
        for url, title in pages.items()
    }


async def one_round(vantage):
    """Each form once: for all other countries the viewer passes the same look on."""
    looks = await asyncio.gather(*(vantage.look(form, "") for form in FORMS))
    assert all(look.verdict is Verdict.ANSWERS for look in looks), Counter(look.explanation[-1] for look in looks)
    return looks


async def timed(awaitable):
    started = time.perf_counter()
    await awaitable
    return time.perf_counter() - started


async def round_of_all():
    """The slowest look alone, then a whole round, each by a vantage that remembers nothing."""
    pacing = Pacing()
    pages = world(BODY_LIMIT, pacing, ANSWER_SECONDS, SLOW_SECONDS)
    async with StandIn(pages) as server, open_client("", SandboxTransport(server.url, RULES)) as client:
        alone = [await timed(DirectVantage(client, RULES, SystemClock()).look(form, "")) for form in FORMS]
        pacing.busy.clear()
        whole = await timed(one_round(DirectVantage(client, RULES, SystemClock())))
    return {
        "forms": len(FORMS),
        "slowest look alone, s": round(max(alone), 3),
        "pacing, s": round(pacing.least, 3),
        "the round, s": round(whole, 3),
        "limit (1.5 × slowest + pacing), s": round(TOLERANCE * max(alone) + pacing.least, 3),
    }


async def many_rounds(rounds):
    """Memory of this process, Meta's stand-in included, over many rounds of small pages."""
    patience = Patience(remember=ROUND_SECONDS)
    taken = []
    small = world(4096, Pacing(), 0, 0)
    async with StandIn(small) as server, open_client("", SandboxTransport(server.url, RULES)) as client:
        vantage = DirectVantage(client, RULES, SystemClock(), patience=patience)
        for _ in range(rounds):
            await one_round(vantage)
            server.asked.clear()
            taken.append(resident())
    settled = taken[rounds // 5 :]
    return {
        "rounds": rounds,
        "memory after a fifth, MiB": round(settled[0] / MIB, 1),
        "memory at the end, MiB": round(settled[-1] / MIB, 1),
        "most, MiB": round(max(taken) / MIB, 1),
    }


def resident():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def single(*, quick):
    times = ROUNDS // 10 if quick else ROUNDS
    return {
        "judging three pages of 64 KiB, median ms": median_ms(list(judging(times))),
        "a look with three requests, median ms": median_ms(asyncio.run(looking(0, times))),
        "a look with control and decoy remembered, median ms": median_ms(asyncio.run(looking(180, times))),
    }


def main():
    quick = "--quick" in sys.argv
    told = single(quick=quick) | asyncio.run(round_of_all()) | asyncio.run(many_rounds(500 if quick else 1000))
    in_time = told["the round, s"] <= told["limit (1.5 × slowest + pacing), s"]
    flat = told["memory at the end, MiB"] - told["memory after a fifth, MiB"] <= FLAT / MIB
    told |= {"the round is in time": in_time, "memory is flat": flat}
    width = max(map(len, told))
    for name, value in told.items():
        print(f"{name:<{width}}  {value}", file=sys.stderr)
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 0 if in_time and flat else 1


if __name__ == "__main__":
    sys.exit(main())
