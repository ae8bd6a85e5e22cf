"""Looks over real HTTP: what a hostile or broken other side does, and what is made of it."""

from __future__ import annotations

import asyncio
import tracemalloc
from urllib.parse import urlsplit

import httpx
import pytest

from bot.domain.observations import Reason, Verdict
from bot.vantages.bodies import BODY_LIMIT
from bot.vantages.direct import DirectVantage
from bot.vantages.fetching import fetch, open_client, user_agent
from bot.vantages.redirects import ADDRESS_LIMIT
from bot.vantages.sandbox import SandboxTransport
from bot.vantages.tries import Patience
from tests.vantages import stand_in
from tests.vantages.certificates import Authority
from tests.vantages.meta_pages import (
    CONTROL_PAGE,
    DECOY_PAGE,
    FORM_PAGE,
    GOOD,
    HELP,
    HOST,
    LOGIN,
    RULES,
    TITLE,
    URL,
    StillClock,
    a_form,
)
from tests.vantages.stand_in import StandIn, answer, first, redirect, reset


@pytest.fixture
async def meta():
    async with StandIn({CONTROL_PAGE: HELP, FORM_PAGE: GOOD}) as server:
        yield server


@pytest.fixture
async def client(meta):
    async with open_client("https://operator.example", SandboxTransport(meta.url, RULES)) as client:
        yield client


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def vantage(client, clock):
    return DirectVantage(client, RULES, clock, patience=Patience(total=10))


async def seen(vantage, form=None, **how):
    observation = await vantage.look(form or a_form(), "DE", **how)
    assert observation.explanation
    return observation.verdict, observation.reason


NO_DATA, GONE, MOVED = Verdict.NO_DATA, Verdict.GONE, Verdict.MOVED
CASES = {
    "the form": (GOOD, Verdict.ANSWERS, Reason.NONE),
    "login wall": (redirect(LOGIN + "x"), Verdict.ASKS_LOGIN, Reason.NONE),
    "301": (redirect(f"https://{HOST}/help/", 301), MOVED, Reason.OTHER_PAGE),
    "308": (redirect(f"https://{HOST}/help/", 308), MOVED, Reason.OTHER_PAGE),
    "302, relative": (redirect("/help/", 302), GONE, Reason.OTHER_PAGE),
    "foreign site": (redirect("https://evil.example/"), MOVED, Reason.OTHER_SITE),
    "private address": (redirect("https://169.254.169.254/"), MOVED, Reason.OTHER_SITE),
    "checkpoint": (redirect(f"https://{HOST}/checkpoint/"), NO_DATA, Reason.BOT_WALL),
    "redirect loop": (redirect(URL), GONE, Reason.TOO_MANY_REDIRECTS),
    "a redirect to no address": (redirect("https://a b\x01/"), GONE, Reason.CONNECTION),
    "410": (answer(410), GONE, Reason.NOT_FOUND),
    "500": (answer(500), GONE, Reason.SERVER_ERROR),
    "400": (answer(400), NO_DATA, Reason.BOT_WALL),
    "403": (answer(403), NO_DATA, Reason.BOT_WALL),
    "429": (answer(429), NO_DATA, Reason.RATE_LIMIT),
    "reset, twice": (reset, GONE, Reason.CONNECTION),
    "silence, twice": (stand_in.silent, GONE, Reason.CONNECTION),
    "slow drip": (stand_in.drip, GONE, Reason.CONNECTION),
    "huge header": (stand_in.huge_header, GONE, Reason.CONNECTION),
    "damaged gzip": (answer(200, "no", **{"Content-Encoding": "gzip"}), GONE, Reason.CONNECTION),
    "reset, then good": (first(reset, GOOD), Verdict.ANSWERS, Reason.NONE),
    "503, then good": (first(answer(503), GOOD), Verdict.ANSWERS, Reason.NONE),
    "like its decoy": (answer(404, "<h1>Not found</h1>"), NO_DATA, Reason.SAME_AS_DECOY),
}


WAITING = {"silence, twice", "slow drip"}
"""What comes is waited for as long as it may take; all else comes at once, but perhaps on a machine with other work."""


@pytest.mark.parametrize("case", CASES)
async def test_one_look(meta, client, clock, vantage, case):
    meta.pages[FORM_PAGE], verdict, reason = CASES[case]
    if case in WAITING:
        vantage = DirectVantage(client, RULES, clock, patience=Patience(total=2))
    assert await seen(vantage) == (verdict, reason)
    assert len(meta.asked) <= 2 * (3 + 6)


