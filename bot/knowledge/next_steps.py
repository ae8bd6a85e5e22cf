"""The table of next steps: phase × what Meta last said → advice, from phases.toml. No cell is empty."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict

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
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    next: NextStep
    letter: LetterKind | None = None
    nudge: Nudge | None = None
    article: Text | None = None

    def advice(self) -> Advice:
        """The cell as the rules know it."""
        return Advice(self.next, self.letter, self.nudge, self.article or "")


class PhaseEntry(Entry):
    """A row: one cell for each of `Said`, and one for all that have none of their own."""

    otherwise: Cell
    nothing: Cell | None = None
    refused: Cell | None = None
    no_further_action: Cell | None = None
    wants_identity: Cell | None = None
    wants_proof: Cell | None = None
    other_form: Cell | None = None
    not_in_region: Cell | None = None
    more_time: Cell | None = None
    accepted: Cell | None = None


def next_steps(files: Files, articles: Container[str]) -> Table:
    """All cells. A phase without a record, or an article that no law knows, stops the start."""
    entries = files.entries("phases.toml", PhaseEntry)
    table: dict[tuple[Phase, Said], Advice] = {}
    for phase in Phase:
        if phase.value not in entries:
            raise KnowledgeError(f"phases.toml: {phase}: is missing")
        table |= _row(phase, entries[phase.value], articles)
    return MappingProxyType(table)


def _row(phase: Phase, entry: PhaseEntry, articles: Container[str]) -> dict[tuple[Phase, Said], Advice]:
    row = {}
    cells: dict[str, Cell | None] = {said.value: getattr(entry, said.value) for said in Said}
    for said in Said:
        advice = (cells[said.value] or entry.otherwise).advice()
        if advice.article and advice.article not in articles:
            raise KnowledgeError(f"phases.toml: {phase}: {said}: article: {advice.article!r} is in no jurisdiction")
        row[phase, said] = advice
    return row
