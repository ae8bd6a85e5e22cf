"""An operator's own words for groups: which links in them lead to anybody? Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.reading.hosts import is_invisible
from bot.reading.link import NAME, links_in
from conversations.events import Written
from conversations.pasted import LinkOwner

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.domain.forms import Form
    from bot.domain.web_addresses import KnownDomains
    from bot.reading.addresses import Address
    from conversations.pasted import Link

_SIGNS = re.compile(r"[^\w\s.:/@?#&=%+\\-]")
"""What is no part of an address."""


def read_words(text: str, message: int, known: KnownDomains, forms: Collection[Form], ours: Collection[str]) -> Written:
    """The text of that message, with the links that may not stand in it.

    A link may end at Meta, without a detour, or at a registrable domain of `ours` (authorities', the bot's own).
    Telegram makes links of more than people paste, so what signs hold together is read in pieces as well.
    """
    both = (*links_in(text, known, forms), *links_in(_SIGNS.sub(_parted, text), known, forms))
    refused = [_called(*each) for each in both if not _may_stand(*each, ours)]
    return Written(text.strip(), message, tuple(dict.fromkeys(refused)))


def _parted(sign: re.Match[str]) -> str:
    return "" if is_invisible(sign[0]) else " "


def _may_stand(address: Address, link: Link, ours: Collection[str]) -> bool:
    if address.hidden or link.trait is not None:
        return False
    return link.owner is LinkOwner.META or (link.owner is LinkOwner.FOREIGN and link.domain in ours)


def _called(address: Address, link: Link) -> str:
    """By where it ends, never by what it only looks like; or else by how it begins."""
    end = link.other if link.owner is LinkOwner.META_REDIRECT else ""
    return end or link.domain or address.rest[:NAME] or "?"