async def test_login_walls_of_form_and_decoy_alike_say_nothing(meta, vantage):
    meta.pages |= {
        FORM_PAGE: redirect(LOGIN + "712876720715583"),
        DECOY_PAGE: redirect(LOGIN + "9223372036854775807"),
    }
    assert await seen(vantage) == (Verdict.NO_DATA, Reason.SAME_AS_DECOY)


async def test_a_form_that_was_seen_is_missed_when_it_looks_like_its_decoy(meta, vantage):
    assert (await seen(vantage))[0] is Verdict.ANSWERS
    del meta.pages[FORM_PAGE]
    assert await seen(vantage) == (Verdict.GONE, Reason.NOT_FOUND)


async def test_what_was_seen_earlier_can_be_told(meta, vantage):
    del meta.pages[FORM_PAGE]
    assert await seen(vantage, differed_before=True) == (Verdict.GONE, Reason.NOT_FOUND)


async def test_a_login_before_the_open_form_says_nothing(meta, vantage):
    meta.pages[FORM_PAGE] = redirect(LOGIN + "x")
    assert await seen(vantage, a_form(needs_login=False)) == (Verdict.NO_DATA, Reason.BOT_WALL)


async def test_the_platform_is_down_when_its_help_page_is(meta, vantage):
    meta.pages |= {CONTROL_PAGE: answer(503), FORM_PAGE: answer(503)}
    assert await seen(vantage) == (Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR)


async def test_a_control_page_that_fails_after_the_first_try_makes_us_blind_not_the_form_bad(meta, vantage):
    meta.pages |= {FORM_PAGE: reset, CONTROL_PAGE: first(HELP, reset)}
    assert await seen(vantage) == (Verdict.NO_DATA, Reason.BLIND)


async def test_without_a_network_we_are_blind(clock):
    async with open_client("", SandboxTransport("http://127.0.0.1:9", RULES)) as client:
        observation = await DirectVantage(client, RULES, clock).look(a_form(), "DE")
    assert (observation.verdict, observation.reason) == (Verdict.NO_DATA, Reason.BLIND)
    assert observation.status_code is None


async def test_an_observation_says_when_from_where_and_what(vantage, clock):
    observation = await vantage.look(a_form(), "DE")
    assert (observation.form, observation.country, observation.vantage) == ("712876720715583", "DE", "direct")
    assert (observation.at, observation.status_code) == (clock.now(), 200)
    assert 0 < observation.seconds < 10


async def test_only_doubt_waits_for_a_second_try(meta, vantage, clock):
    await seen(vantage)
    assert clock.waited == []
    meta.pages[FORM_PAGE] = reset
    await seen(vantage)
    assert clock.waited == [Patience().pause]


async def test_a_round_of_many_forms_asks_for_control_and_decoy_once(meta, vantage):
    forms = [a_form(f"https://{HOST}/help/contact/71287672071558{number}") for number in range(10)]
    meta.pages |= {form.url.removeprefix("https://"): GOOD for form in forms}
    results = await asyncio.gather(*(seen(vantage, form) for form in forms))
    assert {verdict for verdict, _ in results} == {Verdict.ANSWERS}
    assert (meta.times(CONTROL_PAGE), meta.times(DECOY_PAGE), len(meta.asked)) == (1, 1, 12)


async def test_a_second_try_is_never_the_first_ones_page(meta, client, clock):
    meta.pages[FORM_PAGE] = first(answer(503), GOOD)
    look = await DirectVantage(client, RULES, clock).look(a_form(), "DE")
    assert (look.verdict, meta.times(FORM_PAGE)) == (Verdict.ANSWERS, 2)


async def test_doubt_asks_for_a_younger_control_and_decoy(meta, vantage):
    await seen(vantage)
    meta.pages[FORM_PAGE] = answer(410)
    await seen(vantage)
    assert (meta.times(CONTROL_PAGE), meta.times(DECOY_PAGE)) == (2, 2)


async def test_countries_share_nothing_where_answers_differ_by_country(meta, client, clock):
    vantage = DirectVantage(client, RULES, clock, by_country=True)
    await vantage.look(a_form(), "DE")
    await vantage.look(a_form(), "NO")
    assert meta.times(CONTROL_PAGE) == 2
    assert {asked.headers["x-sandbox-country"] for asked in meta.asked} == {"DE", "NO"}


