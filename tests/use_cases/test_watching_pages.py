"""A page of Meta's changes: operators are asked, and only after their word is anybody told. Over real HTTP."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.domain.orders import RulePage
from bot.domain.watched_pages import Ruling
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
        self.post, self.meta, self.store = post, meta, post.store
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
        """So much time passes, with a round every hour."""
        end = self.post.clock.at + timedelta(**time)
        while self.post.clock.at < end:
            await self.watch.round()
            self.post.clock.at += timedelta(hours=1)

    async def changes(self):
        self.meta.pages[HOST_PAGE] = OLD
        await self.passes(days=3)
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


async def test_the_operator_is_asked_and_nobody_is_told_before_the_answer(watching):
    await watching.changes()
    assert set(await watching.told()) == {(JONAS, "admin/page")}
    text = await watching.text(JONAS)
    assert "https://www.facebook.com/privacy/genai" in text
    assert "must people act?" in text


async def test_nobody_must_act_and_who_wished_to_know_reads_so_once(watching):
    await watching.changes()
    await watching.rules(Ruling.NOBODY)
    asked = len(await watching.told()) - 1
    assert (await watching.told())[asked:] == [(RENATE, "status/page_nobody")]
    assert "there is nothing you must act on" in await watching.text(RENATE)
    assert await watching.store.watches.waiting(*WISH) == []

    await watching.passes(days=3)
    assert len(await watching.told()) == asked + 1


async def test_people_must_act_and_read_the_next_step(watching):
    await watching.changes()
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


@pytest.mark.parametrize("behaviour", [LOGIN, answer(403), answer(500), answer(429, "slow down"), answer(200)])
async def test_what_hides_the_page_is_no_change_and_the_page_comes_back_unchanged(watching, behaviour):
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(days=2)
    watching.meta.pages[HOST_PAGE] = behaviour
    await watching.passes(days=3)
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(days=2)
    assert await watching.told() == []
    assert (await watching.store.pages.states())[PAGE].changes == 0


async def test_a_page_is_asked_for_about_once_a_day(watching):
    watching.meta.pages[HOST_PAGE] = OLD
    await watching.passes(days=10)
    assert 10 <= watching.meta.times(HOST_PAGE) <= 12
    assert (await watching.store.pages.states())["instagram-genai"].never_read


async def test_after_a_restart_nothing_is_asked_or_told_twice(watching):
    await watching.changes()
    await watching.rules(Ruling.NOBODY)
    before = await watching.told()
    again = Watching(watching.post, watching.meta, watching.watch._fetch.__self__._client)
    await again.watch.round()
    assert await watching.told() == before


async def test_the_wish_is_in_the_export_and_goes_with_everything_else(watching):
    [row] = json.loads(await exported(watching.store, RENATE))["also"]["watches"]
    assert row["sealed"]["kind"] == "rules"
    await watching.store.erase(RENATE, watching.post.clock.at)
    assert await watching.store.watches.waiting(*WISH) == []
