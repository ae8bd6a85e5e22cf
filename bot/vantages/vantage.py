"""What every place to look from can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.forms import Form
    from bot.domain.observations import Observation


class Vantage(Protocol):
    """A place to look from: `direct`, `proxy:DE`, `globalping:DE`."""

    @property
    def name(self) -> str:
        """Its name; another name is another network."""

    @property
    def country(self) -> str:
        """The ISO code of the country it stands in, as far as it is told; empty for `direct`."""

    @property
    def costly(self) -> bool:
        """Does each look use up somebody's allowance?"""

    def serves(self, country: str) -> bool:
        """Can it tell something of that country?"""

    async def look(self, form: Form, country: str, *, differed_before: bool = False) -> Observation:
        """One look at a form. Never raises for what the other side does.

        `differed_before`: from here the form was once seen to differ from its decoy.
        """
