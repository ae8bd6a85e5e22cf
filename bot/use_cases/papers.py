"""Letters and evidence as files: what the rendering wrote, the documents set. Nothing is kept, no file is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from bot.documents import bundle
from bot.documents.paper import paper
from bot.documents.typesetting import MIME
from bot.domain.deliveries import File
from bot.domain.letters import LetterFacts
from bot.rendering.countries import country_name
from bot.rendering.languages import catalogue
from bot.rendering.letters import Meta, Sender, letter
from bot.rendering.words import FACTS, Words
from conversations.wording import title

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


async def bundle_file(case: Case, outages: Sequence[Evidenced], *, today: date, language: str) -> File:
    """The evidence of a case as PDF, in the person's language."""
    content = await asyncio.to_thread(bundle.bundle, case, outages, today=today, speech=_speech(language))
    return File(bundle.FILE, MIME, content)


def _speech(language: str) -> bundle.Speech:
    translate = catalogue(language).gettext
    words = Words(language, translate)
    return bundle.Speech(
        language,
        translate,
        day=lambda day: str(format_date(day, "long", locale="en_GB" if language == "en" else language)),
        fact=lambda kind: translate(FACTS[kind]),
        case=lambda case: words.case(title(case)),
        country=lambda code: country_name(code, language),
        form=str,
    )
