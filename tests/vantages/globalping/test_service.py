"""Limits, pauses and errors of the measuring service: each is obeyed, and none is an outage."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.domain.observations import Reason, Verdict
from bot.settings import load_settings
from tests.vantages.meta_pages import a_form

ERRORS = json.loads((Path(__file__).parent / "errors.json").read_text(encoding="utf-8"))
PAUSES = {
    "400 validation_error": 600, "401 unauthorized": 3600, "403 forbidden": 3600, "422 no_probes_found": 1800,
    "429 rate_limit_exceeded": 1800, "429 insufficient_credits": 900, "500 api_error": 60, "503 no JSON at all": 60,
}  # fmt: skip


async def blind(vantage):
    look = await vantage.look(a_form(), "DE")
    assert (look.verdict, look.reason, look.differed, look.status_code) == (Verdict.NO_DATA, Reason.BLIND, None, None)
    return look.explanation[0]


@pytest.mark.parametrize("case", ERRORS)
async def test_a_refusal_is_no_data_and_nothing_is_asked_until_its_pause_is_over(service, vantage, clock, case):
    service.before["create"] = [ERRORS[case]] * 2
    assert (await blind(vantage)).startswith("globalping: ")
    asked = service.count("POST")
    service.before["create"].clear()

    clock.time += timedelta(seconds=PAUSES[case] - 1)
    await blind(vantage)
    assert service.count("POST") == asked

    clock.time += timedelta(seconds=1)
    service.remaining = 250
    assert (await vantage.look(a_form(), "DE")).verdict is Verdict.ANSWERS


READ_ERRORS = {
    "404": (404, {}, {"error": {"type": "not_found", "message": "Couldn't find the requested item."}}),
    "500": (500, {}, {"error": {"type": "api_error", "message": "Internal Server Error."}}),
    "no JSON": (200, {}, "<html>"),
    "another shape": (200, {}, {"id": "x", "status": "finished", "results": [{"probe": 1}]}),
    "nothing": (200, {}, {"id": "x", "status": "finished", "results": []}),
    "a status nobody knows": (418, {}, {"teapot": True}),
    "far away": (302, {"Location": "https://evil.example/"}, ""),
}


@pytest.mark.parametrize("case", READ_ERRORS)
async def test_a_result_that_can_not_be_read_is_no_data(service, vantage, case):
    service.before["read"] = [READ_ERRORS[case]] * 3
    assert (await blind(vantage)).startswith("globalping: ")


async def test_too_many_polls_wait_as_long_as_the_service_says(service, vantage, clock):
    busy = {"error": {"type": "too_many_requests", "message": "Too many requests. Please retry in 4 seconds."}}
    service.before["read"] = [(429, {"Retry-After": "4"}, busy)]
    assert (await vantage.look(a_form(), "DE")).verdict is Verdict.ANSWERS
    assert 4 in clock.waited
    assert set(clock.waited) == {0.5, 4}


async def test_polls_pause_and_ask_only_for_what_is_new(service, vantage, clock):
    service.in_progress = 3
    await vantage.look(a_form(), "DE")
    polls = [each for each in service.said if each.path.endswith("/M0x")]
    assert [each.status for each in polls] == [200, 304, 304, 200]
    assert [each.headers.get("if-none-match") for each in polls] == [None, *['W/"waiting"'] * 3]
    assert clock.waited == [0.5] * 9


async def test_a_measurement_that_never_ends_is_given_up(service, vantage, clock):
    service.in_progress = 10_000
    assert await blind(vantage) == "globalping: no result in time"
    assert sum(clock.waited) <= 3 * 25


async def test_the_plan_is_kept_and_credits_are_never_spent(service, vantage, clock):
    service.limit, service.remaining = 500, 104
    assert (await vantage.look(a_form(), "DE")).verdict is Verdict.ANSWERS
    for _ in range(3):
        assert "used up (1 of 400 tests left this hour, planned of 500; a look takes 3 to 8)" in await blind(vantage)
    assert (service.count("POST"), service.remaining) == (3, 101)
    clock.time += timedelta(hours=1)
    service.remaining = 500
    assert (await vantage.look(a_form(), "DE")).verdict is Verdict.ANSWERS


async def test_limits_are_asked_once_before_the_first_test(service, vantage):
    await vantage.look(a_form(), "DE")
    assert [each.path for each in service.said][:2] == ["/v1/limits", "/v1/measurements"]
    assert sum(each.path == "/v1/limits" for each in service.said) == 1


async def endless(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"[" * 65536)
        await writer.drain()


async def drips(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"[")
        await writer.drain()
        await asyncio.sleep(0.02)


async def bombs(writer):
    packer = zlib.compressobj(wbits=31)
    packed = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(50)) + packer.flush()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
    await writer.drain()


async def swells(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nX-Huge: " + b"x" * 8 * 1024 * 1024 + b"\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def hangs_up(writer):
    writer.transport.abort()
    raise ConnectionResetError


@pytest.mark.parametrize("behaviour", [endless, drips, bombs, swells, hangs_up])
async def test_a_broken_service_harms_nothing(service, vantage, monkeypatch, behaviour):
    monkeypatch.setattr("bot.vantages.globalping.service.ANSWER_SECONDS", 0.5)
    service.raw = behaviour
    tracemalloc.start()
    assert (await blind(vantage)).startswith("globalping: ")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 * 1024 * 1024, "the stand-in's own 8 MiB header is counted too"


async def test_a_service_that_is_not_there_is_no_data(vantage, service):
    await service.__aexit__()
    assert (await blind(vantage)).startswith("globalping: can't be reached")
    assert "nothing is asked until 12:01 UTC" in await blind(vantage)


async def test_countries_that_look_at_once_share_one_plan(service, clock):
    from contextlib import AsyncExitStack

    from bot.vantages.globalping.opening import open_globalping
    from tests.vantages.meta_pages import RULES

    service.remaining = 60
    async with AsyncExitStack() as stack:
        settings = load_settings(globalping="on", globalping_url=service.url, _env_file=None)
        many = list(open_globalping(settings, ["DE"] * 10, RULES, clock, stack))
        looks = await asyncio.gather(*(each.look(a_form(), "DE") for each in many))
    assert [look.verdict for look in looks].count(Verdict.ANSWERS) == 3
    assert service.remaining == 60 - 9, "of 200 planned tests 10 were left, and nobody began in vain"


BAD = {
    "globalping": ("perhaps", "GLOBALPING: "),
    "globalping_url": ("http://example.org", "GLOBALPING_URL: must be an https address"),
    "globalping_token": ("two words", "GLOBALPING_TOKEN: is no token"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_setting_is_told_in_one_line(name):
    with pytest.raises(SettingsError) as told:
        load_settings(**{name: BAD[name][0]}, _env_file=None)
    assert str(told.value).startswith(BAD[name][1])
    assert "two words" not in str(told.value)


def test_it_is_off_unless_somebody_switches_it_on():
    assert load_settings(_env_file=None).uses_globalping is False
