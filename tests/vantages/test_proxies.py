"""Looks through the operator's own proxies, over real connections: HTTP, HTTPS, SOCKS; certificates good and bad."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tracemalloc
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from bot.domain.errors import SettingsError
from bot.domain.looks import Place
from bot.domain.observations import Reason, Verdict
from bot.settings import load_settings
from bot.vantages.bodies import BODY_LIMIT
from bot.vantages.direct import DirectVantage
from bot.vantages.fetching import Standpoint, fetch, open_client
from bot.vantages.opening import open_vantages
from bot.vantages.tries import Patience
from tests.vantages import stand_in
from tests.vantages.certificates import Authority
from tests.vantages.meta_pages import CONTROL_PAGE, FORM_PAGE, GOOD, HELP, HOST, RULES, TITLE, URL, StillClock, a_form
from tests.vantages.proxy_servers import ConnectProxy, SocksProxy
from tests.vantages.stand_in import StandIn

PAGES = {CONTROL_PAGE: HELP, FORM_PAGE: GOOD}
KINDS = {"http": ConnectProxy, "socks5": SocksProxy}


@pytest.fixture
def ours(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def opened(stack, **proxies):
    settings = load_settings(proxies=json.dumps(proxies), operator_contact="https://operator.example", _env_file=None)
    return open_vantages(settings, RULES, StillClock(), stack)


async def seen_through(proxy_url):
    async with AsyncExitStack() as stack:
        _, vantage = opened(stack, DE=proxy_url)
        return await vantage.look(a_form(), "DE")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_look_goes_through_the_proxy_and_the_name_is_resolved_there(ours, kind):
    async with StandIn(PAGES, tls=ours.server(HOST)) as meta, KINDS[kind](meta.port) as proxy:
        look = await seen_through(proxy.url())
    assert (look.vantage, look.country, look.verdict) == ("proxy:DE", "DE", Verdict.ANSWERS)
    assert set(proxy.asked) == {f"{HOST}:443"}
    assert (look.evidence.address, look.differed) == ("", True)
    assert look.evidence.phases[-1][0] == "total"
    assert {"connect", "tls", "first_byte"} <= {name for name, _ in look.evidence.phases}


async def test_the_way_to_the_proxy_can_be_sealed_too(ours):
    async with (
        StandIn(PAGES, tls=ours.server(HOST)) as meta,
        ConnectProxy(meta.port, ours.server("localhost")) as proxy,
    ):
        look = await seen_through(proxy.url(host="localhost"))
    assert look.verdict is Verdict.ANSWERS


WRONG = {
    "another name": lambda ours, _: ours.server("www.example.org"),
    "expired": lambda ours, _: ours.server(HOST, days=-1),
    "nobody vouches for it": lambda _, folder: Authority(folder, "stranger").server(HOST),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_wrong_certificate_behind_a_proxy_is_told_as_such(ours, tmp_path, kind, wrong):
    async with StandIn(PAGES, tls=WRONG[wrong](ours, tmp_path)) as meta, KINDS[kind](meta.port) as proxy:
        async with open_client("", proxy=proxy.url()) as client:
            page = await fetch(client, URL, RULES, Standpoint("DE", "proxy:DE"))
        look = await seen_through(proxy.url())
    assert (page.error, page.hops, meta.asked) == ("CertificateError", (), [])
    assert (look.verdict, look.reason) == (Verdict.NO_DATA, Reason.BLIND), "the control page's is refused as well"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_proxy_that_does_not_know_us_makes_us_blind_not_the_form_bad(ours, kind):
    async with StandIn(PAGES, tls=ours.server(HOST)) as meta, KINDS[kind](meta.port) as proxy:
        look = await seen_through(proxy.url("me:wrong@"))
    assert (look.verdict, look.reason, meta.asked) == (Verdict.NO_DATA, Reason.BLIND, [])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_proxy_that_says_nothing_is_given_up(ours, monkeypatch, kind):
    async def silent(*_):
        await asyncio.sleep(60)

    monkeypatch.setattr(KINDS[kind], "_greet", silent)
    async with KINDS[kind](1) as proxy, open_client("", proxy=proxy.url()) as client:
        page = await fetch(client, URL, RULES, Standpoint("DE", "proxy:DE"), total_seconds=0.3)
    assert (page.error, page.hops) == ("TimeoutError", ())
    assert page.seconds < 30


HOSTILE = {
    "200 MB": stand_in.huge, "endless": stand_in.endless, "bomb": stand_in.bomb(), "drip": stand_in.drip,
    "huge header": stand_in.huge_header, "redirect loop": stand_in.redirect(URL),
}  # fmt: skip


@pytest.mark.parametrize("behaviour", HOSTILE)
async def test_a_hostile_server_behind_a_proxy_costs_a_bounded_piece_of_memory_and_time(ours, behaviour):
    pages = {FORM_PAGE: HOSTILE[behaviour]}
    async with (
        StandIn(pages, tls=ours.server(HOST)) as meta,
        SocksProxy(meta.port) as proxy,
        open_client("", proxy=proxy.url()) as client,
    ):
        standpoint = Standpoint("DE", "proxy:DE")
        page = await fetch(client, URL, RULES, standpoint, total_seconds=1)
        tracemalloc.start()
        for _ in range(2):
            await fetch(client, URL, RULES, standpoint, total_seconds=0.5)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(page.body) <= BODY_LIMIT
    assert len(page.hops) <= 6
    assert page.seconds < 30
    assert peak < 16 * 1024 * 1024, "server and proxy of the test are counted too"


async def test_a_proxy_that_is_not_there_makes_us_blind(ours):
    look = await seen_through("socks5://127.0.0.1:9")
    assert (look.verdict, look.reason) == (Verdict.NO_DATA, Reason.BLIND)


async def test_each_proxy_has_a_client_of_its_own_and_serves_its_country_only(ours):
    async with (
        StandIn(PAGES, tls=ours.server(HOST)) as meta,
        ConnectProxy(meta.port) as one,
        SocksProxy(meta.port) as other,
        AsyncExitStack() as stack,
    ):
        direct, austria, germany = opened(stack, DE=one.url(), at=other.url())
        await austria.look(a_form(), "AT")
        assert (one.asked, len(other.asked)) == ([], 3)
    assert [each.name for each in (direct, austria, germany)] == ["direct", "proxy:AT", "proxy:DE"]
    assert [each.serves("AT") for each in (direct, austria, germany)] == [True, True, False]
    assert not any(each.costly for each in (direct, austria, germany))


def local_rules(good, bad):
    """A form on a server of its own, beside a control page and a decoy on another."""
    place = Place(f"https://localhost:{bad}/", f"https://localhost:{good}/", f"https://localhost:{good}/9")
    return replace(RULES, places=(place,)), a_form(f"https://localhost:{bad}/712876720715583")


async def looked_at(good, bad, **how):
    rules, form = local_rules(good.port, bad.port)
    async with open_client("") as client:
        return await DirectVantage(client, rules, StillClock(), patience=Patience(total=2)).look(form, "DE", **how)


async def test_a_certificate_refused_twice_beside_a_fine_control_page_is_bad(ours):
    async with StandIn(tls=ours.server("localhost")) as good, StandIn(tls=ours.server("other")) as bad:
        good.pages[f"localhost:{good.port}/"] = HELP
        look = await looked_at(good, bad)
    assert (look.verdict, look.reason, look.status_code) == (Verdict.GONE, Reason.CERTIFICATE, None)
    assert look.explanation[-1] == "form: no answer (CertificateError), twice"
    assert look.differed is None


async def test_one_look_shows_server_certificate_and_what_was_read(ours):
    async with StandIn(tls=ours.server("localhost")) as server:
        server.pages |= {f"localhost:{server.port}/": HELP, f"localhost:{server.port}/712876720715583": GOOD}
        evidence = (await looked_at(server, server)).evidence
    assert (evidence.address, evidence.hops[0].status) == ("127.0.0.1", 200)
    assert evidence.sha256 == hashlib.sha256(f"<h1>{TITLE}</h1>".encode()).hexdigest()
    shown = x509.load_pem_x509_certificates(ours.last.read_bytes())[-1]
    assert evidence.certificate == shown.fingerprint(hashes.SHA256()).hex()
    assert evidence.expires == shown.not_valid_after_utc


BAD_SETTINGS = {
    "[]": "is no JSON object of countries and addresses; write it like",
    "{": "is no JSON object of countries and addresses; write it like",
    '{"DE": 1}': "is no JSON object of countries and addresses; write it like",
    '{"XX": "http://u:s3cret@h:1"}': "“XX” is no country",
    '{"Germany": "http://u:s3cret@h:1"}': "“Germany” is no country",
    '{"DE": "ftp://u:s3cret@h:1"}': "the address for DE must be like http://host:3128",
    '{"DE": "u:s3cret@h:1"}': "the address for DE must be like",
    '{"DE": "http://u:s3cret@h:99999"}': "the address for DE must be like",
    '{"DE": "http://u:s3cret@"}': "the address for DE must be like",
}


@pytest.mark.parametrize("given", BAD_SETTINGS)
def test_a_wrong_setting_is_told_in_one_line_without_its_password(given, monkeypatch):
    monkeypatch.setenv("PROXIES", given)
    with pytest.raises(SettingsError) as told:
        load_settings(_env_file=None)
    assert str(told.value).startswith(f"PROXIES: {BAD_SETTINGS[given]}")
    assert "\n" not in str(told.value)
    assert "s3cret" not in str(told.value)


def test_settings_can_be_printed_without_a_proxys_password(monkeypatch):
    monkeypatch.setenv("PROXIES", '{"de": "socks5://me:s3cret@host:1080"}')
    settings = load_settings(_env_file=None)
    assert "s3cret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.proxies["DE"].get_secret_value() == "socks5://me:s3cret@host:1080"
