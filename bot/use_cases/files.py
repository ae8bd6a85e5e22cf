"""The files that messages bring, made when they are sent: an export, a calendar, a picture, a paper. None is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.documents import calendar, card, history
from bot.documents.bundle import Evidenced
from bot.documents.dates import dates_of
from bot.domain.deliveries import File
from bot.domain.forms import Service
from bot.rendering.languages import catalogue
from bot.rendering.messages import renderer
from bot.rendering.words import Words
from bot.use_cases import documents
from bot.use_cases.exporting import exported
from bot.use_cases.papers import bundle_file, letter_file
from conversations.share.flow import link
from conversations.wording import history as summed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clock import Clock
    from bot.domain.incidents import Incident
    from bot.storage import Seal, Store
    from bot.use_cases.dossiers import Dossiers
    from bot.use_cases.world import KnownWorld

ENTRY = "calendar entry"
"""The purpose of the hashes that name entries; other hashes of the same chat can't be matched with them."""


class Files:
    """Makes the file that a delivery asks for by `values["file"]`."""

    def __init__(self, store: Store, seal: Seal, world: KnownWorld, clock: Clock, dossiers: Dossiers) -> None:
        self._store, self._seal, self._world, self._clock = store, seal, world, clock
        self._dossiers = dossiers

    async def made(self, chat_id: int, document: Mapping[str, Any]) -> File:  # noqa: PLR0911  # a kind a case
        """The file, of what is kept now and in the delivery's language."""
        match document["values"]["file"]:
            case "calendar":
                return File(calendar.FILE, calendar.MIME, await self._calendar(chat_id, document["language"]))
            case "picture":
                return File(card.FILE, card.MIME, card.picture(document["values"]["link"]))
            case "letter":
                return await letter_file(document["values"])
            case "bundle":
                return await self._bundle(chat_id, document)
            case "dossier":
                return await self._dossiers.file(chat_id, document)
            case "history":
                drawn = await asyncio.to_thread(self._history, document["values"], document["language"])
                return File("objection-form-30-days.png", "image/png", drawn, photo=True)
            case _:
                return File("objection-bot.json", "application/json", await exported(self._store, chat_id))

    async def _calendar(self, chat_id: int, language: str) -> bytes:
        kept = (await self._store.gather([], [chat_id])).people.get(chat_id)
        dates = dates_of(documents.to_person(kept.document), self._world) if kept else []
        translate = catalogue(language).gettext
        speech = calendar.Speech(translate, Words(language, translate).case)
        bot = str(self._world.facts()["bot"])
        return calendar.calendar(
            dates,
            now=self._clock.now(),
            speech=speech,
            uid=lambda key: self._seal.lasting_hash(ENTRY, f"{chat_id}:{key}").hex(),
            bot=link(bot, "") if bot else "",
        )

    async def _bundle(self, chat_id: int, document: Mapping[str, Any]) -> File:
        kept = (await self._store.gather([], [chat_id])).people.get(chat_id)
        person = documents.to_person(kept.document) if kept else None
        case = person.case(document["values"]["number"]) if person else None
        if person is None or case is None:
            raise LookupError("the case is gone")
        outages = [await self._evidenced(each) for each in self._world.outages(case)]
        today = self._clock.now().astimezone(ZoneInfo(person.zone)).date()
        language = document["values"].get("written_in") or document["language"]
        lgpd = self._world.jurisdiction_id(person.residence or case.country) == "br"
        return await bundle_file(case, outages, today=today, language=language, lgpd=lgpd)

    async def _evidenced(self, incident: Incident) -> Evidenced:
        form = self._world.known_form(incident.form)
        title = next(iter(form.titles), "") if form else ""
        looks = await self._store.incidents.looks_of(incident.id)
        return Evidenced(incident, looks, title or incident.form, form.url if form else "")

    def _history(self, values: Mapping[str, Any], language: str) -> bytes:
        """The last 30 days as they are now; the caption says what was known when it was asked for."""
        translate = catalogue(language).gettext
        days = self._world.days(Service(values["service"]), values["country"])
        today = self._clock.now().astimezone(UTC).date()
        title, sentence = (
            Words(language, translate).case(values),
            renderer(language).line("history", summed(days, today)),
        )
        return history.draw(days, today, title, sentence, translate=translate)
