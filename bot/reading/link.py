"""Whose is a pasted address? Judged by its registrable domain, in words; never opened. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.web_addresses import belongs_to, is_plain_https, registrable_domain
from conversations.events import Link, LinkOwner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.forms import Form

LONGEST = 2048
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.@+-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?![\w.+-]*@)(?:/\S*)?", re.IGNORECASE
)
"""With or without its scheme; neither half of an e-mail address is one."""
REDIRECTS = ("/l.php", "/flx/warn", "/n/", "/login", "/checkpoint", "/recover")
"""Beginnings of paths on Meta's own sites that only pass on to another page."""


def find_link(text: str, domains: frozenset[str], forms: Iterable[Form]) -> Link | None:
    """The first address in a text and whose it is; None if there is none. E-mail addresses are no links."""
    found = _ADDRESS.search(text[:LONGEST])
    if not found:
        return None
    address = found.group().rstrip(".,;:!?)>]»”'\"")
    url = address if "://" in address else f"https://{address}"
    return _judged(url, domains, forms)


def _judged(url: str, domains: frozenset[str], forms: Iterable[Form]) -> Link:
    domain = registrable_domain(url) or _unlisted(url)
    if domain is None:
        return Link(LinkOwner.UNREADABLE, "")
    if not belongs_to(url, domains):
        return Link(LinkOwner.FOREIGN, domain[:80])
    if not is_plain_https(url.replace("http://", "https://", 1)):
        return Link(LinkOwner.UNREADABLE, domain)
    path = urlsplit(url).path
    if path.startswith(REDIRECTS) or (urlsplit(url).hostname or "").split(".")[0] in {"l", "lm"}:
        return Link(LinkOwner.META_REDIRECT, domain)
    known = next((form.id for form in forms if urlsplit(form.url).path.rstrip("/") == path.rstrip("/")), None)
    return Link(LinkOwner.META, domain, known)


def _unlisted(url: str) -> str | None:
    """The end of a name whose suffix no list knows: foreign in any case. None for a bare number."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    return ".".join(labels[-2:]) if len(labels) > 1 and not labels[-1].isdigit() else None
