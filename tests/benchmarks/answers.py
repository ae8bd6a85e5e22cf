"""How well and how fast Meta's answers are read, beside two baselines: `python -m tests.benchmarks.answers`."""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.domain.answers import HowSure, plain
from bot.knowledge.answers import load_answers
from bot.reading.answers import read_answer

SETS = Path(__file__).parents[1] / "reading" / "answers"
KEYWORDS = {
    "accepted": "honour your objection|widerspruch berücksichtig|uwzględni|accolt|til følge|accepté|"
    "aceptado",
    "refused": "reject|refus|compelling|ablehn|abgelehnt|rechaz|rifiut|afvis|avslag|odrzuc|zamít",
    "no_further_action": "further action|weitere maßnahmen|autres mesures|más medidas|ulteriori azioni|"
    "dalszych działań",
    "wants_proof": "evidence|screenshot|nachweis|capture d'écran|prueba|prova|bevis|dowód|zrzut",
    "wrong_form": "form|formular|formulaire|formulario|modulo|formularz|skjema|lomake|űrlap",
    "not_in_region": "region|country|land|région|país|paese|kraj|maassa|χώρα|ország",
    "more_time": "more time|mehr zeit|plus de temps|más tiempo|più tempo|więcej czasu|mere tid|mer tid",
    "code": "code|código|codice|kod|koodi|κωδικό|kód|cod de",
    "received": "received|erhalten|reçu|recibido|ricevuto|ontvangen|otrzymaliśmy|mottatt|modtaget",
}  # fmt: skip
OWN = json.loads((SETS / "own.json").read_text(encoding="utf-8"))
EXAMPLES = {plain(row["text"]): row["label"] for row in OWN}


def by_keywords(text):
    low = text.lower()
    return next((kind for kind, words in KEYWORDS.items() if any(word in low for word in words.split("|"))), "unknown")


def by_likeness(text):
    """One example sentence a kind and language, where we have one: our own set."""
    found = process.extractOne(plain(text), EXAMPLES.keys(), scorer=fuzz.token_set_ratio, score_cutoff=45)
    return EXAMPLES[found[0]] if found else "unknown"


def table(rows, key, read):
    found = defaultdict(list)
    for row, (kind, sureness) in zip(rows, read, strict=True):
        for group in (row[key], "all"):
            found[group].append((row["label"], kind, sureness))
    print(f"  {key:18} texts  right  sure  right where sure  false acceptances")
    for group, results in sorted(found.items(), key=lambda item: item[0] == "all"):
        sure = [(label, kind) for label, kind, sureness in results if sureness is HowSure.SURE]
        right = sum(label == kind for label, kind, _ in results) / len(results)
        right_sure = f"{sum(label == kind for label, kind in sure) / len(sure):16.0%}" if sure else f"{'–':>16}"
        false = sum(kind == "accepted" != label for label, kind, _ in results)
        print(f"  {group:18} {len(results):5} {right:6.0%} {len(sure) / len(results):5.0%}  {right_sure}  {false:5}")


def measure(name, rules):
    rows = json.loads((SETS / f"{name}.json").read_text(encoding="utf-8"))
    print(f"\n{name}")
    seconds, read = [], []
    for row in rows:
        started = time.perf_counter()
        reading = read_answer(row["text"], rules)
        seconds.append(time.perf_counter() - started)
        read.append((reading.kind.value, reading.sureness))
    for key in ("language", "label"):
        table(rows, key, read)
    slowest = max(seconds) * 1000
    print(f"  one reading: median {statistics.median(seconds) * 1000:.2f} ms, slowest {slowest:.1f} ms")
    # on our own set the second baseline knows every text
    for title, baseline in (("plain keywords", by_keywords), ("likeness to our own examples", by_likeness)):
        kinds = [(row["label"], baseline(row["text"])) for row in rows]
        right = sum(label == kind for label, kind in kinds) / len(kinds)
        false = sum(kind == "accepted" != label for label, kind in kinds)
        print(f"  {title}: right {right:.0%}, false acceptances {false}")


def main():
    started = time.perf_counter()
    rules = load_answers()
    loaded = time.perf_counter()
    first = [read_answer("x y z", rules), *(rules.languages[language] for language in rules.languages)]
    ready = time.perf_counter()
    print(f"loading {1000 * (loaded - started):.0f} ms")
    print(f"a language at its first text {1000 * (ready - loaded) / len(first):.0f} ms")
    for name in ("own", "independent"):
        measure(name, rules)
    longest = "We have received your objection and will not honour it because of that. " * 300
    started = time.perf_counter()
    read_answer(longest, rules)
    print(f"\n20,000 characters: {1000 * (time.perf_counter() - started):.0f} ms")


if __name__ == "__main__":
    main()
