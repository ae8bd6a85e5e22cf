"""Looks from another country by the measuring service: over real HTTP against a stand-in on this machine."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.domain.observations import Reason, Verdict
from bot.settings import load_settings
from bot.vantages.globalping.copies import COPY_LIMIT
from bot.vantages.globalping.opening import TERMS
from bot.vantages.opening import open_vantages
from tests.vantages.globalping.stand_in import failed, got, page_of, redirected, refused_certificate
from tests.vantages.meta_pages import CONTROL_PAGE, DECOY_PAGE, FORM_PAGE, HOST, LOGIN, RULES, TITLE, URL, a_form

FORM = got(f"<h1>{TITLE}</h1>")
NO_DATA = Verdict.NO_DATA


async def seen(vantage, form=None, **how):
    look = await vantage.look(form or a_form(), "DE", **how)
    assert (look.vantage, look.country) == ("globalping:DE", "DE")
    assert look.explanation
    return look.verdict, look.reason


CASES = {
    "the form": (FORM, Verdict.ANSWERS, Reason.NONE),
    "login wall": (redirected(LOGIN + "x"), Verdict.ASKS_LOGIN, Reason.NONE),
    "gone": (got("<h1>Sorry</h1>", 410), Verdict.GONE, Reason.NOT_FOUND),
    "moved": (redirected(f"https://{HOST}/help/", 301), Verdict.MOVED, Reason.OTHER_PAGE),
    "foreign": (redirected("https://evil.example/"), Verdict.MOVED, Reason.OTHER_SITE),
    "the probe is walled off, for it names itself": (got("", 400), NO_DATA, Reason.BOT_WALL),
    "429 of Meta's": (got("", 429), NO_DATA, Reason.RATE_LIMIT),
    "500 of Meta's": (got("", 500), Verdict.GONE, Reason.SERVER_ERROR),
    "certificate refused twice": (refused_certificate(), Verdict.GONE, Reason.CERTIFICATE),
    "no answer twice": (failed("target"), Verdict.GONE, Reason.CONNECTION),
    "no answer, then good": ([failed("target"), FORM], Verdict.ANSWERS, Reason.NONE),
    "redirect loop": (redirected(URL), Verdict.GONE, Reason.TOO_MANY_REDIRECTS),
    "like its decoy": (got("<h1>Not found</h1>", 404), NO_DATA, Reason.SAME_AS_DECOY),
    "the resolver failed": (failed("resolver"), NO_DATA, Reason.BLIND),
    "the probe failed": (failed("internal"), NO_DATA, Reason.BLIND),
    "failed, nobody knows why": (failed(None), NO_DATA, Reason.BLIND),
    "the probe went away": (failed(None, "offline"), NO_DATA, Reason.BLIND),
    "never ended": (failed(None, "in-progress"), NO_DATA, Reason.BLIND),
    "an odd status": (got(status=799), NO_DATA, Reason.BLIND),
    "a redirect to no address": (redirected("https://a b\x01/"), NO_DATA, Reason.BLIND),
}


@pytest.mark.parametrize("case", CASES)
async def test_one_look(service, vantage, case):
    service.results[FORM_PAGE], verdict, reason = CASES[case]
    assert await seen(vantage) == (verdict, reason)


async def test_a_control_page_that_the_probe_can_not_get_makes_it_blind(service, vantage):
    service.results |= {CONTROL_PAGE: failed("target"), FORM_PAGE: failed("target")}
    assert await seen(vantage) == (NO_DATA, Reason.BLIND)


async def test_a_form_that_used_to_differ_is_missed(service, vantage):
    del service.results[FORM_PAGE]
    assert await seen(vantage, differed_before=True) == (Verdict.GONE, Reason.NOT_FOUND)


async def test_all_pages_of_a_look_come_from_one_probe_in_a_home_or_an_office(service, vantage):
    await seen(vantage)
    first, *others = service.questions
    assert first["locations"] == [{"country": "DE", "limit": 1, "tags": ["eyeball-network"]}]
    assert [each["locations"] for each in others] == ["M0x", "M0x"]
    assert {page_of(each) for each in service.questions} == {FORM_PAGE, CONTROL_PAGE, DECOY_PAGE}


async def test_redirects_are_followed_from_the_same_probe(service, vantage):
    there = "m.facebook.com/help/contact/712876720715583"
    service.results |= {FORM_PAGE: redirected(f"https://{there}?a=b", 301), there: FORM}
    look = await vantage.look(a_form(), "DE")
    assert [(hop.url, hop.status) for hop in look.evidence.hops] == [(URL, 301), (f"https://{there}?a=b", 200)]
    assert page_of(service.questions[-1]) == f"{there}?a=b"
    assert service.questions[-1]["locations"] == "M0x"


async def test_the_next_round_takes_another_probe(service, vantage, clock):
    await seen(vantage)
    clock.time += timedelta(minutes=4)
    await seen(vantage)
    places = [each["locations"] for each in service.questions if not isinstance(each["locations"], str)]
    assert len(places) == 2


async def test_a_probe_that_went_away_is_not_asked_again(service, vantage):
    service.results[FORM_PAGE] = failed(None, "offline")
    await seen(vantage)
    service.results[FORM_PAGE] = FORM
    assert await seen(vantage) == (Verdict.ANSWERS, Reason.NONE)


async def test_a_probe_elsewhere_is_not_believed(service, vantage):
    service.change = lambda kept: kept["results"][0]["probe"].update(country="PL")
    look = await vantage.look(a_form(), "DE")
    assert (look.verdict, look.explanation) == (NO_DATA, ("globalping: a probe in PL answered for DE",))


async def test_without_homes_any_probe_of_the_country_will_do(service, vantage):
    service.before["create"] = [(422, {}, {"error": {"type": "no_probes_found", "message": "No."}})]
    assert await seen(vantage) == (Verdict.ANSWERS, Reason.NONE)
    assert service.questions[1]["locations"] == [{"country": "DE", "limit": 1}]


LONG = "<p>Words that every page has, in the same order.</p>" * 200
TOKENS = ["a1" * 40, "b2" * 55]


@pytest.mark.parametrize(
    ("form_words", "expected"),
    [(LONG, (NO_DATA, Reason.SAME_AS_DECOY)), (f"<h1>{TITLE}</h1>{LONG}", (Verdict.ANSWERS, Reason.NONE))],
)
async def test_bodies_that_were_cut_are_compared_as_cut(service, vantage, form_words, expected):
    form, decoy = (f"<i>{token}</i>{words}"[:10_000] for token, words in zip(TOKENS, (form_words, LONG), strict=True))
    service.results |= {FORM_PAGE: got(form, truncated=True), DECOY_PAGE: got(decoy, truncated=True)}
    assert await seen(vantage) == expected


async def test_the_evidence_keeps_the_answer_and_not_where_somebody_lives(service, vantage):
    service.results[FORM_PAGE] = got(f"<h1>{TITLE}</h1>" + "ä\x01\U0001f600\ud83d" * 1000, truncated=True)
    evidence = (await vantage.look(a_form(), "DE")).evidence
    [hop] = json.loads(evidence.copy)
    assert (hop["id"], hop["url"], hop["probe"]["asn"]) == (evidence.measurement, URL, 3320)
    assert hop["result"]["rawBody"].startswith(f"<h1>{TITLE}")
    assert len(evidence.copy.encode()) <= COPY_LIMIT
    assert not any(word in evidence.copy for word in ("Falkenstein", "50.48", "datr", "rawOutput", "resolvers"))


async def test_the_evidence_says_what_the_probe_met(vantage):
    look = await vantage.look(a_form(), "DE")
    evidence = look.evidence
    assert (evidence.address, evidence.certificate) == ("157.240.1.35", "ab" * 32)
    assert evidence.expires == datetime(2026, 12, 30, 23, 59, 59, tzinfo=UTC)
    assert dict(evidence.phases) == {"dns": 0.037, "connect": 0.032, "tls": 0.036, "first_byte": 0.219, "total": 0.325}
    assert (look.seconds, look.differed, look.status_code) == (0.325, True, 200)


async def test_nothing_but_the_addresses_of_public_pages_is_told(service, vantage):
    await seen(vantage)
    for exchange in service.said:
        assert exchange.headers["user-agent"].startswith("Mozilla/5.0 (compatible; ObjectionBot/")
        assert exchange.headers["authorization"] == "Bearer t0ken"
        assert exchange.headers["accept-encoding"] == "gzip, deflate"
    assert "me@example.org" not in json.dumps(service.questions)
    assert {each["target"] for each in service.questions} == {HOST}


def test_switched_on_it_shows_its_terms_and_serves_each_country(clock):
    async def opened():
        async with AsyncExitStack() as stack:
            return open_vantages(load_settings(globalping="on", _env_file=None), RULES, clock, stack)

    with structlog.testing.capture_logs() as logs:
        direct, *inside = asyncio.run(opened())
    assert [(each["event"], each["terms"]) for each in logs] == [("globalping_on", TERMS)]
    assert direct.name == "direct"
    assert {each.name for each in inside} >= {"globalping:DE", "globalping:NO"}
    assert all(each.costly and each.serves(each.country) and not each.serves("XX") for each in inside)
