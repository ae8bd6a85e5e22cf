"""A pasted address, as it was judged: whose it is, and what else is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkOwner(StrEnum):
    """To whom a pasted address belongs, judged by its registrable domain; never fetched."""

    META = "meta"
    META_REDIRECT = "meta_redirect"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class LinkTrait(StrEnum):
    """What else is to be said of a pasted address."""

    SHORTENER = "shortener"
    """It hides its target."""
    LETTERS = "letters"
    """It is written in letters that only look like others; `other` is what it passes for."""
    HIDDEN_NAME = "hidden_name"
    """Something stands before an @ that is no part of the host: `other`."""
    PORT = "port"
    NUMBER = "number"
    """A bare number of the network: anybody's."""
    INVISIBLE = "invisible"
    """There are signs in it that nobody sees."""
    SCHEME = "scheme"
    """It opens no page of the web: `javascript:`, `data:`, `tg://`."""
    UNSURE = "unsure"
    """Said to be Meta's; we can't vouch for it."""
    LOGIN = "login"
    """Meta asks there who one is."""
    CHAT = "chat"
    """It leads on to a chat or a page of anybody."""
    TARGET = "target"
    """It passes on to `other`, Meta's too."""
    TARGET_FOREIGN = "target_foreign"
    """It passes on to `other`, which is not Meta's or can't be told (then empty)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pasted address. `domain` is the registrable domain, ASCII; `form` the id of a form of ours."""

    owner: LinkOwner
    domain: str
    form: str | None = None
    trait: LinkTrait | None = None
    other: str = ""
    """A second name that is to be told: a target, or what it passes for. At most 80 signs."""
