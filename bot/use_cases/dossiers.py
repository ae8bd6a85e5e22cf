"""The report of outages for an operator, made when it is sent of what is kept then. No file is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.documents import dossier
from bot.documents.typesetting import MIME
from bot.domain.announcing import Approval, Ending, Step, ending_of
from bot.domain.deliveries import File
from bot.rendering.announced import plain, version
from bot.rendering.countries import country_name
from bot.rendering.languages import catalogue, languages
from bot.rendering.sights import CAUSES, CORRECTIONS, PROOFS, sight, vantage
from conversations.announce.sayings import SCREENS, line_values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from bot.clock import Clock
    from bot.domain.announcing import Announcement
    from bot.domain.deliveries import Value
    from bot.domain.incidents import Incident
    from bot.storage.dossiers import Announced
    from bot.storage.store import Store
    from bot.use_cases.board import Board
    from conversations.world import World

REPLIES = {Ending.OVER: SCREENS[Step.OVER], Ending.CORRECTED: SCREENS[Step.CORRECT]}


class Dossiers:
    """Makes reports, for operators only."""

    def __init__(self, store: Store, board: Board, world: World, clock: Clock, operators: Collection[int]) -> None:
        self._store, self._board, self._world, self._clock = store, board, world, clock
        self._operators = frozenset(operators)

    async def file(self, chat_id: int, document: Mapping[str, Any]) -> File:
        """The report on the incidents that a delivery names, in its language and by its clock.

        LookupError: they are gone, or the chat is no operator's (any more).
        """
        if chat_id not in self._operators:
            raise LookupError("reports are for operators")
        now, numbers = self._clock.now(), document["values"]["incidents"]
        incidents = [one for number in numbers if (one := await self._board.incident(number))]
        if not incidents:
            raise LookupError("the outages are gone")
        seen = [await self._seen(one, now) for one in incidents]
        told = [_told(each) for each in await self._announced(incidents, now)]
        facts = self._world.facts()
        operator = (str(facts.get("operator_name") or ""), str(facts.get("operator_contact") or ""))
        speech = _speech(document["language"], document["zone"], self._form)
        content = await asyncio.to_thread(dossier.dossier, seen, told, operator, now, speech)
        return File(dossier.FILE, MIME, content)

    async def _seen(self, one: Incident, now: datetime) -> dossier.Seen:
        opened = await self._store.dossiers.opened(one, now)
        return dossier.Seen(one, await self._board.observations(one), [(each.at, each.opened) for each in opened])

    async def _announced(self, incidents: list[Incident], now: datetime) -> list[Announced]:
        found = [await self._store.dossiers.announced(each.id, now) for each in incidents]
        return list({each.one.id: each for each in found if each}.values())

    def _form(self, form: str) -> str:
        known = self._world.known_form(form)
        return f"{known.service.value.capitalize()} ({form})" if known else form


def _told(kept: Announced) -> dossier.Told:
    one = kept.one
    counted = list(kept.languages.items()) if kept.is_counted else None
    is_told = one.approval in {Approval.YES, Approval.STOPPED}
    spoken = [code for code, _ in counted] if counted is not None else list(languages())
    texts = [(code, _words(one, code)) for code in spoken] if is_told else []
    return dossier.Told(
        one.approval.value, kept.first_at, kept.decided_at, counted if is_told else [], kept.over, kept.corrected,
        one.texts, version(), texts,
    )  # fmt: skip


def _words(one: Announcement, language: str) -> str:
    """The message as it stands in the groups, and the reply that said how it ended."""
    values: dict[str, Value] = {
        "service": one.service.value if one.service else "",
        "lines": [line_values(line) for line in one.lines],
        "lasting": any(line.is_open for line in one.lines),
        "at": None,
    }
    reply = REPLIES.get(ending_of(one.lines))
    screens = [SCREENS[Step.ALARM], *([reply] if reply else [])]
    return "\n".join(plain(screen, values, language) for screen in screens)


def _speech(language: str, zone: str, form: Callable[[str], str]) -> dossier.Speech:
    translate, clock = catalogue(language).gettext, ZoneInfo(zone)
    return dossier.Speech(
        language,
        translate,
        zone,
        local=lambda at: f"{at.astimezone(clock):%Y-%m-%d %H:%M:%S}",
        country=lambda code: country_name(code, language),
        form=form,
        cause=lambda one: ", ".join(translate(CAUSES[each]) for each in one.causes),
        proof=lambda one: translate(PROOFS[one.proof]),
        correction=lambda one: translate(CORRECTIONS[one.correction]) if one.correction else "",
        place=lambda name: vantage(name, language, translate),
        sight=lambda look: translate(sight(look.verdict, look.reason)),
        spoken=lambda code: languages()[code].name if code in languages() else code,
    )
