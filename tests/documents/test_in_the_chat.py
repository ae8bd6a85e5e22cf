"""The files as people get them: over the Bot API of the sandbox."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.documents.card import picture
from tests.bot_in_sandbox import Talk, Town, running_bot
from tests.documents.reading_calendars import entries_of

if TYPE_CHECKING:
    from typing import Any


async def file(town: Town, talk: Talk) -> tuple[dict[str, Any], bytes]:
    document = talk.last["content"]["document"]
    return document, (await town.sandbox.http.get(f"/sandbox/files/{document['file_id']}")).content


async def sent(town: Town) -> Talk:
    talk = await town.person("Ann", "en", start="de_facebook")
    for label in ("In the app on this phone", "I see the form", "It is sent"):
        await talk.tap(label)
    return talk


async def calendar(town: Town, talk: Talk) -> dict[str, Any]:
    document, content = await file(town, await talk.tap("Calendar file"))
    assert (document["file_name"], document["mime_type"]) == ("objection-bot.ics", "text/calendar")
    assert str(talk.chat).encode() not in content
    return entries_of(content)


async def test_the_dates_come_as_a_file_and_after_a_change_the_same_entries_anew(tmp_path):
    async with running_bot(tmp_path) as town:
        await town.at("2026-12-03T09:00:00+00:00")
        talk = await sent(town)
        before = await calendar(town, talk)
        (entry,) = before.values()
        assert (entry.start, entry["URL"]) == (date(2027, 1, 4), "https://t.me/objection_sandbox_bot")

        await town.app.store.rotate(date(2026, 12, 3))
        await town.at("2026-12-03T11:00:00+00:00")
        await talk.says("/cases")
        await talk.tap("Facebook, Germany")
        await talk.tap("What is next?")
        await talk.tap("Meta confirmed it")
        await talk.tap("By e-mail")
        await talk.says("/cases")
        await talk.tap("Facebook, Germany")
        after = await calendar(town, talk)
        assert list(after) == list(before), "a new key does not change the names"
        (settled,) = after.values()
        assert (settled["STATUS"], settled["SEQUENCE"] > entry["SEQUENCE"]) == ("CANCELLED", True)


async def test_two_people_have_entries_of_different_names(tmp_path):
    async with running_bot(tmp_path) as town:
        one, other = [await calendar(town, await sent(town)) for _ in range(2)]
        assert not set(one) & set(other)


async def test_the_picture_comes_as_a_file_and_leads_to_this_bot(tmp_path):
    async with running_bot(tmp_path) as town:
        talk = await sent(town)
        for label in ("Confirmed already", "By e-mail", "Tell others", "Picture to print"):
            await talk.tap(label)
        document, content = await file(town, talk)
        assert (document["file_name"], document["mime_type"]) == ("objection-bot.png", "image/png")
        assert content == picture("https://t.me/objection_sandbox_bot?start=de_facebook_en")


async def test_the_export_still_comes_as_its_own_file(tmp_path):
    async with running_bot(tmp_path) as town:
        talk = await sent(town)
        document, content = await file(town, await talk.says("/export"))
        assert (document["file_name"], document["mime_type"]) == ("objection-bot.json", "application/json")
        assert content.startswith(b'{\n "format": "objection-bot export 1"')


async def test_the_last_30_days_come_as_a_picture_that_the_chat_shows(tmp_path):
    async with running_bot(tmp_path) as town:
        talk = await town.person("Ann", "de", start="de_facebook")
        await talk.says("/status")
        await talk.tap("Facebook: 30 Tage als Bild")
        assert "Jede Säule ist ein Tag (UTC)." in talk.text
        photo = talk.last["content"]["photo"][-1]
        content = (await town.sandbox.http.get(f"/sandbox/files/{photo['file_id']}")).content
        assert content.startswith(b"\x89PNG")
        assert len(content) < 100_000
