"""The vantages `proxy:CC`: the operator's own proxies in other countries, one client each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.vantages.direct import DirectVantage

if TYPE_CHECKING:
    import httpx

    from bot.clock import Clock
    from bot.domain.looks import LookRules
    from bot.vantages.tries import Patience


class ProxyVantage(DirectVantage):
    """Looks from inside one country. Its client leads through a proxy there, or the sandbox plays that it does."""

    def __init__(
        self, country: str, client: httpx.AsyncClient, rules: LookRules, clock: Clock, patience: Patience | None = None
    ) -> None:
        self.country = country
        self.name = f"proxy:{country}"
        super().__init__(client, rules, clock, patience=patience, by_country=True)

    def serves(self, country: str) -> bool:
        """It tells something of its own country."""
        return country == self.country
