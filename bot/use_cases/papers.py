"""Letters and evidence as files: what the rendering wrote, the documents set. Nothing is kept, no file is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.documents import bundle
from bot.documents.paper import paper
from bot.documents.typesetting import MIME
from bot.domain.deliveries import File
from bot.domain.letters import LetterFacts
from bot.rendering.evidence import evidence_speech
from bot.rendering.letters import Meta, Sender, letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.documents.bundle import Evidenced
    from bot.domain.cases import Case


async def letter_file(values: Mapping[str, Any], sender: Sender | None = None) -> File:
    """The letter of a delivery's values as PDF: with blanks, or filled for one sender."""
    facts = LetterFacts.from_values(values["paper"])
    made = letter(facts, values["written_in"], Meta(tuple(values["meta"])), sender)
    content = await asyncio.to_thread(paper, made.text, subject=made.subject, language=made.language)
    return File(f"{facts.kind.value}-{made.language}.pdf", MIME, content)


async def bundle_file(
    case: Case, outages: Sequence[Evidenced], *, today: date, language: str, lgpd: bool = False
) -> File:
    """The evidence of a case as PDF, in the language of the letter that it goes with. `lgpd`: by Brazil's law."""
    speech = evidence_speech(language, lgpd=lgpd)
    content = await asyncio.to_thread(bundle.bundle, case, outages, today=today, speech=speech)
    return File(bundle.FILE, MIME, content)