@pytest.mark.parametrize(
    "behaviour", [stand_in.huge, stand_in.endless, stand_in.bomb()], ids=["200 MB", "endless", "bomb"]
)
async def test_a_body_is_cut_and_memory_stays_flat(meta, client, behaviour):
    meta.pages[FORM_PAGE] = behaviour
    await fetch(client, URL, RULES)
    tracemalloc.start()
    for _ in range(5):
        page = await fetch(client, URL, RULES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (page.error, page.truncated, len(page.body)) == (None, True, BODY_LIMIT)
    assert peak < 4 * 1024 * 1024
    assert page.seconds < 10


@pytest.mark.parametrize("behaviour", [stand_in.drip, stand_in.silent], ids=["drip", "silence"])
async def test_the_total_time_ends_a_page(meta, client, behaviour):
    meta.pages[FORM_PAGE] = behaviour
    page = await fetch(client, URL, RULES, total_seconds=0.3)
    assert page.error == "TimeoutError"
    assert 0.25 < page.seconds < 10


async def test_a_foreign_site_is_recorded_and_never_asked(meta, client):
    meta.pages[FORM_PAGE] = redirect("https://facebook.com.evil.example/help?a=b")
    page = await fetch(client, URL, RULES)
    assert (page.error, page.hops[-1].location) == (None, "https://facebook.com.evil.example/help?a=b")
    assert len(meta.asked) == 1


NOT_FOLLOWED = {
    "http": f"http://{FORM_PAGE}",
    "port": f"https://{HOST}:8443/",
    "userinfo": f"https://me@{HOST}/",
    "login": LOGIN + "x",
    "overlong": f"https://{HOST}/" + "x" * 9000,
}


@pytest.mark.parametrize("target", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED)
async def test_some_targets_are_not_followed(meta, client, target):
    meta.pages[FORM_PAGE] = redirect(target)
    page = await fetch(client, URL, RULES)
    assert (page.error, len(page.hops), len(meta.asked)) == (None, 1, 1)
    assert len(page.hops[0].location) <= ADDRESS_LIMIT


async def test_each_hop_on_meta_is_recorded(meta, client):
    meta.pages |= {FORM_PAGE: redirect("https://m.facebook.com/help/contact/712876720715583", 301)}
    meta.pages["m.facebook.com/help/contact/712876720715583"] = GOOD
    page = await fetch(client, URL, RULES)
    assert [(urlsplit(hop.url).hostname, hop.status) for hop in page.hops] == [
        (HOST, 301),
        ("m.facebook.com", 200),
    ]
    assert TITLE in page.body


async def test_a_cookie_lives_for_one_page_only(meta, client):
    async def wants_cookie(asked, writer):
        known = "seen=1" in asked.headers.get("cookie", "")
        given = redirect(URL, **{"Set-Cookie": "seen=1; Path=/; Secure"})
        await (GOOD if known else given)(asked, writer)

    meta.pages[FORM_PAGE] = wants_cookie
    for _ in range(2):
        page = await fetch(client, URL, RULES)
        assert [hop.status for hop in page.hops] == [302, 200]


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip"])
async def test_an_encoding_nobody_asked_for_is_not_opened(meta, client, encoding):
    meta.pages[FORM_PAGE] = answer(200, b"\x00" * 50, **{"Content-Encoding": encoding})
    assert (await fetch(client, URL, RULES)).error == "DecodingError"


@pytest.mark.parametrize("charset", ["iso-8859-1", "no-such-charset"])
async def test_any_charset_gives_text(meta, client, charset):
    meta.pages[FORM_PAGE] = answer(200, b"caf\xe9", **{"Content-Type": f"text/html; charset={charset}"})
    assert (await fetch(client, URL, RULES)).body.startswith("caf")


async def test_the_request_says_honestly_who_asks(meta, client):
    await fetch(client, URL, RULES)
    headers = meta.asked[0].headers
    assert headers["user-agent"] == "Mozilla/5.0 (compatible; ObjectionBot/0.1; +https://operator.example)"
    assert (headers["accept-language"], headers["accept-encoding"]) == ("en,de;q=0.5", "gzip, deflate")


@pytest.mark.parametrize("contact", ["", "a@b.example\r\nX-Evil: 1", "x" * 5000, "Jürgen (me); drop"])
def test_a_contact_can_neither_break_nor_swell_the_header(contact):
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.count("(") == agent.count(")") == 1
    assert len(agent) < 300


async def test_a_name_that_does_not_exist_is_a_connection_error():
    async with open_client("") as client:
        page = await fetch(client, "https://no-such-host.invalid/", RULES)
    assert (page.error, page.hops) == ("ConnectError", ())


async def test_a_certificate_nobody_vouches_for_is_told_as_such(tmp_path):
    async with StandIn(tls=Authority(tmp_path).server("localhost")) as server, open_client("") as client:
        page = await fetch(client, f"https://localhost:{server.port}/", RULES)
    assert (page.error, page.hops) == ("CertificateError", ())


async def test_the_sandbox_refuses_hosts_that_are_not_metas(client):
    with pytest.raises(httpx.ConnectError, match="not in the sandbox"):
        await client.get("https://example.org/")
