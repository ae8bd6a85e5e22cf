"""One look at a form, and what it means. Three values: ok, bad, no data (DESIGN promise 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


SHARED_FOR = timedelta(minutes=10)
"""A look serves everybody that long; then whoever asks causes a new one."""


class Verdict(StrEnum):
    """What one look means. None of them says that the form works for an account: only its owner can see that."""

    ANSWERS = "answers"
    ASKS_LOGIN = "asks_login"
    """Normal and good for a form that needs a login."""
    MOVED = "moved"
    GONE = "gone"
    PLATFORM_DOWN = "platform_down"
    NO_DATA = "no_data"


class Reason(StrEnum):
    """Why a look gave no data, or what made it bad."""

    NONE = "none"
    BOT_WALL = "bot_wall"
    RATE_LIMIT = "rate_limit"
    BLIND = "blind"
    """Our own side: the control page can't be reached either, or the measuring service did not measure."""
    SAME_AS_DECOY = "same_as_decoy"
    """The page looks like one whose id can't exist: from here its absence could not be told."""
    NOT_FOUND = "not_found"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    """The certificate was refused, twice, while the control page's was fine."""
    OTHER_SITE = "other_site"
    OTHER_PAGE = "other_page"
    TOO_MANY_REDIRECTS = "too_many_redirects"


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: its address, its status and where it pointed to."""

    url: str
    status: int
    location: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a look can show to others later. Nothing in it has to do with a person.

    `sha256` is the hex digest of the body as read (cut at 64 KiB); `address` the server's IP; `certificate` the
    SHA-256 fingerprint of the server's certificate and `expires` its last second; `phases` are seconds by name
    (`dns`, `connect`, `tls`, `first_byte`, `total`), as far as known, each summed over all hops; where `dns` is not
    told apart, `connect` holds it. `address` is empty behind a proxy, which hides it. `measurement` is the measuring
    service's own id, `copy` its answer (JSON, at most 16 KiB), for it keeps that for a week only.
    """

    hops: tuple[Hop, ...] = ()
    sha256: str = ""
    address: str = ""
    certificate: str = ""
    expires: datetime | None = None
    phases: tuple[tuple[str, float], ...] = ()
    measurement: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What one address gave: the hops, the last body (cut at 64 KiB) as text, or the error's class name.

    `seconds` is the wall time of all hops. `error` is None when an answer came.
    """

    hops: tuple[Hop, ...]
    body: str
    truncated: bool
    seconds: float
    error: str | None
    evidence: Evidence = Evidence()

    @property
    def status(self) -> int | None:
        """The last answer's status."""
        return self.hops[-1].status if self.hops else None


@dataclass(frozen=True, slots=True)
class Observation:
    """One look at one form for one country, with what it means. `at` is in UTC."""

    form: str
    country: str
    vantage: str
    at: datetime
    verdict: Verdict
    reason: Reason
    status_code: int | None
    seconds: float
    explanation: tuple[str, ...]
    """The steps of the judgement, each a line for `check --explain`."""
    evidence: Evidence | None = None
    differed: bool | None = None
    """Did form and decoy differ while the form was good? Then it is known for good from then on. False if they looked
    the same; None if they could not be compared, or the form was bad."""
    id: int = 0
    """Its number in the store, by which papers cite it; 0 until it is kept."""
