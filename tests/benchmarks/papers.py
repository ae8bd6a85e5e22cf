"""How long a letter takes as PDF, beside what typst alone needs for a page: `python -m tests.benchmarks.papers`."""

from __future__ import annotations

import statistics
import time

import typst

from bot.documents.paper import paper
from bot.rendering.letters import languages_of, letter
from tests.letters.histories import PAIRS, posted, usual

ROUNDS = 5
LIMIT = 100
"""Milliseconds, the median a PDF after warm-up."""
BARE = b'#set page(paper: "a4")\n#set text(font: "Libertinus Serif", lang: "en")\n' + b"Word after word. " * 120


def median(deeds) -> float:
    """Milliseconds of each deed, the median of all."""
    took = []
    for deed in deeds:
        began = time.perf_counter()
        deed()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main() -> None:
    cases = [
        (facts, language) for kind, law in PAIRS for facts in [usual(kind, law)] for language in languages_of(facts)
    ]
    made = [letter(facts, language, posted(facts)) for facts, language in cases]

    def written(facts, language):
        return lambda: letter(facts, language, posted(facts))

    def printed(each):
        return lambda: paper(each.text, subject=each.subject, language=each.language)

    def bare():
        typst.compile(BARE, format="pdf", ignore_system_fonts=True)

    texts = median([written(*case) for case in cases] * ROUNDS)
    pages = median([printed(each) for each in made] * ROUNDS)
    alone = median([bare] * len(made))
    print(f"letters: {len(made)} (kinds by law by language), {ROUNDS} rounds")
    print(f"text          {texts:6.1f} ms")
    print(f"PDF           {pages:6.1f} ms   (limit {LIMIT} ms)")
    print(f"typst alone   {alone:6.1f} ms   (a page of the same length, warm)")


if __name__ == "__main__":
    main()
