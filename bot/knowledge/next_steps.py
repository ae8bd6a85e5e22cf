"""The table of next steps: phase × what Meta last said → advice, from phases.toml. No cell is empty."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, create_model

from bot.domain.errors import KnowledgeError
from bot.domain.letters import LetterKind  # noqa: TC001  # pydantic reads it
from bot.domain.phases import Advice, NextStep, Phase, Said
from bot.domain.reminders import Nudge  # noqa: TC001  # pydantic reads it
from bot.knowledge.schema import Entry, Text

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from typing import TypeAlias

    from bot.knowledge.files import Files

    Table: TypeAlias = Mapping[tuple[Phase, Said], Advice]


class Cell(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    next: NextStep
    letter: LetterKind | None = None
    nudge: Nudge | None = None
    article: Annotated[str, Text] | None = None

    def advice(self) -> Advice:
        """The cell as the rules know it."""
        return Advice(self.next, self.letter, self.nudge, self.article or "")


PhaseEntry = create_model(
    "PhaseEntry", __base__=Entry, otherwise=(Cell, ...), **{said.value: (Cell | None, None) for said in Said}
)


def next_steps(files: Files, articles: Container[str]) -> Table:
    """All cells. A phase without a record, or an article that no law knows, stops the start."""
    entries = files.entries("phases.toml", PhaseEntry)
    table = {}
    for phase in Phase:
        if phase.value not in entries:
            raise KnowledgeError(f"phases.toml: {phase}: is missing")
        table |= _row(phase, entries[phase.value], articles)
    return MappingProxyType(table)


def _row(phase: Phase, entry: Entry, articles: Container[str]) -> dict[tuple[Phase, Said], Advice]:
    row = {}
    for said in Said:
        advice = (getattr(entry, said.value) or entry.otherwise).advice()
        if advice.article and advice.article not in articles:
            raise KnowledgeError(f"phases.toml: {phase}: {said}: article: {advice.article!r} is in no jurisdiction")
        row[phase, said] = advice
    return row
