"""How long one typed message takes to be read, with all readers: `python -m tests.benchmarks.reading`."""

from __future__ import annotations

import json
import random
import statistics
import time
from pathlib import Path

from bot.knowledge import load
from bot.use_cases.reading import Reading
from tests.faults.hostile import TEXTS

SETS = Path(__file__).parents[1] / "reading"
WANTED = 500
LANGUAGES = ("en", "de", "pl", "pt-br", None)
SHORT = (
    "Germany", "Deutschland", "🇵🇱", "Côte d'Ivoire", "untied kingdom", "ja", "nein", "3", "482913", "31.5.2025",
    "vor drei Wochen", "last monday", "👍", "hallo", "danke!", "???", "name@mail.example", "+49 30 1234567",
)  # fmt: skip


def labelled(name):
    return [each["text"] for each in json.loads((SETS / name).read_text("utf-8"))]


KINDS = {
    "questions": labelled("questions/third.json"),
    "small talk": labelled("questions/small_talk.json"),
    "answers of Meta's": labelled("answers/independent.json"),
    "addresses": labelled("links.json"),
    "short": [*SHORT],
    "hostile": [*TEXTS],
}


def drawn(kinds, wanted, seed=1):
    """The same number of each kind, in a mixed order."""
    chance = random.Random(seed)
    texts = [(kind, chance.choice(kinds[kind])) for kind in [*kinds] * (wanted // len(kinds) + 1)]
    chance.shuffle(texts)
    return texts[:wanted]


def taken(reading, texts):
    """Milliseconds of CPU for each text, by kind: reading waits for nothing, and other load does not count."""
    by_kind = {}
    for at, (kind, text) in enumerate(texts):
        started = time.thread_time()
        reading(text, LANGUAGES[at % len(LANGUAGES)])
        by_kind.setdefault(kind, []).append((time.thread_time() - started) * 1000)
    return by_kind


def row(name, found):
    tail = statistics.quantiles(found, n=100)[94]
    print(f"{name:<18} {len(found):5} {statistics.median(found):7.2f} {tail:7.2f} {max(found):7.1f}")


def main():
    reading = Reading(load())
    texts = drawn(KINDS, WANTED)
    first = taken(reading, texts)
    print("ms                 texts  median    95 %   worst")
    row("all, at first", [each for found in first.values() for each in found])
    again = taken(reading, texts)
    row("all, warm", [each for found in again.values() for each in found])
    for kind, found in sorted(again.items()):
        row(f"  {kind}", found)


if __name__ == "__main__":
    main()
