"""What `doctor` says of the places to look from; over real connections on this machine only."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

import pytest

from bot.cli import doctor_vantages
from bot.knowledge import load
from bot.settings import load_settings
from tests.vantages.certificates import Authority
from tests.vantages.globalping.stand_in import ServiceStandIn
from tests.vantages.meta_pages import HELP, RULES
from tests.vantages.proxy_servers import ConnectProxy
from tests.vantages.stand_in import StandIn, answer

PAGES = {place.control.removeprefix("https://"): HELP for place in RULES.places}
NOWHERE = "http://127.0.0.1:9"


async def lines(**settings):
    found = await doctor_vantages.looks(load_settings(_env_file=None, **settings))
    return [f"{each.level} {each.words}" for each in found]


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch):
    """Whatever is not led through a proxy of the test's own ends here."""
    monkeypatch.setenv("HTTPS_PROXY", NOWHERE)
    monkeypatch.delenv("NO_PROXY", raising=False)


@asynccontextmanager
async def proxied(folder, monkeypatch):
    authority = Authority(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    async with StandIn(PAGES, tls=authority.server("www.facebook.com")) as meta, ConnectProxy(meta.port) as proxy:
        yield proxy


async def test_each_place_says_what_it_sees_and_how_many_countries_have_none(tmp_path, monkeypatch):
    async with proxied(tmp_path, monkeypatch) as proxy:
        told = await lines(proxies=json.dumps({"AT": proxy.url(), "de": NOWHERE}))
    assert "ok looks: proxy:AT, control pages answer (www.facebook.com)" in told
    assert any(line.startswith("warn looks: direct, www.facebook.com: control page: no answer") for line in told)
    assert any(line.startswith("warn looks: proxy:DE, www.facebook.com: control page: no answer") for line in told)
    without = len(load().countries) - 2
    assert told[-1] == (
        f"ok vantages: direct, proxies AT DE; Globalping off. {without} served countries without a look from inside: "
        "shown as such."
    )
    assert "s3cret" not in " ".join(told)


async def test_globalping_shows_its_terms_and_what_is_left():
    async with ServiceStandIn({}) as service:
        told = await lines(globalping="on", globalping_url=service.url)
    assert "ok Globalping: 200 of 200 tests left this hour, planned of 250; a look takes 3 to 8" in told
    assert f"ok {doctor_vantages.TERMS}" in told
    assert told[-1] == "ok vantages: direct, no proxies; Globalping on."
    assert service.count("POST") == 0


REFUSALS = {
    401: "stop Globalping: status 401 (unauthorized). Copy GLOBALPING_TOKEN anew from dash.globalping.io.",
    500: "warn Globalping: status 500 (unauthorized); no looks from there now.",
}


@pytest.mark.parametrize("status", REFUSALS)
async def test_globalping_that_refuses_is_named_with_its_remedy(status):
    async with ServiceStandIn({}) as service:
        service.before["limits"] = [(status, {}, {"error": {"type": "unauthorized", "message": "x"}})]
        told = await lines(globalping="on", globalping_url=service.url)
    assert REFUSALS[status] in told


async def test_in_the_sandbox_nothing_outside_is_asked():
    control = dict.fromkeys(PAGES, answer(200, "<h1>Help</h1>"))
    async with StandIn(control) as sandbox, ServiceStandIn({}) as service, ConnectProxy(1) as proxy:
        told = await lines(
            sandbox_url=sandbox.url,
            proxies=json.dumps({"DE": proxy.url()}),
            globalping="on",
            globalping_url=service.url,
        )
        assert (service.said, proxy.asked) == ([], [])
    assert told[-1] == "ok vantages: direct and one in each country, all played by the sandbox"
    assert told[0].startswith("ok looks: direct, control pages answer")
