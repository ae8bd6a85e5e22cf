"""Files that are read only when somebody first writes. A mistake of an operator's shows at the start all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.answers import load_answers
from bot.knowledge.claims import load_claims
from bot.knowledge.days import load_days
from bot.knowledge.questions import load_questions
from bot.knowledge.tongues import load_tongues

if TYPE_CHECKING:
    from pathlib import Path

LATE = {"questions": load_questions, "tongues": load_tongues, "claims": load_claims, "days": load_days}


def read_late_ones(overlay: Path) -> None:
    """Read each of them that the folder changes; KnowledgeError names file, record and field."""
    for name, load in LATE.items():
        if (overlay / f"{name}.toml").exists():
            load(overlay)
    if (overlay / "answers.toml").exists() or (overlay / "answers").exists():
        _read_answers(overlay)


def _read_answers(overlay: Path) -> None:
    languages = load_answers(overlay).languages
    for language in languages:
        languages[language]
