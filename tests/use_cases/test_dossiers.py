"""The report of an outage, as poppler reads it: the same values as are kept, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.documents.bundle import digest
from bot.domain.announcing import Announcement, Approval, Ending, Told, line_of
from bot.domain.forms import Service
from bot.domain.groups import Group, GroupState
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.domain.orders import Decide, Decision
from bot.rendering.announced import version
from bot.rendering.languages import catalogue, languages
from bot.storage import Changes, Seal, Store
from bot.storage.announcements import Known
from bot.storage.groups import StoredGroup
from bot.use_cases.board import Board
from bot.use_cases.dossiers import Dossiers
from bot.use_cases.world import KnownWorld
from tests.conversations.pure import KNOWLEDGE, OPERATOR, USUAL, StoppedClock
from tests.documents.reading_papers import needs_poppler, read, squeezed
from tests.storage.conftest import NOW
from tests.storage.seen import EVIDENCE, an_incident, ended, look

ADA, JONAS, STRANGER = 5_000_000_001, 5_000_000_002, 5_000_000_003
GROUPS = {-1001: "de", -1002: "en", -1003: "en"}
HOUR = timedelta(hours=1)


class Bureau:
    """An outage that was seen, decided, and told to three groups."""

    def __init__(self, store):
        self.store, self.clock = store, StoppedClock(NOW + 6 * HOUR)
        world = KnownWorld(KNOWLEDGE, USUAL, OPERATOR, self.clock)
        self.dossiers = Dossiers(store, Board(store, self.clock), world, self.clock, (ADA, JONAS))

    async def seen(self):
        bad = [replace(look(NOW + n * HOUR / 6, Verdict.GONE, vantage="proxy:DE"), status_code=404) for n in range(3)]
        bad[1] = replace(bad[1], evidence=EVIDENCE)
        self.looks = await self.store.looks.add(bad)
        self.incident = await self.store.incidents.save(an_incident(), cites=self.looks)
        await self.store.confirmations.add(self.incident.form, "DE", NOW + HOUR / 2, opened=False)

    async def announced(self, approval=Approval.ASKED, texts=""):
        one = Announcement(0, Service.FACEBOOK, NOW, approval, (line_of(self.incident),), texts=texts)
        self.one = await self.store.announcements.keep(one, [], NOW)

    async def says_yes(self, chat, at):
        order = Decide(self.one.id, Decision.YES, second=True)
        await self.store.save(Changes(at, orders=[(chat, order)]))

    async def told(self, ending=Ending.NONE):
        for chat, language in GROUPS.items():
            group = Group(chat, language, "Europe/Berlin", NOW.date(), ("DE",), state=GroupState.RUNNING)
            await self.store.groups.save(StoredGroup(group, 0))
        await self.store.announcements.keep(self.one, list(GROUPS), NOW)
        waiting = await self.store.announcements.waiting(NOW, busy=(), limit=9)
        told = Told(77, (self.incident.id,), "shown", ending)
        await self.store.announcements.note([Known(each, told, each.wanted, NOW) for each in waiting])

    async def over(self):
        self.incident = await self.store.incidents.save(ended(self.incident, minutes=128))
        self.one = replace(self.one, lines=(line_of(self.incident),), revision=2)
        await self.store.announcements.keep(self.one, [], NOW)

    async def corrected(self):
        await self.store.incidents.correct(self.incident.id, Correction.OUR_NETWORK, NOW + 5 * HOUR)
        self.incident = await self.store.incidents.get(self.incident.id)
        self.one = replace(self.one, lines=(line_of(self.incident),), revision=3)
        await self.store.announcements.keep(self.one, [], NOW)

    async def pdf(self, language="en", chat=ADA, zone="Europe/Vienna"):
        values = {"file": "dossier", "incidents": [self.incident.id]}
        file = await self.dossiers.file(chat, {"values": values, "language": language, "zone": zone})
        assert (file.name, file.mime) == ("report.pdf", "application/pdf")
        return file.content

    async def reads(self, *parts, language="en"):
        text = squeezed(read(await self.pdf(language), "pdftotext", "-layout"))
        flat = squeezed(read(await self.pdf(language), "pdftotext"))
        for part in parts:
            assert squeezed(part) in text or squeezed(part) in flat, f"{part!r} is not in it"
        return text


@pytest.fixture
async def bureau(tmp_path):
    seal = Seal.from_file(tmp_path / "keys" / "data.key", on=NOW.date())
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db", seal, now=NOW, backups=None)
    bureau = Bureau(store)
    await bureau.seen()
    yield bureau
    await store.close()


@needs_poppler
async def test_it_says_what_was_seen_from_where_when_and_what_no_look_can_know(bureau):
    await bureau.announced()
    text = await bureau.reads(
        "Report on an outage seen: Facebook (facebook-2025), Germany",
        "Responsible: Advice Centre, help@advice.example.",
        "Made 2026-11-23 18:30:15 UTC (2026-11-23 19:30:15 Europe/Vienna)",
        "Not reachable since 2026-11-23 12:30:15 UTC (2026-11-23 13:30:15 Europe/Vienna); it lasts.",
        "Confirmed 2026-11-23 12:50:15 UTC (2026-11-23 13:50:15 Europe/Vienna): two networks or more saw it.",
        "Seen: not found, an error of Meta's server. Failed looks: 6, from: the bot's own network, a network in Ger",
        "An operator opened the form, logged in, 2026-11-23 13:00:15 UTC (2026-11-23 14:00:15 Europe/Vienna): "
        "it did not open.",
        "Not corrected.",
        "not whether the form works for an account",
        "What no look can know: what comes behind the login",
        "a.example/login",
    )
    for each in bureau.looks:
        assert digest(each) in text
        assert f"{each.at:%H:%M:%S}" in text
    assert text.count("notfound(404)") == len(bureau.looks)


@needs_poppler
async def test_it_says_who_confirmed_it_by_how_many_they_were_and_never_who(bureau):
    await bureau.announced(texts=version())
    await bureau.says_yes(ADA, NOW + HOUR)
    await bureau.reads("An operator said yes 2026-11-23 13:30:15 UTC", "A second operator's yes is needed")
    await bureau.says_yes(JONAS, NOW + 2 * HOUR)
    await bureau.told()
    text = await bureau.reads(
        "An operator said yes 2026-11-23 13:30:15 UTC",
        "A second operator said yes 2026-11-23 14:30:15 UTC",
        "Groups that were told, by language: English 2, Deutsch 1.",
        f"In these words (version {version()} of the texts)",
        "the Facebook objection form has not been reachable since 23 Nov 2026, 12:30",
        "Widerspruchsformular",
    )
    operators = [bureau.store._seal.hash("operator", chat).hex() for chat in (ADA, JONAS)]
    assert not [each for each in (str(ADA), str(JONAS), *operators, *map(str, GROUPS)) if each in text]
    assert "Asof" not in text, "when each message was made is not kept"


@needs_poppler
async def test_it_says_when_it_was_over_and_how_many_heard_so(bureau):
    await bureau.announced(Approval.YES, texts="0123456789ab")
    await bureau.told(Ending.OVER)
    await bureau.over()
    await bureau.reads(
        "Not reachable from 2026-11-23 12:30:15 UTC (2026-11-23 13:30:15 Europe/Vienna) to 2026-11-23 14:38:15 UTC",
        "No operator's yes is on record with its time",
        "3 of them were told the end, 0 the correction.",
        f"Told in version 0123456789ab of the texts. The words below are those of version {version()}",
        "Germany: over, from 23 Nov 2026, 12:30 to 23 Nov 2026, 14:38.",
        "the Facebook objection form has answered again since 23 Nov 2026, 14:38",
    )


@needs_poppler
async def test_it_says_when_and_why_it_was_corrected(bureau):
    await bureau.announced(Approval.YES)
    await bureau.told(Ending.CORRECTED)
    await bureau.over()
    await bureau.corrected()
    await bureau.reads(
        "Taken for an outage from 2026-11-23 12:30:15 UTC",
        "Corrected 2026-11-23 17:30:15 UTC (2026-11-23 18:30:15 Europe/Vienna), it was a false alarm: "
        "our own network was at fault.",
        "0 of them were told the end, 3 the correction.",
        "Correction: our measurement was wrong.",
    )


@needs_poppler
async def test_where_nothing_was_announced_it_says_so(bureau):
    await bureau.reads("What groups were told", "No group was told.")
    await bureau.announced(Approval.NO)
    text = await bureau.reads("An operator decided that no group is told.", "No group was told.")
    assert "Groupsthatweretold" not in text


@needs_poppler
async def test_what_is_not_kept_any_more_is_not_said(bureau):
    await bureau.announced(Approval.YES)
    await bureau.told()
    bureau.clock.at = NOW + timedelta(days=91)
    await bureau.store.forget(bureau.clock.at)
    text = await bureau.reads("How many groups were told is kept for 90 days, and not on record any more.")
    assert "Groupsthatweretold" not in text


@needs_poppler
@pytest.mark.parametrize("language", languages())
async def test_in_the_operators_language_it_is_a_tagged_a4_for_everybody(bureau, language):
    await bureau.announced(Approval.YES)
    await bureau.told(Ending.OVER)
    await bureau.over()
    content = await bureau.pdf(language)
    info = read(content, "pdfinfo")
    assert "A4" in info
    assert b"pdfuaid:part>1<" in content
    assert f"/Lang ({language})".encode() in content
    await bureau.reads(catalogue(language).gettext("What groups were told"), language=language)
    assert "{" not in read(content, "pdftotext"), "every blank is filled"


async def test_who_is_no_operator_gets_nothing(bureau):
    with pytest.raises(LookupError):
        await bureau.pdf(chat=STRANGER)


async def test_of_an_outage_that_is_gone_there_is_no_report(bureau):
    bureau.incident = replace(bureau.incident, id=99)
    with pytest.raises(LookupError):
        await bureau.pdf()


def test_the_version_of_the_texts_changes_with_any_of_their_words(monkeypatch):
    before = version()
    changed = catalogue("de")
    monkeypatch.setattr(changed, "gettext", lambda text: text + ".")
    version.cache_clear()
    assert version() != before
    monkeypatch.undo()
    version.cache_clear()
    assert version() == before
