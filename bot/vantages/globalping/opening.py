"""Opens the measuring service for all countries, and says on what terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import structlog

from bot.vantages.bodies import ACCEPT_ENCODING
from bot.vantages.fetching import CONNECT_SECONDS, READ_SECONDS, user_agent
from bot.vantages.globalping.service import Service
from bot.vantages.globalping.vantage import GlobalpingVantage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AsyncExitStack

    from bot.clock import Clock
    from bot.domain.looks import LookRules
    from bot.settings import Settings

TERMS = (
    "Globalping is on: volunteers' probes open the forms' public addresses, never anything of a person's; whoever has "
    "a measurement's id can read it. Its terms (github.com/jsdelivr/globalping, docs/terms, of 31 July 2026) speak of "
    "your own infrastructure and forbid evading its limits with more accounts or addresses: ask d@globalping.io first."
)
"""What an operator must know who switches it on."""
log = structlog.get_logger()


def open_service(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Service:
    """The service's client, closed with the stack."""
    return Service(_http(settings, stack), clock)


def open_globalping(
    settings: Settings, countries: Iterable[str], rules: LookRules, clock: Clock, stack: AsyncExitStack
) -> Iterator[GlobalpingVantage]:
    """A vantage in each country. The terms stand in the log."""
    log.warning("globalping_on", terms=TERMS)
    service = open_service(settings, clock, stack)
    for country in countries:
        yield GlobalpingVantage(country, service, rules, clock)


def _http(settings: Settings, stack: AsyncExitStack) -> httpx.AsyncClient:
    token = settings.globalping_token
    client = httpx.AsyncClient(
        base_url=settings.globalping_url,
        follow_redirects=False,
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={
            "User-Agent": user_agent(settings.operator_contact),
            "Accept": "application/json",
            "Accept-Encoding": ACCEPT_ENCODING,
            **({"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}),
        },
    )
    stack.push_async_callback(client.aclose)
    return client
