"""What an operator types, as it stands: it may be meant for groups. Of nobody else a text goes that far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.web_addresses import registrable_domain
from bot.reading.own_words import read_words
from conversations.events import Event, Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from telegram import Update

    from bot.knowledge import Knowledge
    from bot.settings import Settings


class OwnWords:
    """Puts what operators typed beside what it can mean."""

    def __init__(self, knowledge: Knowledge, settings: Settings) -> None:
        self._knowledge, self._operators = knowledge, frozenset(settings.operator_ids)
        self._ours = linked(knowledge, settings)

    def __call__(self, update: Update, event: Event) -> Event:
        """The event, with the operator's words."""
        text = update.effective_message.text if update.effective_message else None
        said = event.happening
        if event.chat_id not in self._operators or not isinstance(said, Text) or not text:
            return event
        forms = tuple(self._knowledge.forms.values())
        written = read_words(text, said.message_id, self._knowledge.links, forms, self._ours)
        return replace(event, happening=replace(said, meaning=replace(said.meaning, written=written)))


def linked(knowledge: Knowledge, settings: Settings) -> Collection[str]:
    """The registrable domains at which a link may end, besides Meta's: of authorities, and of this bot."""
    theirs = [url for each in knowledge.authorities for url in (each.website, each.complaint_form)]
    found = (registrable_domain(url) for url in (*theirs, settings.webhook_url, settings.privacy_url) if url)
    return frozenset(domain for domain in found if domain)
