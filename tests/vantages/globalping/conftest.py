"""The measuring service played on this machine, and a vantage that uses it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest

from bot.settings import load_settings
from bot.vantages.globalping.opening import open_service
from bot.vantages.globalping.vantage import GlobalpingVantage
from tests.vantages.globalping.stand_in import ServiceStandIn, got
from tests.vantages.meta_pages import CONTROL_PAGE, FORM_PAGE, RULES, TITLE

FORM = got(f"<h1>{TITLE}</h1>")


class Clock:
    """Waits for nothing, and tells the time that would have passed."""

    def __init__(self):
        self.time = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        self.waited = []

    def now(self):
        return self.time

    async def sleep(self, seconds):
        self.waited.append(seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def service():
    async with ServiceStandIn({CONTROL_PAGE: got(), FORM_PAGE: FORM}) as standing_in:
        yield standing_in


@pytest.fixture
async def vantage(service, clock):
    async with AsyncExitStack() as stack:
        settings = load_settings(
            globalping="on", globalping_url=service.url, globalping_token="t0ken", operator_contact="me@example.org",
            _env_file=None,
        )  # fmt: skip
        yield GlobalpingVantage("DE", open_service(settings, clock, stack), RULES, clock)
