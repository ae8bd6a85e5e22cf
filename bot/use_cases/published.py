"""What the public page shows, as records without words. There is no person in any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.columns import Column, Sum
    from bot.domain.forms import Purpose, Service
    from bot.domain.incidents import Incident
    from bot.domain.observations import Reason, Verdict
    from bot.domain.statuses import Condition


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Which form it is. `service` and `purpose` are None for one that is no longer on record."""

    id: str
    service: Service | None
    purpose: Purpose | None
    url: str
    domain: str
    """The registrable domain: whose page it is."""
    older: bool
    """A newer form serves the same country."""
    confirmed_on: date | None
    """The last day on which a person opened it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One answer on the way, addresses without what stands after `?`: that is Meta's own, and made for one asker."""

    status: int
    address: str
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """One observation. `at` is in UTC, `seconds` the time it took, `vantage` as in `Observation`."""

    id: int
    at: datetime
    vantage: str
    verdict: Verdict
    reason: Reason
    status_code: int | None
    seconds: float
    steps: tuple[Step, ...]
    measurement: str
    sha256: str
    server: str
    certificate: str


@dataclass(frozen=True, slots=True)
class FormNow:
    """What is concluded for one form in one country. People are counted from three on, else None."""

    form: FormFacts
    condition: Condition
    as_of: datetime | None
    since: datetime | None
    is_old: bool
    look: Look | None
    bad_looks: int
    networks: tuple[str, ...]
    from_inside: bool
    reports: int | None
    no_code: int | None
    incident: int | None


@dataclass(frozen=True, slots=True)
class CountryNow:
    """A country: the forms that were looked at, and those in use there that were not. `zone` is an IANA name."""

    code: str
    zone: str
    forms: tuple[FormNow, ...]
    unseen: tuple[FormFacts, ...]


@dataclass(frozen=True, slots=True)
class Outage:
    """An incident with the facts of its form."""

    incident: Incident
    form: FormFacts


@dataclass(frozen=True, slots=True)
class Overview:
    """All countries. `open` are incidents that last, `latest` the newest of the last 30 days, ended or not."""

    now: datetime
    countries: tuple[CountryNow, ...]
    open: tuple[Outage, ...]
    latest: tuple[Outage, ...]
    latest_in_all: int


@dataclass(frozen=True, slots=True)
class History:
    """30 days of one form in one country."""

    shown: tuple[Column, ...]
    sum: Sum


@dataclass(frozen=True, slots=True)
class CountryPage:
    """One country with its past. `histories` by form; `outages` newest first, `outages_in_all` counts all."""

    now: datetime
    country: CountryNow
    histories: Mapping[str, History]
    outages: tuple[Outage, ...]
    outages_in_all: int


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident with what was seen. `first` and `last` are looks, the oldest first, `left_out` those between."""

    now: datetime
    outage: Outage
    zone: str
    first: tuple[Look, ...]
    last: tuple[Look, ...]
    left_out: int
