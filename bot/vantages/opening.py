"""Opens every place to look from that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge import load
from bot.vantages.direct import DirectVantage
from bot.vantages.fetching import open_client
from bot.vantages.globalping.opening import open_globalping
from bot.vantages.proxies import ProxyVantage
from bot.vantages.sandbox import SandboxTransport
from bot.vantages.tries import Patience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AsyncExitStack

    import httpx

    from bot.clock import Clock
    from bot.domain.looks import LookRules
    from bot.settings import Settings
    from bot.vantages.vantage import Vantage


def open_vantages(settings: Settings, rules: LookRules, clock: Clock, stack: AsyncExitStack) -> Sequence[Vantage]:
    """All vantages, `direct` first; closed with the stack. In the sandbox every other one is played."""
    if settings.sandbox_url:
        return _played(settings.sandbox_url, settings, rules, clock, stack)
    direct = DirectVantage(_client(settings, stack), rules, clock)
    proxies = _proxies(settings, rules, clock, stack)
    return [direct, *proxies, *_globalping(settings, rules, clock, stack)]


def _globalping(settings: Settings, rules: LookRules, clock: Clock, stack: AsyncExitStack) -> Iterable[Vantage]:
    if not settings.uses_globalping:
        return ()
    return open_globalping(settings, sorted(load(settings.knowledge_dir).countries), rules, clock, stack)


def _proxies(settings: Settings, rules: LookRules, clock: Clock, stack: AsyncExitStack) -> Iterator[Vantage]:
    for country, url in sorted(settings.proxies.items()):
        client = _client(settings, stack, proxy=url.get_secret_value())
        yield ProxyVantage(country, client, rules, clock)


def _played(
    sandbox: str, settings: Settings, rules: LookRules, clock: Clock, stack: AsyncExitStack
) -> Sequence[Vantage]:
    """`direct`, and another network in each country that is served, so that two can see an outage."""
    client = _client(settings, stack, SandboxTransport(sandbox, rules))
    fresh = Patience(remember=0)
    countries = sorted(load(settings.knowledge_dir).countries)
    inside = (ProxyVantage(each, client, rules, clock, fresh) for each in countries)
    return [DirectVantage(client, rules, clock, patience=fresh, by_country=True), *inside]


def _client(
    settings: Settings,
    stack: AsyncExitStack,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    proxy: str | None = None,
) -> httpx.AsyncClient:
    client = open_client(settings.operator_contact, transport, proxy=proxy)
    stack.push_async_callback(client.aclose)
    return client
