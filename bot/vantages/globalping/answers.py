"""The service's answers, as far as we read them. What does not have this shape is no answer."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # pydantic reads the types
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Created(_Answer):
    """202: the measurement was accepted."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    probesCount: int = Field(ge=0)  # noqa: N815  # the service's own name


class Fault(_Answer):
    """What an error is about."""

    type: str = Field(pattern=r"^[a-z_]{1,40}$")


class Refusal(_Answer):
    """4xx and 5xx."""

    error: Fault


class Probe(_Answer):
    """Who measured. Where exactly a volunteer lives is not our business."""

    country: str
    asn: int
    network: str
    tags: tuple[str, ...] = ()


class Timings(_Answer):
    """Milliseconds; None where not told."""

    total: float | None = None
    dns: float | None = None
    tcp: float | None = None
    tls: float | None = None
    firstByte: float | None = None  # noqa: N815  # the service's own name


class Certificate(_Answer):
    """A refused certificate does not end a measurement: `authorized` tells."""

    authorized: bool
    expiresAt: datetime | None = None  # noqa: N815  # the service's own name
    fingerprint256: str = ""


class Result(_Answer):
    """What one probe got. Only `finished` ones have an answer of the server's."""

    status: Literal["in-progress", "finished", "failed", "offline"]
    failureSource: Literal["target", "resolver", "internal"] | None = None  # noqa: N815  # the service's own name
    resolvedAddress: str | None = None  # noqa: N815  # the service's own name
    statusCode: int | None = Field(default=None, ge=100, le=599)  # noqa: N815  # the service's own name
    headers: dict[str, str | list[str]] = Field(default_factory=dict)
    rawBody: str | None = None  # noqa: N815  # the service's own name
    truncated: bool = False
    timings: Timings = Timings()
    tls: Certificate | None = None

    def header(self, name: str) -> str | None:
        """A header's first value."""
        found = self.headers.get(name)
        return (found[0] if found else None) if isinstance(found, list) else found


class Item(_Answer):
    """One probe and its result."""

    probe: Probe
    result: Result


class Measurement(_Answer):
    """The whole answer. Any status but `in-progress` is final."""

    id: str
    status: str
    results: tuple[Item, ...]


class RateLimit(_Answer):
    """Tests an hour, how many are left, and seconds until it begins anew."""

    limit: int = Field(ge=0)
    remaining: int = Field(ge=0)
    reset: int = Field(ge=0)


class _Creating(_Answer):
    create: RateLimit


class _Measuring(_Answer):
    measurements: _Creating


class Limits(_Answer):
    """What is left to us."""

    rateLimit: _Measuring  # noqa: N815  # the service's own name
