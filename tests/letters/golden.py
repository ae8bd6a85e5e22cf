"""All letters of a language in one file, to read over and to compare: `python -m tests.letters.golden de`."""

import sys
from pathlib import Path

from bot.domain.letters import LetterKind
from bot.rendering.letters import languages_of, letter
from tests.letters.histories import PAIRS, austrian, posted, usual

GOLDEN = Path(__file__).parent / "golden"


def written(language: str) -> str:
    """Each letter that exists in the language, under its template's name and law."""
    cases = [(f"{kind} {law}", usual(kind, law)) for kind, law in PAIRS]
    cases.append(("complaint at", austrian(usual(LetterKind.COMPLAINT))))
    letters = [
        (name, letter(facts, language, posted(facts))) for name, facts in cases if language in languages_of(facts)
    ]
    return "\n".join(f"{'=' * 20} {name}\n\n{each.text}\n" for name, each in letters)


if __name__ == "__main__":
    for each in sys.argv[1:]:
        (GOLDEN / f"{each}.txt").write_text(written(each), encoding="utf-8")
