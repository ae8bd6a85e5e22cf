"""A page of Meta's changes: operators are asked, and only after their word is anybody told. Over real HTTP."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from bot.domain.errors import StorageError
from bot.domain.orders import RulePage
from bot.domain.watched_pages import Ruling
from bot.loops.watch_pages import watch_pages
from bot.rendering.messages import rendered
from bot.storage import Changes
from bot.use_cases.desk import DeskReader
from bot.use_cases.exporting import exported
from bot.use_cases.operators import Operators
from bot.use_cases.watching_pages import PageWatch
from bot.vantages.direct import DirectVantage
from bot.vantages.fetching import open_client
from bot.vantages.sandbox import SandboxTransport
from bot.vantages.tries import Patience
from tests.conversations.pure import KNOWLEDGE
from tests.use_cases.lookout import FACEBOOK, lookout
from tests.vantages.meta_pages import CONTROL_PAGE, HELP, RULES
from tests.vantages.stand_in import StandIn, answer

JONAS, RENATE, EMIL = 1, 2, 3
PAGE, HOST_PAGE = "facebook-genai", "www.facebook.com/privacy/genai"
WISH = ("", "", "rules")
OLD = answer(200, "<h1>AI at Meta</h1><p>" + "We use public posts to train our models. You can object. " * 8)
NEW = answer(200, "<h1>AI at Meta</h1><p>" + "We use public posts and pictures. You can object by a form. " * 8)
LOGIN = answer(200, "You must log in to continue")


class Watching:
    """The watch with one operator, one who wished to know, and one who did not."""

    def __init__(self, post, meta, client):
        self.post, self.meta, self.client, self.store = post, meta, client, post.store
        store, clock = post.store, post.clock
        desk = DeskReader(
            store, post.board, post.announcing, clock, (JONAS,), second=False, in_use=post.wanted.now,
            vantages=("direct",), failures=dict, name_of=str, pages=KNOWLEDGE.pages,
        )  # fmt: skip
        post.world.attend(desk.view)
        direct = DirectVantage(client, RULES, clock, patience=Patience(total=2))
        operators = Operators(store, desk, post.world, clock, (JONAS,), lambda: None)
        self.watch = PageWatch(
            KNOWLEDGE.pages, direct.page, RULES, store, operators, post.telling, post.world, clock, lambda: 0.5
        )

    async def passes(self, **time):
        """So much time passes, with a round every three hours."""
        end = self.post.clock.at + timedelta(**time)
        while self.post.clock.at < end:
            await self.watch.round()
            self.post.clock.at += timedelta(hours=3)

    async def changes(self):
        self.meta.pages[HOST_PAGE] = OLD
        await self.passes(days=1)
        self.meta.pages[HOST_PAGE] = NEW
        await self.passes(days=2)

    async def rules(self, ruling):
        await self.store.save(Changes(self.post.clock.at, orders=[(JONAS, RulePage(PAGE, 1, ruling))]))
        await self.passes(hours=3)

    async def text(self, chat):
        rows = (await self.store.rows_of(chat))["deliveries"]
        document = max(rows, key=lambda row: row["id"])["sealed"]
        return rendered(json.loads(json.dumps(document)), self.post.clock.at).text

    async def told(self):
        return await self.post.told(JONAS, RENATE, EMIL)


@pytest.fixture
async def watching(tmp_path):
    async with (
        lookout(tmp_path) as post,
        StandIn({CONTROL_PAGE: HELP, "help.instagram.com/": HELP}) as meta,
        open_client("https://operator.example", SandboxTransport(meta.url, RULES)) as client,
    ):
        await post.person(JONAS)
        await post.person(RENATE, WISH)
        await post.person(EMIL, (FACEBOOK, "DE", "answers"))
        yield Watching(post, meta, client)


async def test_nobody_must_act_and_who_wished_to_know_reads_so_once(watching):
    await watching.changes()
    await watching.rules(Ruling.NOBODY)
    asked = len(await watching.told()) - 1
    assert (await watching.told())[asked:] == [(RENATE, "status/page_nobody")]
    assert "there is nothing you must act on" in await watching.text(RENATE)
    assert await watching.store.watches.waiting(*WISH) == []

    again = Watching(watching.post, watching.meta, watching.client)
    await again.passes(days=2)
    assert len(await watching.told()) == asked + 1, "told again after a restart"


async def test_the_operator_is_asked_first_and_where_people_must_act_they_read_the_next_step(watching):
    await watching.changes()
    assert set(await watching.told()) == {(JONAS, "admin/page")}
    text = await watching.text(JONAS)
    assert "https://www.facebook.com/privacy/genai" in text
    assert "must people act?" in text

    await watching.rules(Ruling.PEOPLE)
    assert (await watching.told())[-1] == (RENATE, "status/page_people")
    assert "Please read the page" in await watching.text(RENATE)


async def test_not_yet_is_asked_again_a_day_later_and_tells_nobody(watching):
    await watching.changes()
    before = len(await watching.told())
    await watching.rules(Ruling.OPEN)
    assert len(await watching.told()) == before
    await watching.passes(days=2)
    assert len(await watching.told()) > before
    assert {chat for chat, _ in await watching.told()} == {JONAS}


async def test_what_hides_the_page_is_no_change_and_the_page_comes_back_unchanged(watching):
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(days=1)
    for behaviour in (LOGIN, answer(403), answer(500), answer(429, "slow down"), answer(200)):
        asked = watching.meta.times(HOST_PAGE)
        watching.meta.pages[HOST_PAGE] = behaviour
        await watching.passes(hours=51)
        assert watching.meta.times(HOST_PAGE) >= asked + 2
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(hours=51)
    assert await watching.told() == []
    assert (await watching.store.pages.states())[PAGE].changes == 0


async def test_a_page_is_asked_for_about_once_a_day(watching):
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(days=4)
    assert 5 <= watching.meta.times(HOST_PAGE) <= 6
    assert (await watching.store.pages.states())["instagram-genai"].never_read


async def test_the_wish_is_in_the_export_and_goes_with_everything_else(watching):
    [row] = json.loads(await exported(watching.store, RENATE))["also"]["watches"]
    assert row["sealed"]["kind"] == "rules"
    await watching.store.erase(RENATE, watching.post.clock.at)
    assert await watching.store.watches.waiting(*WISH) == []


async def test_once_the_service_is_closed_no_page_is_read(watching):
    class Hour:
        left = 2

        async def sleep(self, _seconds):
            self.left -= 1
            if not self.left:
                raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await watch_pages(watching.watch, Hour(), lambda: True)
    assert watching.meta.times(HOST_PAGE) == 0


async def test_a_store_that_is_away_does_not_end_the_watch(watching, monkeypatch):
    away, rounds = [StorageError("locked")], watching.watch.round

    async def at_first_broken():
        if away:
            raise away.pop()
        await rounds()

    class Hours:
        left = 4

        async def sleep(self, _seconds):
            self.left -= 1
            if not self.left:
                raise asyncio.CancelledError

    monkeypatch.setattr(watching.watch, "round", at_first_broken)
    with pytest.raises(asyncio.CancelledError):
        await watch_pages(watching.watch, Hours())
    assert watching.meta.times(HOST_PAGE) == 1
