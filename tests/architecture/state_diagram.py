"""The stages of a case as a Mermaid diagram, drawn from the code.

.venv/bin/python -m tests.architecture.state_diagram    # puts it into docs/architecture.md
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bot.domain.stages import AFTER, OPEN_STAGES, Stage

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
BEGIN, END = "```mermaid\nstateDiagram-v2\n", "```\n"


def drawn() -> str:
    """A fact leads to its stage from wherever the case stood; the calendar makes the one other step."""
    facts = defaultdict(list)
    for fact, stage in AFTER.items():
        facts[stage].append(fact.value.replace("_", " "))
    lines = [f"    [*] --> {Stage.NOT_SENT.value}"]
    for stage in Stage:
        lines.append(f"    {stage.value}: {stage.value.replace('_', ' ')}")
        if stage in facts:
            lines.append(f"    any --> {stage.value}: {', '.join(facts[stage])}")
    lines.append(f"    {Stage.SENT.value} --> {Stage.OVERDUE.value}: the date is over")
    lines += [f"    {stage.value} --> [*]" for stage in Stage if stage not in OPEN_STAGES]
    return BEGIN + "    any: any stage\n" + "\n".join(lines) + "\n" + END


def put_in(page: str) -> str:
    """The page with its diagram drawn anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + drawn() + after


if __name__ == "__main__":
    PAGE.write_text(put_in(PAGE.read_text("utf-8")), "utf-8")
