"""How long a judgement and a look take: `python -m tests.benchmarks.looks`."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from dataclasses import replace

from bot.clock import SystemClock
from bot.domain.judging import Look, judge
from bot.domain.observations import Hop, Page
from bot.knowledge import load
from bot.knowledge.looks import load_looks
from bot.vantages.bodies import BODY_LIMIT
from bot.vantages.direct import DirectVantage
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


def judging():
    look = Look(page(FORM.url, FORM.titles[0]), page(PLACE.control, "Help"), page(PLACE.decoy, "Nothing here"))
    worst = replace(look, decoy=page(PLACE.decoy, FORM.titles[0]))
    for _ in range(ROUNDS):
        started = time.perf_counter()
        judge(worst, FORM, RULES)
        yield time.perf_counter() - started


async def looking(remember):
    pages = {FORM.url: body(FORM.titles[0]), PLACE.control: body("Help"), PLACE.decoy: body("Nothing here")}
    behaviours = {url.removeprefix("https://"): answer(200, text) for url, text in pages.items()}
    async with StandIn(behaviours) as server, open_client("", SandboxTransport(server.url, RULES)) as client:
        vantage = DirectVantage(client, RULES, SystemClock(), patience=Patience(remember=remember))
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await vantage.look(FORM, "")
            taken.append(time.perf_counter() - started)
        return taken


if __name__ == "__main__":
    told = {
        "judging three pages of 64 KiB, median ms": median_ms(list(judging())),
        "a look with three requests, median ms": median_ms(asyncio.run(looking(0))),
        "a look with control and decoy remembered, median ms": median_ms(asyncio.run(looking(180))),
    }
    print(json.dumps(told, indent=2))
