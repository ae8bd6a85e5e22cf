"""Promise 5: name and address on a letter are used once, and are nowhere afterwards."""

import asyncio
import tempfile

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot import logs
from bot.telegram import pacing
from bot.use_cases import handling
from conversations.events import Filled, Text
from tests.bot_in_sandbox import PATIENCE, running_bot
from tests.documents.reading_papers import needs_poppler, read
from tests.privacy.walking import Walker
from tests.storage.test_sealing import bytes_of

NAME, STREET, TOWN, EMAIL = "Quirina Zwölfthaler", "Ginsterweg 4711", "80331 München", "quirina@zwoelf.example"
TYPED = f"{NAME}\n{STREET}\n{TOWN}\n{EMAIL}"
TRACES = [part.encode() for part in (NAME, "Zwölfthaler", STREET, "Ginsterweg", EMAIL, "zwoelf.example")]
TRACES += [NAME.encode("utf-16-le"), STREET.encode("utf-16-le"), b"Zw\\u00f6lfthaler"]


@pytest.fixture(autouse=True)
def nobody_waits_for_the_pace(monkeypatch):
    monkeypatch.setattr(pacing, "BURST", 1000)


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """A temporary folder of its own, so that whatever is written there can be searched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


async def at_the_blank(town) -> Walker:
    """Somebody who wants a letter to Meta filled in."""
    await town.sandbox.limits(bulk=False)
    walker = Walker(town.sandbox, await town.sandbox.person("Ann", language_code="de"))
    await town.sandbox.start(walker.chat)
    await walker.choose("start.hello", "facebook")
    await walker.choose("start.country", "DE")
    await walker.choose("object.where", "browser")
    await walker.choose("object.browser", "trouble")
    await walker.choose("trouble.what", "gone")
    await walker.choose("trouble.gone", "write")
    await walker.choose("write.what", "paper")
    await walker.choose("paper.ready", "fill")
    await walker.shown("paper.fill")
    return walker


def left(folder) -> list[bytes]:
    """What of the name and address stands in any file below the folder: database, log, temporary files."""
    data = bytes_of(folder)
    return [trace for trace in TRACES if trace in data]


async def papers(town, walker) -> list[bytes]:
    messages = await town.sandbox.messages(walker.chat)
    files = [each["content"]["document"] for each in messages if (each.get("content") or {}).get("document")]
    return [(await town.sandbox.http.get(f"/sandbox/files/{each['file_id']}")).content for each in files]


async def typed_is_there(town, walker) -> bool:
    return any(STREET in (each["text"] or "") for each in await town.sandbox.messages(walker.chat))


async def gone(town, walker) -> None:
    async with asyncio.timeout(PATIENCE):
        while await typed_is_there(town, walker):
            await asyncio.sleep(0.01)


@pytest.fixture
def order(monkeypatch) -> list[str]:
    """In which order the letter is sent and its update is kept."""
    happened: list[str] = []
    sending, taking = Bot.send_document, handling.Handler.take

    async def sent(self, *args, **more):
        happened.append("sent")
        return await sending(self, *args, **more)

    async def kept(self, events, **more):
        happened.extend("kept" for each in events if isinstance(each.happening, Filled))
        return await taking(self, events, **more)

    monkeypatch.setattr(Bot, "send_document", sent)
    monkeypatch.setattr(handling.Handler, "take", kept)
    return happened


@needs_poppler
async def test_the_letter_comes_filled_before_the_update_is_confirmed_and_nothing_of_it_is_left(tmp_path, capfd, order):
    async with running_bot(tmp_path) as town:
        logs.set_up("debug", "text")
        walker = await at_the_blank(town)
        await town.sandbox.say(walker.chat, TYPED)
        await walker.shown("paper.filled")
        await gone(town, walker)
        await walker.until_quiet()
        [paper] = await papers(town, walker)
        during = left(tmp_path)
    told = "".join(capfd.readouterr()).encode()

    text = read(paper, "pdftotext")
    assert order == ["sent", "kept"], "what is confirmed is forgotten by Telegram"
    assert NAME in text
    assert STREET in text
    assert EMAIL in text
    assert not during
    assert not left(tmp_path)
    assert not [trace for trace in TRACES if trace in told]


async def test_the_same_search_finds_them_where_they_are_kept(tmp_path, monkeypatch, capfd, temporary):
    """The control: a bot that leaves what was typed in a file, even in the temporary folder, is caught."""
    read_once = handling.engine.advance

    def keeping(scene, happening):
        turn = read_once(scene, happening)
        if isinstance(happening, Filled):
            (temporary / "letter.txt").write_text(TYPED, encoding="utf-8")
        return turn

    monkeypatch.setattr(handling.engine, "advance", keeping)
    async with running_bot(tmp_path) as town:
        walker = await at_the_blank(town)
        await town.sandbox.say(walker.chat, TYPED)
        await walker.shown("paper.filled")
        found = left(tmp_path)

    assert {NAME.encode(), STREET.encode(), EMAIL.encode()} <= set(found)


async def test_if_the_letter_can_not_be_sent_a_line_says_so_and_nothing_is_left(tmp_path, monkeypatch, capfd):
    async def failing(self, *args, **more):
        raise NetworkError("the network is gone")

    async with running_bot(tmp_path) as town:
        logs.set_up("debug", "text")
        walker = await at_the_blank(town)
        monkeypatch.setattr(Bot, "send_document", failing)
        await town.sandbox.say(walker.chat, TYPED)
        await walker.shown("paper.unfilled")
        await gone(town, walker)
        await walker.until_quiet()
    told = "".join(capfd.readouterr())

    assert "letter_not_filled" in told
    assert not left(tmp_path)
    assert not [trace for trace in TRACES if trace.decode("utf-8", "ignore") in told]


async def test_a_text_on_any_other_screen_is_no_letter(tmp_path):
    async with running_bot(tmp_path) as town:
        walker = await at_the_blank(town)
        await walker.choose("paper.fill", "pdf")
        await walker.shown("paper.pdf")
        await town.sandbox.say(walker.chat, "Anna, what happens, when it is refused?")
        await walker.until_quiet()

        assert len(await papers(town, walker)) == 1, "the one with blanks"


def test_no_event_carries_what_was_typed():
    assert not [name for name in Filled.__dataclass_fields__ if "text" in name or "sender" in name]
    assert set(Text.__dataclass_fields__) == {"message_id", "meaning"}
