"""Reads claims.toml: what the citations and the factual sentences of our texts rest on, and which records are old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from bot.domain.forms import Sureness
from bot.knowledge.files import Files
from bot.knowledge.questions import load_questions
from bot.knowledge.schema import Entry, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path
    from typing import Protocol

    from bot.knowledge.records import Knowledge

    class _Checked(Protocol):
        @property
        def id(self) -> str: ...

        @property
        def checked(self) -> date: ...


OLD_AFTER = timedelta(days=180)


class ClaimEntry(Entry):
    """One thing that the law is said to say, or that is said of Meta's forms."""

    cites: tuple[Text, ...] = ()
    tells: tuple[Text, ...] = ()
    says: Text
    sureness: Sureness = Sureness.HIGH

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if not (self.cites or self.tells):
            raise ValueError("neither cites nor tells: no text rests on it")
        return self


@dataclass(frozen=True, slots=True)
class Claim:
    """`cites` are citations and `tells` parts of sentences as the English texts write them; `says` is our reading."""

    id: str
    cites: tuple[str, ...]
    tells: tuple[str, ...]
    says: str
    sureness: Sureness
    sources: tuple[str, ...]
    checked: date


def load_claims(overlay: Path | None = None) -> tuple[Claim, ...]:
    """All of them. KnowledgeError if a record is not as it must be."""
    entries = Files(overlay).entries("claims.toml", ClaimEntry)
    return tuple(Claim(id=id_, **dict(entry)) for id_, entry in entries.items())


def old_records(knowledge: Knowledge, overlay: Path | None, today: date) -> list[str]:
    """The ids of all records that nobody compared with their sources for 180 days, sorted."""
    checked = {
        **_days(load_claims(overlay)),
        **_days(knowledge.forms.values()),
        **_days(knowledge.jurisdictions.values()),
        **_days(knowledge.authorities),
        **_days(knowledge.addresses.values()),
        **_days(knowledge.pages.values()),
        **_days(knowledge.paths),
        **{f"elsewhere {code}": each.checked for code, each in knowledge.outlooks.items()},
        **{f"question {id_}": each.checked for id_, each in load_questions(overlay).items()},
    }
    return sorted(id_ for id_, day in checked.items() if today - day > OLD_AFTER)


def _days(records: Iterable[_Checked]) -> dict[str, date]:
    return {each.id: each.checked for each in records}
