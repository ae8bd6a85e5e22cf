"""Is an outage found, and is nothing else taken for one? `python -m tests.benchmarks.outages [--long] [--json FILE]`

The long form is 90 days × 32 countries × all forms with troubles of our own, and 20 trials a fault; `--part 1/4` does
a quarter of the days' pairs, so that a run can be split.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.simulated_faults import FAULTS, siege, trial
from tests.simulated_forms import BEGIN, WORLD, Place, rivals, vantages_of, watch
from tests.simulated_troubles import troubles

COUNTRIES = 32
NAMES = ("ours", "3 in a row", "3 of 5")


def pairs(countries, forms):
    """Each form in each of so many countries that it serves, every fourth country with a proxy in it."""
    day = BEGIN.date()
    for number, country in enumerate(islice(sorted(WORLD.countries), countries)):
        for form in islice((one for one in WORLD.forms.values() if one.serves(country, day)), forms):
            yield form, country, vantages_of(country, proxy=number % 4 == 0)


def quiet(seed, days, countries=COUNTRIES, forms=None, part=(1, 1)):
    """Nothing is wrong with any form; everything is wrong with us. Every incident is a false alarm."""
    found = {"pairs": 0, "looks": 0, "ours": 0, "3 in a row": 0, "3 of 5": 0}
    for number, (form, country, vantages) in enumerate(pairs(countries, forms)):
        if number % part[1] != part[0] - 1:
            continue
        rng, others = random.Random(f"{seed} {form.id} {country}"), rivals()
        place = Place(form, country, vantages, troubles(random.Random(seed), days))
        seen = watch(place, days, rng, rivals=others)
        found["pairs"] += 1
        found["looks"] += seen.looks
        found["ours"] += len(seen.incidents)
        for rival in others:
            found[rival.name] += len(rival.opened_at)
    return {"days": days, "countries": countries, **found}


def besieged(seed, days, countries=COUNTRIES, forms=None):
    """1,000 people report trouble every hour of those days, and nothing is wrong."""
    found = {"days": days, "pairs": 0, "incidents": 0}
    for form, country, vantages in pairs(countries, forms):
        found["pairs"] += 1
        found["incidents"] += siege(form, country, vantages, days, random.Random(f"{seed} {form.id} {country}"))
    return found


def faults(seed, trials):
    """Each kind of fault so many times: found how fast, dated how well, ended how soon."""
    return [
        {
            "fault": fault.name,
            **fault.sum_up([trial(fault, random.Random(f"{seed} {fault.name} {n}")) for n in range(trials)]),
        }
        for fault in FAULTS
    ]


def show(result):
    console = Console(width=150)
    calm = Table(title="Nothing is wrong with any form: false alarms", title_justify="left")
    for heading in ("days", "countries", "pairs", "looks", *NAMES):
        calm.add_column(heading, justify="right")
    calm.add_row(*(f"{result['quiet'][key]:,}" for key in ("days", "countries", "pairs", "looks", *NAMES)))
    console.print(calm)
    if siege_ := result.get("besieged"):
        console.print(
            f"1,000 people report trouble every hour, {siege_['days']} days, {siege_['pairs']} pairs: "
            f"{siege_['incidents']} incidents"
        )
    table = Table(title="Something is wrong", title_justify="left")
    rows = result["faults"]
    for heading in rows[0] if rows else ():
        table.add_column(heading, justify="left" if heading == "fault" else "right")
    for row in rows:
        table.add_row(*("–" if value is None else str(value) for value in row.values()))
    console.print(table)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--long", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--part", default="1/1")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    part = tuple(map(int, chosen.part.split("/")))
    began = time.perf_counter()
    days, countries, forms, trials = (90, COUNTRIES, None, 20) if chosen.long else (6, 4, 2, 2)
    result = {"seed": chosen.seed, "part": chosen.part, "long": chosen.long}
    result["quiet"] = quiet(chosen.seed, days, countries, forms, part)
    if part[0] == 1:
        result["besieged"] = besieged(chosen.seed, 2 if chosen.long else 1, countries, forms)
    result["faults"] = faults(chosen.seed, trials) if part[0] == 1 else []
    result["seconds"] = round(time.perf_counter() - began, 1)
    show(result)
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=2) + "\n")
    sys.exit(bool(result["quiet"]["ours"]))


if __name__ == "__main__":
    main()
