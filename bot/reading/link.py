"""Whose is a pasted address? Judged by its registrable domain, in words; never opened. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.domain.web_addresses import registrable_domain
from bot.reading.addresses import addresses_in
from bot.reading.hosts import passes_for, read_host
from bot.reading.redirects import is_login, is_redirect, known_form, targets
from conversations.pasted import Link, LinkOwner, LinkTrait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.domain.forms import Form
    from bot.domain.web_addresses import KnownDomains
    from bot.reading.addresses import Address
    from bot.reading.hosts import Host

LONGEST = 4096
"""Telegram's own limit for a text."""
DEEPEST = 3
"""Redirects within redirects that are followed in the address itself."""
NAME = 80
"""Signs of a domain that are shown."""
WEB_PORTS = frozenset({"", "80", "443"})
_PARTS = re.compile(r"([^/?#]*)([^?#]*)(.*)", re.DOTALL)


def find_link(text: str, known: KnownDomains, forms: Iterable[Form]) -> Link | None:
    """Whose the addresses in a text are: the worst one counts. None if there is none; e-mail addresses are none."""
    return max((link for _, link in links_in(text, known, forms)), key=badness, default=None)


def links_in(text: str, known: KnownDomains, forms: Iterable[Form]) -> Iterator[tuple[Address, Link]]:
    """All addresses of a text in its order, each as it is judged."""
    judge = _Judge(known, tuple(forms))
    for each in addresses_in(text[:LONGEST]):
        link = judge.judged(each.rest)
        yield each, judge.distrusted(link) if each.hidden else link


def badness(link: Link) -> tuple[int, bool]:
    """How much is to be said against it; of two equal ones a known form is told rather than a page."""
    match link.owner:
        case LinkOwner.FOREIGN:
            rank = 5 if link.trait is LinkTrait.SHORTENER else 7
        case LinkOwner.UNREADABLE:
            rank = 6 if link.trait is not LinkTrait.UNSURE else 4
        case LinkOwner.META_REDIRECT:
            rank = 6 if link.trait is LinkTrait.TARGET_FOREIGN else 3
        case LinkOwner.META:
            rank = 0
    return rank, bool(link.form)


@dataclass(frozen=True, slots=True)
class _Judge:
    known: KnownDomains
    forms: tuple[Form, ...]

    def judged(self, rest: str, depth: int = 0) -> Link:
        """Whose an address is, by what follows its `https://`."""
        if not rest or depth > DEEPEST:
            return Link(LinkOwner.UNREADABLE, "", trait=LinkTrait.SCHEME if not rest else None)
        authority, path, query = _PARTS.fullmatch(rest.replace("\\", "/")).groups()  # type: ignore[union-attr]  # fits all
        user, at, place = authority.rpartition("@")
        name, _, port = place.partition(":")
        host = read_host(name)
        if place.startswith("[") or (host and host.is_number):
            return Link(LinkOwner.UNREADABLE, "", trait=LinkTrait.NUMBER)
        if host is None or "." not in host.name:
            return Link(LinkOwner.UNREADABLE, "")
        link = self._owned(host, path, query, depth)
        if at:
            return self.distrusted(replace(link, other=self._decoration(user)), LinkTrait.HIDDEN_NAME)
        return link if port in WEB_PORTS else self.distrusted(link, LinkTrait.PORT)

    def distrusted(self, link: Link, trait: LinkTrait = LinkTrait.INVISIBLE) -> Link:
        """The same address after something in it was made to deceive: Meta's no more."""
        if link.owner is LinkOwner.FOREIGN:
            return replace(link, trait=link.trait or trait) if trait is LinkTrait.HIDDEN_NAME else link
        return Link(LinkOwner.UNREADABLE, link.domain, trait=link.trait or trait)

    def _decoration(self, user: str) -> str:
        """What stands before an @, if it passes for Meta; else it may be somebody's name, and is let go."""
        domain = registrable_domain(f"https://{unquote(user).partition(':')[0].rpartition('@')[2]}")
        return domain if domain in self.known.meta and domain else ""

    def _owned(self, host: Host, path: str, query: str, depth: int) -> Link:
        domain = registrable_domain(f"https://{host.name}") or ".".join(host.name.split(".")[-2:])
        like = passes_for(host, self.known.meta)
        if domain in self.known.unsure:
            return Link(LinkOwner.UNREADABLE, domain, trait=LinkTrait.UNSURE)
        if domain not in self.known.meta | self.known.passing:
            return self._foreign(domain, like)
        if not host.plain:
            return Link(LinkOwner.UNREADABLE, domain, trait=LinkTrait.LETTERS, other=like or domain)
        return self._at_meta(host.name, domain, path, query, depth)

    def _foreign(self, domain: str, like: str) -> Link:
        trait = LinkTrait.LETTERS if like else LinkTrait.SHORTENER if domain in self.known.shorteners else None
        return Link(LinkOwner.FOREIGN, domain[-NAME:], trait=trait, other=like)

    def _at_meta(self, host: str, domain: str, path: str, query: str, depth: int) -> Link:
        found = [self.judged(target, depth + 1) for target in targets(host, path, query)]
        if found:
            return self._passing_on(domain, max(found, key=badness))
        if domain in self.known.passing:
            return Link(LinkOwner.META_REDIRECT, domain, trait=LinkTrait.CHAT)
        if is_login(path):
            return Link(LinkOwner.META_REDIRECT, domain, trait=LinkTrait.LOGIN)
        if is_redirect(host, path):
            return Link(LinkOwner.META_REDIRECT, domain)
        return Link(LinkOwner.META, domain, known_form(domain, path, self.forms))

    def _passing_on(self, domain: str, target: Link) -> Link:
        """A redirect; the target is told by its own registrable domain."""
        last = target.other if target.owner is LinkOwner.META_REDIRECT and target.other else target.domain
        foreign = target.owner in {LinkOwner.FOREIGN, LinkOwner.UNREADABLE} or target.trait is LinkTrait.TARGET_FOREIGN
        trait = LinkTrait.TARGET_FOREIGN if foreign else LinkTrait.TARGET
        return Link(LinkOwner.META_REDIRECT, domain, trait=trait, other=last[:NAME])
